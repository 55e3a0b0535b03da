"""A consent that was spoken: who of the staff heard it and wrote the case down, by phone or face to face."""

from __future__ import annotations

from dataclasses import dataclass

from sqlite_utils import Database

from store import referrals
from store.database import now
from store.keys import Keyring

SOURCES = ("phone", "in_person")


@dataclass(frozen=True)
class Spoken:
    """`source`: phone or in_person."""

    by: str
    at: str
    source: str


def note(db: Database, keys: Keyring, code: str, by: str, source: str) -> None:
    """Keep in the case that the person said yes to `by`. Raises NoSuchReferral."""
    content = referrals.content_of(db, keys, code)
    heard = {"by": by, "at": now(), "source": source}
    referrals.put_content(db, keys, code, {**content, "spoken": heard})


def of(db: Database, keys: Keyring, code: str) -> Spoken | None:
    """Who heard the consent; None for a case that came through the bot. Raises NoSuchReferral."""
    heard = referrals.content_of(db, keys, code).get("spoken")
    return Spoken(**heard) if heard else None
