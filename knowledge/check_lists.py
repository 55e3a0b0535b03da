"""What must hold in the lists articles draw on: facts, the directory, the calendar, and the crisis pages' numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

from knowledge.library import Library
from knowledge.model import KINDS, Contact
from knowledge.render import may_be_shown
from knowledge.wording import hedged

CRISES = ("emergency", "gender_violence", "trafficking", "self_harm")


def check_facts(library: Library) -> Iterator[str]:
    """Every fact has a source and an article that uses it, and stands once: a correction would miss its double."""
    used = {id for article in library.articles.values() for id in article.facts}
    said: dict[str, str] = {}
    for id, fact in library.facts.items():
        if not fact.source.strip():
            yield f"fact {id}: has no source"
        if id not in used:
            yield f"fact {id}: no article uses it"
        first = said.setdefault(" ".join(re.findall(r"\w+", fact.says.lower())), id)
        if first != id:
            yield f"fact {id}: says the same as '{first}'; keep one of them"


def check_contacts(library: Library) -> Iterator[str]:
    """Every contact says what it is, where it serves and where that was read; the crisis pages show enough of them."""
    for id, contact in library.contacts.items():
        yield from (f"contact {id}: {text}" for text in _contact(contact))
    for intent in CRISES:
        page = library.article(f"{intent}/now", "id")
        if page is None:
            yield f"{intent}/now: the crisis page is missing"
            continue
        shown = [library.contacts[id] for id in page.contacts if id in library.contacts]
        shown = [contact for contact in shown if may_be_shown(contact)]
        if len(shown) < 2 or not any(c.type == "phone" for contact in shown for c in contact.channels):
            yield f"{intent}/now: a crisis page must show two contacts, one with a phone"


def check_calendar(library: Library, today: date) -> Iterator[str]:
    """Every day says where its date is from and which article speaks of it; years gone by are taken out."""
    times = Counter((day.date, day.name) for day in library.days)
    yield from (f"calendar {when} {name}: stands twice" for (when, name), n in times.items() if n > 1)
    for day in library.days:
        where = f"calendar {day.date} {day.name}"
        if not day.source.strip():
            yield f"{where}: has no source"
        if not day.note.strip() or not day.note_en.strip():
            yield f"{where}: does not say what it asks of a resident"
        if day.date.year < today.year:
            yield f"{where}: lies in a year gone by; take it out"
        if library.article(day.article, "id") is None:
            yield f"{where}: unknown article '{day.article}'"
        for note, lang in ((day.note, "id"), (day.note_en, "en")):
            if day.status == "likely" and not hedged(note, lang):
                yield f"{where}: is only likely, but its note never says 'usually' or 'ask …' ({lang})"


def _contact(contact: Contact) -> Iterator[str]:
    if contact.kind not in KINDS:
        yield f"kind '{contact.kind}' is none of {', '.join(KINDS)}"
    if not contact.area.strip() or not contact.area_en.strip():
        yield "does not say which area it serves"
    if not any(source.strip() for source in contact.source):
        yield "has no source"
    if any(not channel.value.strip() for channel in contact.channels):
        yield "has an empty channel"
    if contact.confidence == "verified" and contact.verified_on is None:
        yield "is verified but does not say when"
    if not contact.channels and contact.crisis:
        yield "is for a crisis but has no channel"
