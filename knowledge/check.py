"""What must hold in the knowledge base before anyone is told anything from it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import yaml

from knowledge.library import FOLDER, Library
from knowledge.model import LANGUAGES, Article
from knowledge.render import LONGEST_ANSWER, answer_text, may_be_shown

OFFERS = {"report_discrimination", "talk_to_staff"}
CRISES = ("emergency", "gender_violence", "trafficking", "self_harm")
LONGEST_SHORT = 350
LONGEST_SENTENCE = 25  # words
LONGEST_TITLE = 48  # more does not fit on a button
# An article that rests on a likely fact must pass the doubt on to the reader.
HEDGES = {
    "id": re.compile(r"\b(biasanya|umumnya|dilaporkan|tanya\w*|pastikan|cek|mungkin|bisa berbeda)\b", re.I),
    "en": re.compile(
        r"\b(usually|generally|normally|often|reported\w*|ask|check|may|might|can differ)\b", re.I
    ),
}
PHONE_OR_ADDRESS = re.compile(
    r"(?<![\w./-])(?:\+62|08)[\d -]{6,}|\(0\d{2,3}\)\s?\d|(?<!\w)(?:Jl\.|Jln\.|Jalan [A-Z][a-z]+ (?:[A-Z]|No))|https?://|www\."
)
_SENTENCE = re.compile(r"(?<=[.!?…:])\s+|\n")


def check_all(library: Library, today: date, folder: Path = FOLDER) -> list[str]:
    """Every problem as one line: what is wrong, where."""
    forbidden = read_forbidden(folder / "forbidden.yml")
    problems = list(_check_pairs(library))
    for article in library.articles.values():
        where = f"{article.id}.{article.lang}"
        for rule in _RULES:
            problems += [f"{where}: {text}" for text in rule(article, library, today)]
        problems += [f"{where}: {text}" for text in forbidden_in(article, forbidden)]
    problems += _check_facts(library)
    problems += _check_contacts(library)
    return problems


def read_forbidden(path: Path) -> list[tuple[re.Pattern[str], str]]:
    """Patterns no article may contain, each with the reason (knowledge/forbidden.yml)."""
    rules = yaml.safe_load(path.read_text("utf-8"))
    return [(re.compile(rule["pattern"], re.I), rule["why"]) for rule in rules]


def forbidden_in(article: Article, rules: list[tuple[re.Pattern[str], str]]) -> Iterator[str]:
    """Why parts of this article may not be said."""
    for text in (article.title, article.short, *article.steps, *article.basis):
        for pattern, why in rules:
            found = pattern.search(text)
            if found:
                yield f"'{found.group()}': {why}"


def _check_pairs(library: Library) -> Iterator[str]:
    for id in sorted({id for id, _ in library.articles}):
        versions = [library.articles.get((id, lang)) for lang in LANGUAGES]
        first, second = versions
        if first is None or second is None:
            yield f"{id}: has no {'Indonesian' if first is None else 'English'} version"
        elif _shared(first) != _shared(second):
            yield f"{id}: the two languages differ in facts, contacts, offers, related, dates or status"


def _shared(article: Article) -> dict[str, object]:
    return article.model_dump(exclude={"lang", "title", "short", "steps", "basis"})


def _references(article: Article, library: Library, today: date) -> Iterator[str]:
    for kind, ids, known in (
        ("fact", article.facts, set(library.facts)),
        ("contact", article.contacts, set(library.contacts)),
        ("offer", article.offers, OFFERS),
        ("related article", article.related, {id for id, _ in library.articles}),
    ):
        yield from (f"unknown {kind} '{id}'" for id in ids if id not in known)
    if article.intent != article.id.split("/")[0]:
        yield f"intent '{article.intent}' does not fit the id"


def _shape(article: Article, library: Library, today: date) -> Iterator[str]:
    if not article.facts and article.id != "privacy/your-data":
        yield "rests on no fact"
    if not article.basis:
        yield "has no section on its legal basis or sources"
    if not 2 <= len(article.steps) <= 7:
        yield f"has {len(article.steps)} steps; 2 to 7 are readable"
    if len(article.short) > LONGEST_SHORT:
        yield f"short answer has {len(article.short)} characters; {LONGEST_SHORT} at most"
    if len(article.title) > LONGEST_TITLE:
        yield f"title has {len(article.title)} characters; {LONGEST_TITLE} at most"
    if article.facts and len(answer_text(article, library, article.reviewed)) > LONGEST_ANSWER:
        yield f"title, answer and steps exceed {LONGEST_ANSWER} characters"


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
    if any(f.status == "likely" for _, f in facts) and not HEDGES[article.lang].search(text):
        yield "rests on a likely fact but never says 'usually' or 'ask …'"


def _plainness(article: Article, library: Library, today: date) -> Iterator[str]:
    for text in (article.short, *article.steps, *article.basis):
        found = PHONE_OR_ADDRESS.search(text)
        if found:
            yield f"'{found.group()}': numbers and addresses belong in directory.yml"
        for sentence in _SENTENCE.split(text):
            if len(sentence.split()) > LONGEST_SENTENCE:
                yield f"a sentence of {len(sentence.split())} words: '{sentence[:40]}…'"


_RULES: tuple[Callable[[Article, Library, date], Iterator[str]], ...] = (
    _references, _shape, _dates, _honesty, _plainness,
)  # fmt: skip


def _check_facts(library: Library) -> Iterator[str]:
    used = {id for article in library.articles.values() for id in article.facts}
    for id, fact in library.facts.items():
        if not fact.source.strip():
            yield f"fact {id}: has no source"
        if id not in used:
            yield f"fact {id}: no article uses it"


def _check_contacts(library: Library) -> Iterator[str]:
    for id, contact in library.contacts.items():
        if not contact.source:
            yield f"contact {id}: has no source"
        if contact.confidence == "verified" and contact.verified_on is None:
            yield f"contact {id}: is verified but does not say when"
    for intent in CRISES:
        page = library.article(f"{intent}/now", "id")
        if page is None:
            yield f"{intent}/now: the crisis page is missing"
            continue
        shown = [library.contacts[id] for id in page.contacts if id in library.contacts]
        shown = [contact for contact in shown if may_be_shown(contact)]
        if len(shown) < 2 or not any(c.type == "phone" for contact in shown for c in contact.channels):
            yield f"{intent}/now: a crisis page must show two contacts, one with a phone"
