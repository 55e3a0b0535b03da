"""A copy of the database while it is in use. The key is never part of it: copy that elsewhere."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from store import audit
from store.database import explain, write
from store.errors import StoreUnusable
from store.soundness import damage, looked_into

MADE = "backup made"  # in the audit: kawan doctor reads there how old the newest backup is
_HALF = ".part"


def back_up(db: Database, target: Path) -> int:
    """Copy the database as it is at this moment to a new file (mode 0600), check the copy, and note it in the audit.
    Returns its size in bytes. Raises StoreUnusable; then there is no file."""
    half = target.with_name(target.name + _HALF)
    try:
        # The name is taken first, so that nothing is ever written over. No hard link: a USB stick may not know them.
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        raise StoreUnusable(f"There is a file {target} already. Name another one.") from None
    except OSError as error:
        raise StoreUnusable(_sentence(error, target.parent)) from None
    try:
        with fresh_file(half) as copy:
            db.conn.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, without a log beside it
        _check(half)
        half.replace(target)
        flush(target.parent)
    except BaseException as error:
        half.unlink(missing_ok=True)
        target.unlink(missing_ok=True)
        if isinstance(error, OSError | sqlite3.Error):
            raise StoreUnusable(_sentence(error, target.parent)) from None
        raise
    with write(db):
        audit.record(db, "operator", MADE)
    return target.stat().st_size


@contextmanager
def fresh_file(path: Path) -> Iterator[sqlite3.Connection]:
    """A new empty database file that only its owner may read."""
    path.unlink(missing_ok=True)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    connection = sqlite3.connect(path)
    try:
        yield connection
    finally:
        connection.close()


def flush(folder: Path) -> None:
    """Let a renamed file survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)


def _check(path: Path) -> None:
    with looked_into(path) as copy:
        problems = damage(copy)
        if problems:
            raise StoreUnusable(f"The database is damaged: {problems[0]}. Run: kawan doctor")


def _sentence(error: Exception, folder: Path) -> str:
    if isinstance(error, FileNotFoundError):
        return f"There is no folder {folder}."
    return explain(error, folder)
