"""What must hold in the knowledge base before anyone is told anything from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path

from knowledge.check_lists import CRISES, check_calendar, check_contacts, check_facts
from knowledge.library import FOLDER, Library
from knowledge.model import LANGUAGES, Article
from knowledge.render import LONGEST_ANSWER, longest_answer
from knowledge.wording import check_forbidden, forbidden_in, hedged, plainness, read_forbidden

OFFERS = {"report_discrimination", "talk_to_staff"}
LONGEST_SHORT = 350
LONGEST_TITLE = 48  # more does not fit on a button


def check_all(library: Library, today: date, examples: Mapping[str, int], folder: Path = FOLDER) -> list[str]:
    """Every problem as one line: what is wrong, where.

    `examples` says how many training examples each label has. It is handed in, because the knowledge base knows
    nothing of how the model is trained.
    """
    forbidden = read_forbidden(folder / "forbidden.yml")
    problems = [*check_forbidden(forbidden), *_pairs(library), *_examples(library, examples)]
    for article in library.articles.values():
        where = f"{article.id}.{article.lang}"
        for rule in _RULES:
            problems += [f"{where}: {text}" for text in rule(article, library, today)]
        problems += [f"{where}: {text}" for text in forbidden_in(article, forbidden)]
    problems += check_facts(library)
    problems += check_contacts(library)
    problems += check_calendar(library, today)
    return problems


def _pairs(library: Library) -> Iterator[str]:
    for id in sorted({id for id, _ in library.articles}):
        versions = [library.articles.get((id, lang)) for lang in LANGUAGES]
        first, second = versions
        if first is None or second is None:
            yield f"{id}: has no {'Indonesian' if first is None else 'English'} version"
        elif _shared(first) != _shared(second):
            yield f"{id}: the two languages differ in facts, contacts, offers, related, dates or status"


def _shared(article: Article) -> dict[str, object]:
    return article.model_dump(exclude={"lang", "title", "short", "steps", "basis"})


def _examples(library: Library, examples: Mapping[str, int]) -> Iterator[str]:
    for article in library.published("id"):
        # Danger is recognised as a whole; its pages are reached by the intent and by buttons.
        if article.intent not in CRISES and not examples.get(article.id):
            yield f"{article.id}: no training example in nlu_data/ points to it, so nobody is led there"


def _references(article: Article, library: Library, today: date) -> Iterator[str]:
    for kind, ids, known in (
        ("fact", article.facts, set(library.facts)),
        ("contact", article.contacts, set(library.contacts)),
        ("offer", article.offers, OFFERS),
        ("related article", article.related, {id for id, _ in library.articles}),
    ):
        yield from (f"unknown {kind} '{id}'" for id in ids if id not in known)
    if article.id in article.related:
        yield "is related to itself"
    if article.intent != article.id.split("/")[0]:
        yield f"intent '{article.intent}' does not fit the id"


def _shape(article: Article, library: Library, today: date) -> Iterator[str]:
    if not article.facts:
        yield "rests on no fact"
    if not article.basis:
        yield "has no section on its legal basis or sources"
    if not 2 <= len(article.steps) <= 7:
        yield f"has {len(article.steps)} steps; 2 to 7 are readable"
    if len(article.short) > LONGEST_SHORT:
        yield f"short answer has {len(article.short)} characters; {LONGEST_SHORT} at most"
    if len(article.title) > LONGEST_TITLE:
        yield f"title has {len(article.title)} characters; {LONGEST_TITLE} at most"
    longest = longest_answer(article, library)
    if longest > LONGEST_ANSWER:
        yield f"title, answer and steps (with the next holy day) exceed {LONGEST_ANSWER} characters: {longest}"


def _dates(article: Article, library: Library, today: date) -> Iterator[str]:
    if article.reviewed > today:
        yield "reviewed in the future"
    if article.review_by <= article.reviewed:
        yield "review_by is not after reviewed"
    if article.review_by < today:
        yield f"its review was due on {article.review_by}"
    for id in library.expired_facts(article, today):
        yield f"fact '{id}' ran out"


def _honesty(article: Article, library: Library, today: date) -> Iterator[str]:
    facts = [(id, library.facts[id]) for id in article.facts if id in library.facts]
    yield from (f"fact '{id}' is unsure and may not be used" for id, f in facts if f.status == "unsure")
    text = " ".join([article.short, *article.steps, *article.basis])
    if any(f.status == "likely" for _, f in facts) and not hedged(text, article.lang):
        yield "rests on a likely fact but never says 'usually' or 'ask …'"


def _plainness(article: Article, library: Library, today: date) -> Iterator[str]:
    return plainness(article)


_RULES: tuple[Callable[[Article, Library, date], Iterator[str]], ...] = (
    _references, _shape, _dates, _honesty, _plainness,
)  # fmt: skip
