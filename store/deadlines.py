"""By when a person should have a first answer. Saturdays and Sundays count: need keeps no office hours."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlite_utils import Database

from store.database import now

# Hours by "normal" and "urgent", or for one kind alone: "help", "help.urgent".
HOURS: Mapping[str, int] = {"normal": 48, "urgent": 4}


def due(kind: str, priority: str, since: str, hours: Mapping[str, int] = HOURS) -> str:
    """The moment by which a case of this kind and priority, filed at `since`, should be answered."""
    names = (f"{kind}.urgent", "urgent") if priority == "urgent" else (kind, "normal")
    known = {**HOURS, **hours}
    within = next(known[name] for name in names if name in known)
    return (datetime.fromisoformat(since) + timedelta(hours=within)).isoformat(timespec="microseconds")


def set_deadline(db: Database, code: str, hours: Mapping[str, int] = HOURS) -> None:
    """Set the deadline a case has by its kind and priority, counted from its filing (`code` as it is stored). One
    that has had its first answer keeps the old one: whether that was met must stay to be seen."""
    for row in db.query(
        "select kind, priority, created_at, answered_at from referrals where code = ?", [code]
    ):
        if row["answered_at"] is None:
            moment = due(row["kind"], row["priority"], row["created_at"], hours)
            db.execute("update referrals set due_at = ? where code = ?", [moment, code])


def is_overdue(status: str, due_at: str | None, answered_at: str | None) -> bool:
    """Whether somebody still waits for a first answer although its time is over."""
    return status != "closed" and answered_at is None and due_at is not None and due_at < now()


def renew(db: Database, hours: Mapping[str, int]) -> int:
    """After a change of the settings: new deadlines for all who still wait. Returns how many changed."""
    waiting = db.query(
        "select code, kind, priority, created_at, due_at from referrals"
        " where practice in (0, 1) and status in ('new', 'in_progress', 'waiting') and answered_at is null"
    )
    changed = 0
    for row in list(waiting):
        moment = due(row["kind"], row["priority"], row["created_at"], hours)
        if moment != row["due_at"]:
            db.execute("update referrals set due_at = ? where code = ?", [moment, row["code"]])
            changed += 1
    return changed


def read(text: str) -> dict[str, int]:
    """Hours from a setting such as "normal=48, urgent=4, help.urgent=2". Raises ValueError with a sentence."""
    hours: dict[str, int] = {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        match = re.fullmatch(r"([a-z_]+(?:\.urgent)?)\s*=\s*([1-9]\d{0,3})", part)
        if match is None:
            raise ValueError(f"'{part}' is no deadline; write for example normal=48, urgent=4, help.urgent=2")
        hours[match[1]] = int(match[2])
    return hours
