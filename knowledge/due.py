"""What a person has to look at again, and by when: reviews, facts, contacts, the calendar."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from knowledge.library import Library
from knowledge.model import Contact

CALENDAR_DAYS = 90  # the next year's holy days are decreed in autumn and have to be typed in
CONTACT_DAYS = 365  # numbers move; a year is as long as one may trust them unseen


@dataclass(frozen=True)
class Due:
    """One thing to look at. `on` is its last good day, None when it is due as it stands."""

    on: date | None
    kind: Literal["review", "fact", "contact", "calendar"]
    id: str
    why: str


def due(library: Library, today: date, days: int) -> list[Due]:
    """What runs out within so many days (calendar years: 90 at least), the most urgent first."""
    found = [*_articles(library, today, days), *_contacts(library, today), *_calendar(library, today, days)]
    return sorted(found, key=lambda one: (one.on or date.max, one.kind, one.id))


def _articles(library: Library, today: date, days: int) -> Iterator[Due]:
    limit = today + timedelta(days=days)
    for article in library.published("id"):
        if article.review_by <= limit:
            yield Due(article.review_by, "review", article.id, "read it again against the law")
    for id, fact in library.facts.items():
        if fact.valid_until and fact.valid_until <= limit:
            yield Due(fact.valid_until, "fact", id, "runs out; its articles then fall silent")


def _contacts(library: Library, today: date) -> Iterator[Due]:
    for id, contact in library.contacts.items():
        why = _doubt(contact, today)
        if why:
            yield Due(None, "contact", id, why)


def _doubt(contact: Contact, today: date) -> str:
    if contact.confidence != "verified":
        return "not verified" + (", yet shown in a crisis" if contact.crisis else ", not shown to people")
    if contact.verified_on is None:
        return "verified at an unknown date"
    if (today - contact.verified_on).days > CONTACT_DAYS:
        return f"verified on {contact.verified_on}, more than a year ago"
    likely = [channel.shown for channel in contact.channels if channel.confidence != "verified"]
    return f"not verified: {', '.join(likely)}" if likely else ""


def _calendar(library: Library, today: date, days: int) -> Iterator[Due]:
    limit = today + timedelta(days=max(days, CALENDAR_DAYS))
    years = {day.date.year for day in library.days}
    for year in sorted(years):
        end = date(year, 12, 31)
        if end <= limit:
            missing = "" if year + 1 in years else f"; {year + 1} is missing"
            yield Due(end, "calendar", str(year), f"take its days out when it is over{missing}")
