"""What happened to a case, in one list: what staff and the bot did, what was written, noted and opened."""

from __future__ import annotations

from dataclasses import dataclass

from sqlite_utils import Database

from store import messages, openings, referrals
from store.keys import Keyring

# The audit knows of these too, but not the words.
_TOLD_ELSEWHERE = ("noted", "replied", f"opened {openings.IDENTITY}")


@dataclass(frozen=True)
class Event:
    """One thing that happened. `what`: the audit's phrase, or wrote | answered | noted | opened identity.

    `who`: a login, "bot", "" for the person; `words`: what was written, noted, or given as a reason; `times`: how often
    in a row.
    """

    at: str
    who: str
    what: str
    words: str = ""
    times: int = 1


def of_case(db: Database, keys: Keyring, code: str) -> list[Event]:
    """Everything there is to tell about a case, oldest first; readings in a row by one member are one event.

    Raises NoSuchReferral.
    """
    code = referrals.canonical(db, code)
    case = referrals.key_of(db, keys, code)
    found = [
        Event(row["at"], row["who"], row["what"])
        for row in db.query("select at, who, what from audit where code = ? order by id", [code])
        if row["what"] not in _TOLD_ELSEWHERE
    ]
    found += [
        Event(m.created_at, m.author, "wrote" if m.direction == "in" else "answered", m.text)
        for m in messages.thread(db, keys, code)
    ]
    found += [
        Event(row["created_at"], row["staff"], "noted", case.unseal(row["body"]))
        for row in db.query("select * from case_notes where code = ? order by id", [code])
    ]
    found += [
        Event(o.opened_at, o.staff, f"opened {o.part}", o.reason) for o in openings.of_case(db, keys, code)
    ]
    return _joined(sorted(found, key=lambda event: event.at))


def last_change(db: Database, code: str) -> Event | None:
    """Who changed the case last, and how: for whoever had it open meanwhile (`code` as it is stored)."""
    rows = list(
        db.query(
            "select at, who, what from audit where code = ? and what not like 'read%' and what not like 'opened%'"
            " order by id desc limit 1",
            [code],
        )
    ) + list(
        db.query(
            "select created_at at, author who, 'wrote' what from messages where code = ? and direction = 'in'"
            " order by id desc limit 1",
            [code],
        )
    )
    return max((Event(**row) for row in rows), key=lambda event: event.at, default=None)


def _joined(events: list[Event]) -> list[Event]:
    joined: list[Event] = []
    for event in events:
        last = joined[-1] if joined else None
        if last and event.what == "read" and (last.what, last.who) == ("read", event.who):
            joined[-1] = Event(event.at, event.who, event.what, times=last.times + 1)
        else:
            joined.append(event)
    return joined
