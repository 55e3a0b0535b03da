"""The database: whole, of our schema, written with this key, its audit untouched, copied lately."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from sqlite_utils import Database

from kawan.doctor.finding import Finding, look, mend, ok
from store import audit, backup, rotation, soundness
from store.errors import KeyUnusable
from store.keys import Keyring

BACKUP_GOOD_FOR = timedelta(days=7)


def file(db: Database) -> Iterator[Finding]:
    """SQLite's own check, references between rows, the steps of the schema."""
    problems = soundness.damage(db)
    for problem in problems:
        yield mend("database", f"Damaged: {problem}. Stop the bot and restore a backup: kawan restore FILE")
    if not problems:
        yield ok("database", "whole")
    if soundness.strange_steps(db):
        yield mend("schema", "The database was written by a newer version. Update Kawan Rantau.")
    elif soundness.missing_steps(db):
        yield look(
            "schema", "The database is of an older version. It is brought up to date at the next start."
        )
    else:
        yield ok("schema", "up to date")


def key(db: Database, keys: Keyring) -> Iterator[Finding]:
    """Whether the key file opens what is there."""
    try:
        soundness.check_key(db, keys)
    except KeyUnusable as error:
        yield mend("key", str(error))
        return
    if not soundness.missing_steps(db) and rotation.unfinished(db, keys):
        yield look(
            "key", "It fits, but some values are still sealed with an older key. Run: kawan key rotate"
        )
    else:
        yield ok("key", "fits")


def chain(db: Database) -> Iterator[Finding]:
    """Nobody has changed or removed a row of the audit."""
    broken = audit.first_broken(db)
    if broken is not None:
        yield mend(
            "audit",
            f"The chain breaks at row {broken}: a row was changed or removed. Find out who could write to the "
            "database, keep a copy, and tell the lead.",
        )
    else:
        yield ok("audit", f"{db.table('audit').count} rows, the chain is whole")


def copies(db: Database) -> Iterator[Finding]:
    """Whether a backup was made lately; where it lies is for the operator to know."""
    last = next(db.query("select max(at) at from audit where what = ?", [backup.MADE]))["at"]
    if last is None:
        yield mend("backup", "No backup was ever made. Run: kawan backup FILE, and keep the key elsewhere.")
        return
    age = datetime.now(UTC) - datetime.fromisoformat(last)
    said = f"the last one was made on {last[:10]}"
    if age > BACKUP_GOOD_FOR:
        yield mend("backup", f"{said}. Run: kawan backup FILE")
    else:
        yield ok("backup", said)
