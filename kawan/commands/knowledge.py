"""`kawan knowledge`: read and check the knowledge base, and see what it lacks."""

from __future__ import annotations

import json
import sys
from collections import Counter
from dataclasses import asdict

import click

from kawan.errors import UserError
from knowledge.check import check_all
from knowledge.due import due as what_is_due
from knowledge.examples import examples
from knowledge.gaps import gaps as what_is_missing
from knowledge.library import load_library
from knowledge.render import answer_text, contacts_text, sources_text
from store.clock import today_in_bali


@click.group()
def knowledge() -> None:
    """Articles, facts, directory, calendar: check, list, show, due, gaps.

    Example: kawan knowledge check
    """


@knowledge.command("check")
def check() -> None:
    """Check every article, fact, contact and calendar day; exit 1 when something is wrong.

    Example: kawan knowledge check
    """
    library = load_library()
    problems = check_all(library, today_in_bali(), Counter(label for label, _text in examples()))
    for problem in problems:
        click.echo(problem)
    pages = len(library.published("id"))
    click.echo(
        f"{pages} articles in two languages, {len(library.facts)} facts, {len(library.contacts)} contacts, "
        f"{len(library.days)} days: " + (f"{len(problems)} problem(s)." if problems else "all right.")
    )
    sys.exit(1 if problems else 0)


@knowledge.command("list")
@click.option("--lang", type=click.Choice(["id", "en"]), default="id", help="Language of the titles.")
def listed(lang: str) -> None:
    """List the published articles.

    Example: kawan knowledge list --lang en
    """
    for article in load_library().published(lang):
        click.echo(f"{article.id:45} {article.title}")


@knowledge.command("show")
@click.argument("id")
@click.option("--lang", type=click.Choice(["id", "en"]), default="id", help="Language to show.")
def show(id: str, lang: str) -> None:
    """Show an article as people see it: answer, sources, contacts.

    Example: kawan knowledge show housing/deposit-not-returned
    """
    library = load_library()
    article = library.article(id, lang)
    if article is None:
        raise UserError(f"There is no published article '{id}'. See: kawan knowledge list")
    today = today_in_bali()
    for text in (
        answer_text(article, library, today),
        sources_text(article, library, today),
        contacts_text(article.contacts, library, lang),
    ):
        if text:
            click.echo(f"{text}\n{'─' * 40}")


@knowledge.command("due")
@click.option(
    "--days", default=60, help="How far to look ahead; calendar years are announced 90 days before."
)
@click.option("--json", "as_json", is_flag=True, help="One list of JSON objects.")
def due(days: int, as_json: bool) -> None:
    """List what needs a new look: reviews, facts that run out, contacts to confirm, calendar years that end.

    Example: kawan knowledge due --days 90
    """
    found = what_is_due(load_library(), today_in_bali(), days)
    if as_json:
        click.echo(json.dumps([asdict(one) for one in found], default=str, ensure_ascii=False))
        return
    for one in found:
        click.echo(f"{one.on or ''!s:10}  {one.kind:8}  {one.id:42} {one.why}")


@knowledge.command("gaps")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def gaps(as_json: bool) -> None:
    """Count what is missing: lawyers' reviews, articles that rest mostly on likely facts, contacts not shown.

    Example: kawan knowledge gaps
    """
    found = what_is_missing(load_library())
    if as_json:
        click.echo(json.dumps(asdict(found), ensure_ascii=False))
        return
    click.echo(f"{found.checked_by_a_lawyer} of {found.articles} articles were checked by a lawyer.")
    click.echo(f"{found.likely_facts} of {found.facts} facts are only likely.")
    click.echo(f"{len(found.doubtful)} articles rest mostly on likely facts:")
    for id, (likely, total) in found.doubtful.items():
        click.echo(f"  {id:45} {likely} of {total}")
    for title, ids in (
        ("are known but not shown, because nobody has confirmed them", found.hidden_contacts),
        ("have no confirmed number or address", found.unreachable_contacts),
        ("are shown in a crisis, but no named person has called them", found.crisis_contacts_never_called),
    ):
        click.echo(f"{len(ids)} of {found.contacts} contacts {title}:")
        for id in ids:
            click.echo(f"  {id}")
