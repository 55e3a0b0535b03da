"""The hotline's people: a login name and a role each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from store import web_sessions
from store.database import now

ROLES = ("reviewer", "mediator", "lead", "admin", "reader")
LANGUAGES = ("id", "en")
LONGEST_NAME = 80
_LOGIN = re.compile(r"[a-z][a-z0-9._-]{1,30}")


class StaffError(ValueError):
    """The account cannot be made or changed; `str()` says why."""


@dataclass(frozen=True)
class Member:
    """One account. `name` is how colleagues know her; `telegram` the HMAC name of a linked Telegram account."""

    login: str
    role: str
    active: bool
    created_at: str
    name: str = ""
    lang: str = "id"
    telegram: str | None = None
    signed_in_at: str | None = None
    has_password: bool = False
    has_totp: bool = False
    must_change_password: bool = False

    @property
    def shown_name(self) -> str:
        """The name, or the login of an account that has none."""
        return self.name or self.login


def add(db: Database, login: str, role: str = "reviewer", name: str = "") -> None:
    """Add an account, or switch a disabled one on again with the given role. Raises StaffError."""
    if not _LOGIN.fullmatch(login):
        raise StaffError(
            f"'{login}' cannot be a login: 2 to 31 of a-z, 0-9, dot, dash, underscore, a letter first."
        )
    _check_role(role)
    before = find(db, login)
    if before and before.active:
        raise StaffError(f"There is an active account '{login}' already.")
    name = _checked_name(name) or (before.name if before else "")
    row = {"login": login, "role": role, "name": name, "active": 1, "created_at": now()}
    db.table("staff").upsert(row, pk="login")


def listed(db: Database) -> list[Member]:
    """All accounts, by login."""
    return [_member(row) for row in db.query("select * from staff order by login")]


def find(db: Database, login: str) -> Member | None:
    """The account of this login, switched off or not; None when there is none."""
    row = next(db.query("select * from staff where login = ?", [login]), None)
    return _member(row) if row else None


def active(db: Database, login: str) -> Member:
    """The account of this login. Raises StaffError when there is none or it is switched off."""
    member = find(db, login)
    if member is None or not member.active:
        raise StaffError(f"There is no active account '{login}'.")
    return member


def disable(db: Database, login: str) -> None:
    """Switch an account off and forget what proves who it is: password, one-time codes, Telegram, sessions. Its past
    deeds stay in the audit. Raises StaffError."""
    active(db, login)
    db.execute(
        "update staff set active = 0, password = null, password_until = null, totp = null, totp_last = null,"
        " telegram = null where login = ?",
        [login],
    )
    db.execute("delete from staff_links where login = ?", [login])
    web_sessions.end_all(db, login)


def set_role(db: Database, login: str, role: str) -> None:
    """Give an account another role; it counts from the next click on. Raises StaffError."""
    active(db, login)
    _check_role(role)
    db.execute("update staff set role = ? where login = ?", [role, login])


def set_name(db: Database, login: str, name: str) -> None:
    """Change how colleagues know her. Raises StaffError."""
    active(db, login)
    db.execute("update staff set name = ? where login = ?", [_checked_name(name), login])


def set_language(db: Database, login: str, lang: str) -> None:
    """The language of her console. Raises StaffError."""
    active(db, login)
    if lang not in LANGUAGES:
        raise StaffError(f"'{lang}' is not a language. Languages: {', '.join(LANGUAGES)}.")
    db.execute("update staff set lang = ? where login = ?", [lang, login])


def anyone_active(db: Database) -> bool:
    """Whether somebody is there to read a report."""
    return db.table("staff").count_where("active = 1") > 0


def _check_role(role: str) -> None:
    if role not in ROLES:
        raise StaffError(f"'{role}' is not a role. Roles: {', '.join(ROLES)}.")


def _checked_name(name: str) -> str:
    plain = " ".join(name.split())
    if len(plain) > LONGEST_NAME or not plain.isprintable():
        raise StaffError(f"A name has at most {LONGEST_NAME} characters, all of them printable.")
    return plain


def _member(row: dict[str, Any]) -> Member:
    return Member(
        login=row["login"],
        role=row["role"],
        active=bool(row["active"]),
        created_at=row["created_at"],
        name=row["name"] or "",
        lang=row["lang"] or "id",
        telegram=row["telegram"],
        signed_in_at=row["signed_in_at"],
        has_password=row["password"] is not None,
        has_totp=row["totp"] is not None,
        must_change_password=row["password_until"] is not None,
    )
