"""What staff must be told about the system itself. Holds no one's words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlite_utils import Database

from store.database import now

TELL_AGAIN = timedelta(minutes=15)
DIGESTS = ("digest", "mail_digest")  # kept here to be sent once a day; nothing to look at


def raise_alert(db: Database, kind: str, subject: str = "") -> None:
    """Record an alert (kind: quarantine | nlu_down | urgent_referral …), once while it is unseen. One that staff were
    told of longer ago than `TELL_AGAIN` may be raised anew: new danger in an old case must not stay unheard. A case
    for practice calls nobody."""
    if subject and db.table("referrals").count_where("code = ? and practice = 1", [subject]):
        return
    lately = (datetime.now(UTC) - TELL_AGAIN).isoformat(timespec="microseconds")
    open_one = db.table("alerts").count_where(
        "kind = ? and coalesce(subject, '') = ? and seen_at is null"
        " and (coalesce(announced_at, mailed_at) is null or created_at > ?)",
        [kind, subject, lately],
    )
    if not open_one:
        db.table("alerts").insert({"kind": kind, "subject": subject, "created_at": now()})


def unseen(db: Database) -> list[dict[str, str]]:
    """Alerts no one has marked as seen, oldest first."""
    marks = ", ".join("?" * len(DIGESTS))
    return list(
        db.query(f"select * from alerts where seen_at is null and kind not in ({marks}) order by id", DIGESTS)
    )


def to_announce(db: Database, kinds: tuple[str, ...], by: str) -> list[dict[str, Any]]:
    """Alerts of these kinds, of the last day, not yet told that way. by: announced_at (the staff's Telegram group) |
    mailed_at (e-mail)."""
    since = (datetime.now(UTC) - timedelta(days=1)).isoformat(timespec="microseconds")
    marks = ", ".join("?" * len(kinds))
    return list(
        db.query(
            f"select id, kind, coalesce(subject, '') subject from alerts"
            f" where {_told(by)} is null and kind in ({marks}) and created_at > ? order by id",
            [*kinds, since],
        )
    )


def announced(db: Database, id: int, by: str) -> None:
    """This alert was told that way."""
    db.execute(f"update alerts set {_told(by)} = ? where id = ?", [now(), id])


def was_raised(db: Database, kind: str, subject: str) -> bool:
    """Whether there is such an alert at all, seen or not."""
    return db.table("alerts").count_where("kind = ? and subject = ?", [kind, subject]) > 0


def _told(by: str) -> str:
    if by not in ("announced_at", "mailed_at"):
        raise ValueError(by)
    return by


def taken_up(db: Database, code: str) -> None:
    """Somebody has taken this case: that it is urgent was seen."""
    db.execute(
        "update alerts set seen_at = ? where kind = 'urgent_referral' and subject = ? and seen_at is null",
        [now(), code],
    )


def shown(db: Database) -> list[dict[str, str]]:
    """The unseen alerts, marked as seen with this: they were put before a person."""
    found = unseen(db)
    db.execute("update alerts set seen_at = ? where seen_at is null", [now()])
    return found
