"""The newest row of the audit, noted in a file elsewhere: without it, rows cut off at the end leave no trace."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

from sqlite_utils import Database

from kawan.doctor.finding import Finding, mend, ok
from kawan.errors import UserError
from kawan.settings import Settings
from store import audit
from store.database import now


def anchored(db: Database, path: Path, settings: Settings) -> Iterator[Finding]:
    """Compare the audit with what was noted last time, then note its newest row. A file that does not fit stays as it
    is. Raises UserError for a file that is no such note, or lies beside the database."""
    if path.resolve().is_relative_to(settings.data_dir.resolve()):
        raise UserError(
            f"{path} lies beside the database. Keep the note where who can change that cannot write."
        )
    noted = _read(path)
    if noted is not None and not audit.holds(db, *noted):
        yield mend(
            "anchor",
            f"Row {noted[0]}, noted in {path}, is no longer there as it was: rows were cut off or changed, or a backup "
            "was restored. If it was a restore, delete the note and run this again.",
        )
        return
    if audit.first_broken(db) is not None:
        return  # said elsewhere; a broken chain is not worth noting
    last = audit.last(db)
    if last is not None:
        _write(path, *last)
    said = f"row {noted[0]} is still there" if noted else "noted for the first time"
    yield ok("anchor", f"{said}; newest row now: {last[0] if last else 0}")


def _read(path: Path) -> tuple[int, str] | None:
    if not path.exists():
        return None
    try:
        note = json.loads(path.read_text("utf-8"))
        return int(note["id"]), str(note["hash"])
    except (OSError, ValueError, KeyError, TypeError):
        raise UserError(f"{path} is not a note of kawan doctor. Name another file.") from None


def _write(path: Path, id: int, hash: str) -> None:
    begun = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        begun.write_text(json.dumps({"id": id, "hash": hash, "at": now()}) + "\n", "utf-8")
        os.chmod(begun, 0o600)
        begun.replace(path)
    except OSError as error:
        begun.unlink(missing_ok=True)
        raise UserError(f"{path} cannot be written: {error.strerror}.") from None
