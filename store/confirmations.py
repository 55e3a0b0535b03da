"""Who of the staff has called a contact of the directory, when, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlite_utils import Database

from store import audit
from store.database import now

REACHED = "reached"
RESULTS = (
    REACHED,
    "no_answer",
    "wrong_number",
    "changed",
)  # changed: answers, but what we say about it is not right
GOOD_FOR = timedelta(days=365)  # numbers move; a year is as long as one may trust them unseen


@dataclass(frozen=True)
class Confirmation:
    contact: str
    confirmed_by: str
    confirmed_at: str
    result: str


def confirm(db: Database, contact: str, result: str, login: str) -> None:
    """Note a call. Raises ValueError for a result that is none of RESULTS."""
    if result not in RESULTS:
        raise ValueError(result)
    db.table("confirmations").insert(
        {"contact": contact, "confirmed_by": login, "confirmed_at": now(), "result": result}
    )
    audit.record(db, login, f"called contact {contact}: {result}")


def latest(db: Database) -> dict[str, Confirmation]:
    """The newest call to each contact."""
    rows = db.query(
        "select contact, confirmed_by, max(confirmed_at) confirmed_at, result from confirmations group by contact"
    )
    return {row["contact"]: Confirmation(**row) for row in rows}


def of_contact(db: Database, contact: str, most: int = 20) -> list[Confirmation]:
    """The calls to one contact, newest first."""
    rows = db.query(
        "select * from confirmations where contact = ? order by confirmed_at desc limit ?", [contact, most]
    )
    return [Confirmation(**row) for row in rows]


def reached_lately(db: Database) -> dict[str, Confirmation]:
    """Contacts whose newest call, within a year, reached them."""
    since = (datetime.now(UTC) - GOOD_FOR).isoformat(timespec="microseconds")
    return {
        contact: one
        for contact, one in latest(db).items()
        if one.result == REACHED and one.confirmed_at >= since
    }
