"""Files that belong to a case: photos, voice notes, documents, places. Encrypted with the key of the case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlite_utils import Database

from store import audit, referrals
from store.database import now
from store.keys import Keyring

MOST_PER_CASE = 10
MOST_BYTES = 10_000_000  # each; Telegram lets bots fetch up to 20 MB
MOST_ATTEMPTS = 26  # the later ones an hour apart: about a day
KINDS = ("photo", "voice", "video", "document", "location", "text")


class NoSuchEvidence(LookupError):
    """This case has no such file, or it could not be fetched."""


@dataclass(frozen=True)
class Item:
    """What may stand in a list; status: pending (still to be fetched) | kept | failed."""

    id: int
    kind: str
    mime: str
    size: int
    status: str
    created_at: str


@dataclass(frozen=True)
class Pending:
    """A file Telegram still holds."""

    id: int
    code: str
    kind: str
    mime: str
    file_id: str
    attempts: int


def add(db: Database, keys: Keyring, code: str, attachment: dict[str, Any]) -> bool:
    """Add something a person sent: `kind`, `mime`, `size` and either `file_id` or `text`.

    False when the case holds `MOST_PER_CASE` already. Raises NoSuchReferral.
    """
    if db.table("evidence").count_where("code = ?", [code]) >= MOST_PER_CASE:
        return False
    case = referrals.key_of(db, keys, code)
    text = attachment.get("text")
    moment = now()
    db.table("evidence").insert(
        {
            "code": code,
            "kind": attachment["kind"],
            "mime": attachment["mime"],
            "size": len(text.encode()) if text is not None else attachment["size"],
            "source": None if text is not None else keys.seal(attachment["file_id"]),
            "content": case.seal_bytes(text.encode()) if text is not None else None,
            "status": "kept" if text is not None else "pending",
            "attempts": 0,
            "not_before": moment,
            "created_at": moment,
        }
    )
    return True


def due(db: Database, keys: Keyring, most: int = 4) -> list[Pending]:
    """Files to fetch now, oldest first."""
    rows = db.query(
        "select * from evidence where status = 'pending' and not_before <= ? order by id limit ?",
        [now(), most],
    )
    return [
        Pending(r["id"], r["code"], r["kind"], r["mime"], keys.unseal(r["source"]), r["attempts"])
        for r in rows
    ]


def keep(db: Database, keys: Keyring, id: int, content: bytes, mime: str) -> None:
    """The file is here. Nothing happens when the case was erased meanwhile."""
    row = next(db.query("select code from evidence where id = ?", [id]), None)
    if row is None:
        return
    db.execute(
        "update evidence set content = ?, mime = ?, size = ?, source = null, status = 'kept' where id = ?",
        [referrals.key_of(db, keys, row["code"]).seal_bytes(content), mime, len(content), id],
    )
    db.execute("update referrals set updated_at = ? where code = ?", [now(), row["code"]])


def add_from_staff(
    db: Database, keys: Keyring, code: str, kind: str, mime: str, content: bytes, login: str
) -> bool:
    """A file a member of staff was handed: kept at once, and recorded. False when the case holds `MOST_PER_CASE`
    already. Raises NoSuchReferral."""
    case = referrals.key_of(db, keys, code)
    code = referrals.canonical(db, code)
    if count_of(db, code) >= MOST_PER_CASE:
        return False
    moment = now()
    table = db.table("evidence").insert(
        {
            "code": code,
            "kind": kind,
            "mime": mime,
            "size": len(content),
            "source": None,
            "content": case.seal_bytes(content),
            "status": "kept",
            "attempts": 0,
            "not_before": moment,
            "created_at": moment,
        }
    )
    db.execute("update referrals set updated_at = ? where code = ?", [moment, code])
    audit.record(db, login, f"added file {table.last_pk}", code)
    return True


def later(db: Database, id: int, seconds: float) -> None:
    """Fetching failed for now; after `MOST_ATTEMPTS` it is given up."""
    moment = (datetime.now(UTC) + timedelta(seconds=seconds)).isoformat(timespec="microseconds")
    db.execute("update evidence set attempts = attempts + 1, not_before = ? where id = ?", [moment, id])
    db.execute(
        "update evidence set status = 'failed', source = null where id = ? and attempts >= ?",
        [id, MOST_ATTEMPTS],
    )


def give_up(db: Database, id: int) -> None:
    """It can never be fetched or read: too large, gone, not a picture."""
    db.execute("update evidence set status = 'failed', source = null where id = ?", [id])


def listed(db: Database, code: str) -> list[Item]:
    """The files of a case, oldest first; shows nothing of what is in them."""
    rows = db.query(
        "select id, kind, mime, size, status, created_at from evidence where code = ? order by id", [code]
    )
    return [Item(**row) for row in rows]


def opened(db: Database, keys: Keyring, code: str, id: int, staff: str) -> tuple[Item, bytes]:
    """One file for a member of staff; the opening is recorded. Raises NoSuchReferral, NoSuchEvidence."""
    case = referrals.key_of(db, keys, code)
    code = referrals.canonical(db, code)
    row = next(
        db.query("select * from evidence where id = ? and code = ? and status = 'kept'", [id, code]), None
    )
    if row is None:
        raise NoSuchEvidence(id)
    audit.record(db, staff, f"opened file {id}", code)
    item = Item(row["id"], row["kind"], row["mime"], row["size"], row["status"], row["created_at"])
    return item, case.unseal_bytes(row["content"])


def count_of(db: Database, code: str) -> int:
    """How many files a case has."""
    return db.table("evidence").count_where("code = ?", [code])
