"""What waits for a person, or does not move as it should."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from sqlite_utils import Database

from kawan.doctor.finding import Finding, look, mend, ok
from knowledge.due import due
from knowledge.library import Library
from store import alerts

STUCK_AFTER = timedelta(hours=1)  # longer than any pause between tries
FETCHED_AFTER = timedelta(hours=24)
REVIEWED_AFTER = timedelta(hours=24)
DAYS_AHEAD = 30


def flow(db: Database) -> Iterator[Finding]:
    """Messages in, messages out, files."""
    stuck = _count(
        db, "outbox", "status in ('queued', 'sending') and max(not_before, created_at) < ?", STUCK_AFTER
    )
    if stuck:
        yield mend(
            "outbox", f"{stuck} messages wait for more than an hour. Does kawan run? Does it reach Telegram?"
        )
    else:
        yield ok("outbox", "nothing waits for long")
    waiting = _count(db, "inbox", "status = 'new' and received_at < ?", STUCK_AFTER)
    if waiting:
        yield mend("inbox", f"{waiting} messages of people wait for more than an hour. Does kawan run?")
    else:
        yield ok("inbox", "nobody waits for an answer of the bot")
    pending = _count(db, "evidence", "status = 'pending' and created_at < ?", FETCHED_AFTER)
    if pending:
        yield mend(
            "evidence",
            f"{pending} files were not fetched within a day; Telegram keeps them for a while only.",
        )
    else:
        yield ok("evidence", "all files were fetched")


def hotline(db: Database) -> Iterator[Finding]:
    """What staff owe people and one another."""
    late = _count(
        db,
        "case_openings",
        "reviewed_at is null and opened_at < ? and code in (select code from referrals where practice = 0)",
        REVIEWED_AFTER,
    )
    if late:
        yield mend(
            "openings",
            f"{late} openings of an identity were not reviewed within a day. A lead has to: console.",
        )
    else:
        yield ok("openings", "all were reviewed in time")
    overdue = _count(
        db,
        "referrals",
        "practice = 0 and status != 'closed' and answered_at is null and due_at < ?",
        timedelta(0),
    )
    if overdue:
        yield look("cases", f"{overdue} people wait for their first answer although its time is over.")
    else:
        yield ok("cases", "no first answer is overdue")
    kinds = Counter(alert["kind"] for alert in alerts.unseen(db))
    if kinds:
        told = ", ".join(f"{kind} {times}" for kind, times in sorted(kinds.items()))
        yield look("alerts", f"not seen yet: {told}. Run: kawan referrals list.")
    else:
        yield ok("alerts", "all were seen")


def knowledge(library: Library, today: date) -> Iterator[Finding]:
    """Reviews and facts that ran out, or soon do."""
    found = due(library, today, DAYS_AHEAD)
    over = [one for one in found if one.on is not None and one.on < today]
    soon = [one for one in found if one.on is not None and one.on >= today]
    for one in over:
        yield mend("knowledge", f"{one.kind} {one.id} ran out on {one.on}: {one.why}.")
    if soon:
        yield look(
            "knowledge", f"{len(soon)} things run out within {DAYS_AHEAD} days. Run: kawan knowledge due"
        )
    if not over and not soon:
        yield ok("knowledge", f"nothing runs out within {DAYS_AHEAD} days")


def _count(db: Database, table: str, where: str, age: timedelta) -> int:
    before = (datetime.now(UTC) - age).isoformat(timespec="microseconds")
    return int(db.table(table).count_where(where, [before]))
