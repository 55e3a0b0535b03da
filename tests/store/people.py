"""The hotline of the tests: everyone with a part in it, and cases to work on."""

from __future__ import annotations

from typing import Any

from sqlite_utils import Database

from store import casework, referrals, staff
from store.database import write
from store.keys import Keyring
from store.staff import Member

ACCOUNTS = {
    "maria": ("reviewer", "Maria Goreti Bria"),
    "yosef": ("reviewer", "Yosef Nahak"),
    "lena": ("lead", "Lena Ratu"),
    "domi": ("lead", "Dominggus Tefa"),
    "ketut": ("mediator", "Ketut Suardana"),
    "wayan": ("mediator", "Wayan Rai"),
    "rini": ("reader", "Rini Lado"),
    "agus": ("admin", "Agus Wirawan"),
}


def hire(db: Database, *logins: str) -> dict[str, Member]:
    """These accounts (all when none are named), by login."""
    with write(db):
        for login in logins or ACCOUNTS:
            role, name = ACCOUNTS[login]
            staff.add(db, login, role, name)
    return {member.login: member for member in staff.listed(db)}


def file_case(
    db: Database,
    keys: Keyring,
    kind: str = "help",
    priority: str = "normal",
    reply_to: int | None = 7001,
    regency: str | None = "Badung",
    **told: Any,
) -> str:
    """A case as the bot files it; returns its code."""
    body = {"happened": "Upah belum dibayar", "lang": "id", **told}
    with write(db):
        return referrals.add(
            db, keys, referrals.NewReferral(kind, priority, body, "chat", reply_to, regency, "2026-11-22")
        )


def give_to_mediator(db: Database, keys: Keyring, code: str, login: str) -> None:
    """A mediation in the hands of a mediator."""
    row = {"code": code, "mediator": login, "status": "preparing", "updated_at": "2026-11-22"}
    with write(db):
        body = referrals.key_of(db, keys, code).seal({})
        db.table("mediations").upsert({**row, "body": body}, pk="code")


def close(db: Database, keys: Keyring, code: str, login: str = "maria") -> None:
    """Close a case as a reviewer does; inside a transaction."""
    casework.set_status(db, keys, code, Member(login, "reviewer", True, ""), "closed", "resolved")


def deeds(db: Database, code: str) -> list[tuple[str, str]]:
    """(who, what) of a case's audit rows, oldest first."""
    return [(r["who"], r["what"]) for r in db.query("select * from audit where code = ? order by id", [code])]


def alert_kinds(db: Database, code: str) -> list[str]:
    """The kinds of alerts about a case."""
    return [r["kind"] for r in db.query("select kind from alerts where subject = ? order by id", [code])]
