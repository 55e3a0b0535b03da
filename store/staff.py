"""The hotline's people: a login name and a role each."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlite_utils import Database

from store.database import now

ROLES = ("reviewer", "mediator", "lead", "admin", "reader")
_LOGIN = re.compile(r"[a-z][a-z0-9._-]{1,30}")


class StaffError(ValueError):
    """The account cannot be made or changed; `str()` says why."""


@dataclass(frozen=True)
class Member:
    login: str
    role: str
    active: bool
    created_at: str


def add(db: Database, login: str, role: str = "reviewer") -> None:
    """Add an account, or switch a disabled one on again with the given role. Raises StaffError."""
    if not _LOGIN.fullmatch(login):
        raise StaffError(
            f"'{login}' cannot be a login: 2 to 31 of a-z, 0-9, dot, dash, underscore, a letter first."
        )
    if role not in ROLES:
        raise StaffError(f"'{role}' is not a role. Roles: {', '.join(ROLES)}.")
    if any(m.login == login and m.active for m in listed(db)):
        raise StaffError(f"There is an active account '{login}' already.")
    db.table("staff").upsert({"login": login, "role": role, "active": 1, "created_at": now()}, pk="login")


def listed(db: Database) -> list[Member]:
    """All accounts, by login."""
    rows = db.query("select * from staff order by login")
    return [Member(r["login"], r["role"], bool(r["active"]), r["created_at"]) for r in rows]


def disable(db: Database, login: str) -> None:
    """Switch an account off; its past deeds stay in the audit. Raises StaffError."""
    if not any(m.login == login and m.active for m in listed(db)):
        raise StaffError(f"There is no active account '{login}'.")
    db.execute("update staff set active = 0 where login = ?", [login])


def anyone_active(db: Database) -> bool:
    """Whether somebody is there to read a report."""
    return any(m.active for m in listed(db))
