"""Whether a database is whole, of a schema we know, and written with this key. Changes nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from store.database import explain
from store.errors import KeyUnusable, StoreUnusable
from store.keys import Keyring
from store.migrations import schema

# Everything the master key has sealed; what hangs on a case is sealed by that case's own key. (table, key, column)
MASTER_SEALED = (
    ("inbox", "update_id", "payload"),
    ("outbox", "id", "payload"),
    ("trackers", "chat", "state"),
    ("referrals", "code", "case_key"),
    ("nlu_inbox", "id", "body"),
    ("evidence", "id", "source"),
    ("staff", "login", "totp"),
    ("web_sessions", "id", "data"),
    ("half_entries", "id", "body"),
)
CASE_SEALED = (
    ("referrals", "body"),
    ("case_notes", "body"),
    ("messages", "body"),
    ("evidence", "content"),
    ("case_openings", "reason"),
    ("agency_referrals", "body"),
    ("mediations", "body"),
    ("mediation_sessions", "body"),
)


@contextmanager
def looked_into(path: Path) -> Iterator[Database]:
    """A database file for reading only, its schema as it is. Raises StoreUnusable."""
    try:
        # Not mode=ro: that would leave the two files of the write-ahead log behind.
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", uri=True, isolation_level=None)
    except sqlite3.Error as error:
        raise StoreUnusable(explain(error, path.parent)) from None
    try:
        connection.execute("PRAGMA query_only=ON")
        connection.execute("PRAGMA busy_timeout=5000")
        yield Database(connection, execute_plugins=False)
    except sqlite3.Error as error:
        raise StoreUnusable(explain(error, path.parent)) from None
    finally:
        connection.close()


def damage(db: Database) -> list[str]:
    """What SQLite finds wrong with the file or with references between rows; empty for a sound one."""
    found = [str(row[0]) for row in db.execute("PRAGMA integrity_check(5)").fetchall() if row[0] != "ok"]
    broken = db.execute("PRAGMA foreign_key_check").fetchmany(5)
    return found + [f"a row of {row[0]} points to nothing in {row[2]}" for row in broken]


def missing_steps(db: Database) -> list[str]:
    """Steps of our schema this database has not had."""
    had = _steps(db)
    return [step for step in _known_steps() if step not in had]


def strange_steps(db: Database) -> list[str]:
    """Steps this database has had and we do not know: it was written by a newer version, or is not ours at all."""
    known = _known_steps()
    return [step for step in _steps(db) if step not in known]


def is_ours(db: Database) -> bool:
    """Whether this is a database of Kawan Rantau."""
    return bool(_steps(db))


def check_key(db: Database, keys: Keyring) -> None:
    """Try the key on one value of every kind there is. Raises KeyUnusable when one does not open."""
    tables = set(db.table_names())
    for table, _key, column in MASTER_SEALED:
        if table in tables and column in db.table(table).columns_dict:
            for row in db.query(f"select {column} sealed from {table} where {column} is not null limit 1"):
                keys.newest_first(row["sealed"])
    if "referrals" in tables:
        _check_lookup(db, keys)


def _check_lookup(db: Database, keys: Keyring) -> None:
    """The other half of the key file: with a wrong one no chat would find its cases any more."""
    newest = (
        "select chat, case_key, body from referrals where chat is not null order by created_at desc limit 20"
    )
    for row in db.query(newest):
        chat_id = keys.case(row["case_key"]).unseal(row["body"]).get("reply_to")
        if chat_id is not None and keys.name_of(chat_id) != row["chat"]:
            raise KeyUnusable(
                "The 'lookup:' line of the key file is not the one this database was written with."
            )


def _steps(db: Database) -> list[str]:
    if "_sqlite_migrations" not in db.table_names():
        return []
    rows = db.query("select name from _sqlite_migrations where migration_set = ? order by id", [schema.name])
    return [row["name"] for row in rows]


def _known_steps() -> list[str]:
    empty = Database(memory=True, execute_plugins=False)
    try:
        return [step.name for step in schema.pending(empty)]
    finally:
        empty.close()
