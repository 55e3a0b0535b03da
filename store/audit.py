"""Who read or changed which case, in a chain of hashes."""

from __future__ import annotations

import hashlib

from sqlite_utils import Database

from store.database import now


def record(db: Database, who: str, what: str, code: str = "") -> None:
    """Add a row inside the caller's transaction. `who` is a staff login or "bot"; never a person's name."""
    last = next(db.query("select hash from audit order by id desc limit 1"), {"hash": ""})
    row = {"at": now(), "who": who, "what": what, "code": code, "previous": last["hash"]}
    db.table("audit").insert({**row, "hash": _hash(row)})


def first_broken(db: Database) -> int | None:
    """The id of the first row that does not fit its chain; None when the chain is whole."""
    previous = ""
    for row in db.query("select * from audit order by id"):
        plain = {key: row[key] for key in ("at", "who", "what", "code", "previous")}
        if row["previous"] != previous or row["hash"] != _hash(plain):
            return int(row["id"])
        previous = row["hash"]
    return None


def last(db: Database) -> tuple[int, str] | None:
    """Id and hash of the newest row, to be noted where nobody who can write here can write; None for an empty audit."""
    row = next(db.query("select id, hash from audit order by id desc limit 1"), None)
    return (int(row["id"]), str(row["hash"])) if row else None


def holds(db: Database, id: int, hash: str) -> bool:
    """Whether a row noted elsewhere is still there as it was."""
    return db.table("audit").count_where("id = ? and hash = ?", [id, hash]) > 0


def _hash(row: dict[str, str]) -> str:
    return hashlib.sha256("\x1f".join(map(str, row.values())).encode()).hexdigest()
