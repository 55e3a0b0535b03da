"""What staff decide about a case: where it stands, how urgent it is, its tags. Each decision is recorded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlite_utils import Database

from store import audit, deadlines, delivery, visibility
from store.database import now
from store.deadlines import set_deadline
from store.keys import Keyring
from store.referrals import STATUSES
from store.visibility import MANAGERS, Viewer

PRIORITIES = ("urgent", "normal")
# How a case can end. `not_ours`: outside what this hotline does; `unreachable`: the person was not heard of any more.
OUTCOMES = (
    "resolved", "partly_resolved", "advised", "referred", "agreed", "not_resolved",
    "withdrawn", "unreachable", "not_ours", "duplicate",
)  # fmt: skip


class NotAllowed(PermissionError):
    """This member of staff may not decide that."""


class ChangedMeanwhile(RuntimeError):
    """The case is no longer as it was on the screen; `at` tells since when."""

    def __init__(self, at: str) -> None:
        super().__init__(at)
        self.at = at


def set_status(
    db: Database,
    keys: Keyring,
    code: str,
    viewer: Viewer,
    status: str,
    outcome: str | None = None,
    seen_at: str | None = None,
) -> bool:
    """Change where a case stands; closing wants an outcome. Returns whether the person is told of it (a neutral notice,
    only where they may be written to). Raises NoSuchReferral, NotAllowed, ChangedMeanwhile, ValueError."""
    row = managed(db, viewer, code)
    check_unchanged(row, seen_at)
    closing = status == "closed"
    if status not in STATUSES or (closing and outcome not in OUTCOMES):
        raise ValueError(status)
    if row["status"] == status and row["outcome"] == (outcome if closing else row["outcome"]):
        return False
    moment = now()
    db.execute(
        "update referrals set status = ?, outcome = ?, closed_at = ?, updated_at = ? where code = ?",
        [status, outcome if closing else None, moment if closing else None, moment, row["code"]],
    )
    audit.record(db, viewer.login, f"status {status}{f': {outcome}' if closing else ''}", row["code"])
    # Back to "new" is a matter of the hotline's own order, and no news to anyone.
    changed = row["status"] != status and status != "new"
    return changed and delivery.tell_of_change(db, keys, row["code"])


def set_priority(
    db: Database,
    code: str,
    viewer: Viewer,
    priority: str,
    hours: Mapping[str, int] = deadlines.HOURS,
    seen_at: str | None = None,
) -> None:
    """Make a case urgent or not; its deadline follows. Raises NoSuchReferral, NotAllowed, ChangedMeanwhile, ValueError."""
    row = managed(db, viewer, code)
    check_unchanged(row, seen_at)
    if priority not in PRIORITIES:
        raise ValueError(priority)
    if row["priority"] == priority:
        return
    db.execute(
        "update referrals set priority = ?, updated_at = ? where code = ?", [priority, now(), row["code"]]
    )
    set_deadline(db, row["code"], hours)
    audit.record(db, viewer.login, f"priority {priority}", row["code"])


def set_tags(db: Database, code: str, viewer: Viewer, tags: set[str]) -> None:
    """These tags and no others. Raises NoSuchReferral, NotAllowed."""
    code = managed(db, viewer, code)["code"]
    before = set(tags_of(db, code))
    for tag in sorted(tags - before):
        db.table("case_tags").insert({"code": code, "tag": tag})
        audit.record(db, viewer.login, f"tagged {tag}", code)
    for tag in sorted(before - tags):
        db.execute("delete from case_tags where code = ? and tag = ?", [code, tag])
        audit.record(db, viewer.login, f"untagged {tag}", code)


def tags_of(db: Database, code: str) -> list[str]:
    """The tags of a case (`code` as it is stored)."""
    return [row["tag"] for row in db.query("select tag from case_tags where code = ? order by tag", [code])]


def spoke_with(db: Database, code: str, viewer: Viewer) -> None:
    """The person was spoken to in person or by telephone: they have had their answer. Raises NoSuchReferral, NotAllowed."""
    row = managed(db, viewer, code)
    moment = now()
    db.execute(
        "update referrals set answered_at = coalesce(answered_at, ?), updated_at = ? where code = ?",
        [moment, moment, row["code"]],
    )
    audit.record(db, viewer.login, "spoke with the person", row["code"])


def managed(db: Database, viewer: Viewer, code: str) -> dict[str, Any]:
    """The plain columns of a case this viewer may decide about. Raises NoSuchReferral, NotAllowed."""
    code = visibility.find(db, viewer, code)
    if viewer.role not in MANAGERS:
        raise NotAllowed(viewer.role)
    return next(
        db.query(
            "select code, kind, priority, status, outcome, assigned_to, updated_at, pattern from referrals"
            " where code = ?",
            [code],
        )
    )


def check_unchanged(row: Mapping[str, Any], seen_at: str | None) -> None:
    """Raises ChangedMeanwhile when the case is not as it was at `seen_at` (its `updated_at` then; None: no matter)."""
    if seen_at is not None and row["updated_at"] != seen_at:
        raise ChangedMeanwhile(row["updated_at"])


def check_no_colleague_was_quicker(db: Database, code: str, viewer: Viewer, since: str) -> None:
    """Before an answer goes out: raises ChangedMeanwhile when a colleague answered the person or changed the case after
    `since`. What the person writes meanwhile does not stop an answer; notes and readings do not either."""
    rows = db.query(
        "select at from audit where code = ? and at > ? and who not in (?, 'bot')"
        " and (what = 'replied' or what = 'took' or what like 'status %' or what like 'assigned %'"
        " or what = 'spoke with the person') order by id desc limit 1",
        [code, since, viewer.login],
    )
    for row in rows:
        raise ChangedMeanwhile(row["at"])
