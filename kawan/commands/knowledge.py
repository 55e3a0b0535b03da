"""`kawan knowledge`: read and check the knowledge base."""

from __future__ import annotations

import sys
from datetime import timedelta

import click

from bot.turns import today_in_bali
from kawan.errors import UserError
from knowledge.check import check_all
from knowledge.library import load_library
from knowledge.render import answer_text, contacts_text, sources_text


@click.group()
def knowledge() -> None:
    """Articles, facts, directory: check, list, show, due.

    Example: kawan knowledge check
    """


@knowledge.command("check")
def check() -> None:
    """Check every article, fact and contact; exit 1 when something is wrong.

    Example: kawan knowledge check
    """
    library = load_library()
    problems = check_all(library, today_in_bali())
    for problem in problems:
        click.echo(problem)
    pages = len(library.published("id"))
    click.echo(
        f"{pages} articles in two languages, {len(library.facts)} facts, {len(library.contacts)} contacts: "
        + (f"{len(problems)} problem(s)." if problems else "all right.")
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
@click.option("--days", default=60, help="How far to look ahead.")
def due(days: int) -> None:
    """List articles whose review is due and facts about to run out.

    Example: kawan knowledge due --days 90
    """
    library = load_library()
    limit = today_in_bali() + timedelta(days=days)
    for article in library.published():
        if article.review_by <= limit:
            click.echo(f"{article.review_by}  review   {article.id}")
    for id, fact in library.facts.items():
        if fact.valid_until and fact.valid_until <= limit:
            click.echo(f"{fact.valid_until}  runs out {id}")
