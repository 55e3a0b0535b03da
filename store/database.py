"""Open the one database file, and write to it safely."""

from __future__ import annotations

import fcntl
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from sqlite_utils import Database

from store.errors import StoreLocked, StoreUnusable
from store.migrations import schema

FILE_NAME = "kawan.sqlite3"
LONGEST_WAIT = 5.0  # seconds for another process to finish writing


def now() -> str:
    """The present moment, UTC, as stored: 2026-11-22T04:05:06.123456+00:00."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def open_database(folder: Path | None) -> Database:
    """The database of a data folder, its schema brought up to date; None: in memory, gone with the process.

    Raises StoreUnusable with a sentence for a folder that is missing rights, full, or not a database.
    """
    try:
        if folder is None:
            path = ":memory:"
        else:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            path = str(folder / FILE_NAME)
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        # isolation_level=None: transactions begin only where `write` says so.
        connection = sqlite3.connect(
            path, timeout=LONGEST_WAIT, check_same_thread=False, isolation_level=None
        )
        try:
            return _prepared(connection)
        except BaseException:
            connection.close()
            raise
    except (OSError, sqlite3.Error) as error:
        raise StoreUnusable(explain(error, folder)) from None


def _prepared(connection: sqlite3.Connection) -> Database:
    db = Database(connection, strict=True, execute_plugins=False)
    _switch_to_wal(db)
    db.execute("PRAGMA synchronous=FULL")  # a receipt the person saw must survive a power cut
    db.execute("PRAGMA foreign_keys=ON")
    db.execute("PRAGMA secure_delete=ON")  # what was erased leaves no readable trace in the file
    with write(db):  # two starters at once: the second waits, then finds nothing to do
        schema.apply(db)
    return db


def _switch_to_wal(db: Database) -> None:
    """Two starters at once: SQLite answers the second with "locked" at once, the time-out does not count here."""
    ends = time.monotonic() + LONGEST_WAIT
    while True:
        try:
            db.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > ends:
                raise
            time.sleep(0.02)


@contextmanager
def write(db: Database) -> Iterator[Database]:
    """One write transaction. BEGIN IMMEDIATE, because sqlite-utils' own deferred begin fails at once
    ("busy snapshot") when another process wrote between our first read and our first write."""
    db.conn.execute("BEGIN IMMEDIATE")
    try:
        yield db
    except BaseException:
        if db.conn.in_transaction:
            db.conn.execute("ROLLBACK")
        raise
    else:
        db.conn.execute("COMMIT")


def take_lock(folder: Path) -> IO[str]:
    """Own the data folder for this process's life. Raises StoreLocked when another instance runs on it."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = (folder / "kawan.lock").open("w")
    except OSError as error:
        raise StoreUnusable(explain(error, folder)) from None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        handle.close()
        raise StoreLocked(
            f"Kawan Rantau already runs on the data folder {folder}. Stop that one first, "
            "or set KAWAN_DATA_DIR to another folder."
        ) from None
    return handle


def explain(error: Exception, folder: Path | None) -> str:
    """A sentence for an operator instead of SQLite's or the system's words."""
    place = f"the data folder {folder}" if folder else "the temporary database"
    text = str(error).lower()
    if "full" in text or "no space" in text:
        return f"The disk of {place} is full. Free some space and start again; nothing was lost."
    if "readonly" in text or "read-only" in text or isinstance(error, PermissionError):
        return f"Kawan Rantau may not write to {place}. Change its owner or set KAWAN_DATA_DIR."
    if "not a database" in text or "malformed" in text:
        return f"The file {FILE_NAME} in {place} is not a usable database. Restore it from a backup."
    if "unable to open" in text or isinstance(error, OSError):
        return f"The database in {place} cannot be opened ({error}). Set KAWAN_DATA_DIR to a usable folder."
    if "locked" in text:
        return f"The database in {place} is busy with another program. Try again in a moment."
    return f"The database in {place} gave an error: {error}."
