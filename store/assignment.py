"""Whose hands a case is in: taken, assigned, given back, and returned to the queue when nothing is heard of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlite_utils import Database

from store import alerts, audit, delivery, staff, visibility
from store.casework import NotAllowed, check_unchanged, managed
from store.database import now
from store.keys import Keyring
from store.staff import Member
from store.visibility import Viewer


class AlreadyTaken(RuntimeError):
    """Somebody else was quicker; `login` tells who."""

    def __init__(self, login: str) -> None:
        super().__init__(login)
        self.login = login


def take(db: Database, keys: Keyring, code: str, viewer: Viewer, tell: bool = True) -> None:
    """Take a case nobody has. With `tell` the person hears that it is being worked on, where they may be written to.

    Raises NoSuchReferral, NotAllowed, AlreadyTaken.
    """
    row = managed(db, viewer, code)
    if row["assigned_to"] == viewer.login:
        return
    if row["assigned_to"] is not None:
        raise AlreadyTaken(row["assigned_to"])
    _give(db, keys, row["code"], row["status"], viewer.login, tell)
    audit.record(db, viewer.login, "took", row["code"])


def assign(
    db: Database, keys: Keyring, code: str, viewer: Viewer, login: str, seen_at: str | None = None
) -> None:
    """Give a case into somebody's hands, whoever has had it. Raises NoSuchReferral, NotAllowed, ChangedMeanwhile."""
    row = managed(db, viewer, code)
    check_unchanged(row, seen_at)
    if row["assigned_to"] == login:
        return
    if login not in {member.login for member in candidates(db, row["code"])}:
        raise NotAllowed(login)
    _give(db, keys, row["code"], row["status"], login)
    audit.record(db, viewer.login, f"assigned to {login}", row["code"])


def give_back(db: Database, code: str, viewer: Viewer, seen_at: str | None = None) -> None:
    """Put a case back into the queue for whoever is free. Raises NoSuchReferral, NotAllowed, ChangedMeanwhile."""
    row = managed(db, viewer, code)
    check_unchanged(row, seen_at)
    if row["assigned_to"] is not None:
        _back_to_the_queue(db, row["code"])
        audit.record(db, viewer.login, "gave back", row["code"])


def candidates(db: Database, code: str) -> list[Member]:
    """The members of staff a case can be given to: those who may see it and decide about it."""
    return [
        member
        for member in staff.listed(db)
        if member.active and member.role in visibility.MANAGERS and visibility.may_see(db, member, code)
    ]


def return_silent(db: Database, after: timedelta) -> list[str]:
    """Cases somebody waits for, whose assignee has done nothing about them for this long, go back into the queue and
    an alert says so. What waits for others may rest, unless the person has written. Returns their codes."""
    before = (datetime.now(UTC) - after).isoformat(timespec="microseconds")
    rows = db.query(
        "select r.code, r.assigned_to from referrals r indexed by idx_referrals_held"
        " where r.assigned_to is not null and r.status in ('in_progress', 'waiting') and r.assigned_at < ?"
        " and r.practice = 0 and (r.status = 'in_progress' or r.unread > 0)"
        " and not exists (select 1 from audit a where a.code = r.code and a.who = r.assigned_to and a.at >= ?)",
        [before, before],
    )
    silent = [(row["code"], row["assigned_to"]) for row in rows]
    for code, login in silent:
        _back_to_the_queue(db, code)
        audit.record(db, "bot", f"returned: nothing from {login}", code)
        alerts.raise_alert(db, "case_returned", code)
    return [code for code, _login in silent]


def _give(db: Database, keys: Keyring, code: str, status: str, login: str, tell: bool = True) -> None:
    moment = now()
    db.execute(
        "update referrals set assigned_to = ?, assigned_at = ?, updated_at = ?,"
        " status = case status when 'new' then 'in_progress' else status end where code = ?",
        [login, moment, moment, code],
    )
    alerts.taken_up(db, code)
    if status == "new" and tell:
        delivery.tell_of_change(db, keys, code)


def _back_to_the_queue(db: Database, code: str) -> None:
    db.execute(
        "update referrals set assigned_to = null, assigned_at = null, updated_at = ?,"
        " status = case status when 'closed' then status else 'new' end where code = ?",
        [now(), code],
    )
