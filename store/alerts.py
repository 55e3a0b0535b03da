"""What staff must be told about the system itself. Holds no one's words."""

from __future__ import annotations

from sqlite_utils import Database

from store.database import now


def raise_alert(db: Database, kind: str, subject: str = "") -> None:
    """Record an alert (kind: quarantine | nlu_down | urgent_referral …), once while it is unseen."""
    open_one = db.table("alerts").count_where(
        "kind = ? and coalesce(subject, '') = ? and seen_at is null", [kind, subject]
    )
    if not open_one:
        db.table("alerts").insert({"kind": kind, "subject": subject, "created_at": now()})


def unseen(db: Database) -> list[dict[str, str]]:
    """Alerts no one has marked as seen, oldest first."""
    return list(db.query("select * from alerts where seen_at is null order by id"))


def shown(db: Database) -> list[dict[str, str]]:
    """The unseen alerts, marked as seen with this: they were put before a person."""
    found = unseen(db)
    db.execute("update alerts set seen_at = ? where seen_at is null", [now()])
    return found
