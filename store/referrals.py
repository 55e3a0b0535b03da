"""Cases handed to the hotline. Plain columns are what staff filter on; the rest is encrypted per case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from store import audit, deadlines
from store.codes import new_code, read_code
from store.database import now
from store.keys import Keyring

STATUSES = ("new", "in_progress", "waiting", "closed")
# Everything that hangs on a case and goes with it.
CASE_TABLES = (
    "messages", "evidence", "case_notes", "case_tags", "case_exclusions", "case_openings",
    "agency_referrals", "mediation_sessions", "mediations",
)  # fmt: skip


def is_minor(told: Mapping[str, Any]) -> bool:
    """Whether somebody said to be under 18. `told`: the answers of a case, by slot; not asked or not said is no."""
    return told.get("age") == "under_18"


class NoSuchReferral(LookupError):
    """There is no case with this code."""


@dataclass(frozen=True)
class NewReferral:
    """What a person hands over. `body` is JSON; `reply_to` the chat id an answer may be sent to, or None."""

    kind: str
    priority: str
    body: dict[str, Any]
    chat: str | None
    reply_to: int | None
    regency: str | None
    consent: str | None
    source: str = "bot"  # bot | phone | in_person


@dataclass(frozen=True)
class Summary:
    """The part of a case that may stand in a list."""

    code: str
    kind: str
    priority: str
    status: str
    regency: str | None
    created_at: str
    updated_at: str


@dataclass(frozen=True)
class Note:
    staff: str
    text: str
    created_at: str


@dataclass(frozen=True)
class Case:
    """A whole case, decrypted."""

    summary: Summary
    body: dict[str, Any]
    reply_to: int | None
    consent: str | None
    notes: list[Note]


_LISTED = "code, kind, priority, status, regency, created_at, updated_at"


def add(db: Database, keys: Keyring, referral: NewReferral, by: str = "bot") -> str:
    """Store a case inside the caller's transaction; `by`: who filed it. Returns its code."""
    wrapped, case = keys.new_case()
    code = new_code()
    while db.table("referrals").count_where("code = ?", [code]):
        code = new_code()
    moment = now()
    db.table("referrals").insert(
        {
            "code": code,
            "kind": referral.kind,
            "priority": referral.priority,
            "status": "new",
            "regency": referral.regency,
            "chat": referral.chat,
            "case_key": wrapped,
            "body": case.seal({"told": referral.body, "reply_to": referral.reply_to}),
            "consent": referral.consent,
            "source": referral.source,
            "created_at": moment,
            "updated_at": moment,
            "due_at": deadlines.due(referral.kind, referral.priority, moment),
        }
    )
    audit.record(db, by, "filed", code)
    return code


def listed(db: Database, status: str | None = None, most: int = 200) -> list[Summary]:
    """Cases, urgent first, then oldest first; closed ones only when asked for, those for practice never."""
    where, values = ("status = ?", [status]) if status else ("status != 'closed'", [])
    rows = db.query(
        f"select {_LISTED} from referrals where practice = 0 and {where}"
        " order by priority = 'urgent' desc, created_at limit ?",
        [*values, most],
    )
    return [Summary(**row) for row in rows]


def of_chat(db: Database, chat: str) -> list[Summary]:
    """The cases a chat has filed, newest first."""
    rows = db.query(f"select {_LISTED} from referrals where chat = ? order by created_at desc", [chat])
    return [Summary(**row) for row in rows]


def is_of_chat(db: Database, code: str, chat: str) -> bool:
    """Whether this chat has filed this case (`code` as it is stored)."""
    return db.table("referrals").count_where("code = ? and chat = ?", [code, chat]) > 0


def ahead_of(db: Database, code: str) -> int:
    """How many cases nobody has taken yet come before this one. Raises NoSuchReferral."""
    row = _row(db, code)
    return db.table("referrals").count_where(
        "status = 'new' and practice = ? and (priority > ? or (priority = ? and created_at < ?))",
        [row["practice"], row["priority"], row["priority"], row["created_at"]],
    )


def make_urgent(db: Database, code: str) -> None:
    """Danger was heard after the case was filed. Raises NoSuchReferral."""
    row = _row(db, code)
    if row["priority"] != "urgent":
        db.execute(
            "update referrals set priority = 'urgent', updated_at = ? where code = ?", [now(), row["code"]]
        )
        deadlines.set_deadline(db, row["code"])
        audit.record(db, "bot", "made urgent: danger was heard", row["code"])


def opened(db: Database, keys: Keyring, code: str, staff: str) -> Case:
    """A case, decrypted, for a member of staff; the reading is recorded. Raises NoSuchReferral."""
    row = _row(db, code)
    audit.record(db, staff, "read", row["code"])
    case = keys.case(row["case_key"])
    content = case.unseal(row["body"])
    notes = db.query("select * from case_notes where code = ? order by id", [row["code"]])
    return Case(
        summary=Summary(**{name.strip(): row[name.strip()] for name in _LISTED.split(",")}),
        body=content["told"],
        reply_to=content["reply_to"],
        consent=row["consent"],
        notes=[Note(n["staff"], case.unseal(n["body"]), n["created_at"]) for n in notes],
    )


def add_note(db: Database, keys: Keyring, code: str, staff: str, text: str) -> None:
    """Add a private note. Raises NoSuchReferral."""
    row = _row(db, code)
    db.table("case_notes").insert(
        {
            "code": row["code"],
            "staff": staff,
            "body": keys.case(row["case_key"]).seal(text),
            "created_at": now(),
        }
    )
    audit.record(db, staff, "noted", row["code"])


def erase_of_chat(db: Database, chat: str) -> int:
    """Erase every case of a chat, its key and its notes; the audit rows (codes only) stay. Returns how many."""
    codes = [s.code for s in of_chat(db, chat)]
    for code in codes:
        erase(db, code, "bot", "erased at the person's wish")
    return len(codes)


def erase(db: Database, code: str, who: str, why: str) -> None:
    """Erase one case with its key and all that hangs on it; the audit says why."""
    for table in CASE_TABLES:
        db.execute(f"delete from {table} where code = ?", [code])
    db.execute("delete from alerts where subject = ?", [code])
    db.execute("delete from referrals where code = ?", [code])
    audit.record(db, who, why, code)


def canonical(db: Database, code: str) -> str:
    """A code as it is stored, from what was typed. Raises NoSuchReferral."""
    return str(_row(db, code)["code"])


def content_of(db: Database, keys: Keyring, code: str) -> dict[str, Any]:
    """What is encrypted in a case: `told` (the answers), `reply_to` (chat id or None), `live`. For our own use: it
    records no reading, so nothing of it may be shown to staff. Raises NoSuchReferral."""
    row = _row(db, code)
    content: dict[str, Any] = keys.case(row["case_key"]).unseal(row["body"])
    return content


def put_content(db: Database, keys: Keyring, code: str, content: dict[str, Any]) -> None:
    """Replace what is encrypted in a case. Raises NoSuchReferral."""
    row = _row(db, code)
    db.execute(
        "update referrals set body = ? where code = ?",
        [keys.case(row["case_key"]).seal(content), row["code"]],
    )


def key_of(db: Database, keys: Keyring, code: str) -> Keyring:
    """The keyring of one case, for what hangs on it. Raises NoSuchReferral."""
    return keys.case(_row(db, code)["case_key"])


def _row(db: Database, code: str) -> dict[str, Any]:
    canonical = read_code(code)
    row = next(db.query("select * from referrals where code = ?", [canonical]), None)
    if row is None:
        raise NoSuchReferral(code)
    return row
