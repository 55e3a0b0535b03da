"""The way back from a backup: nothing is said twice, and what was erased since stays erased."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from sqlite_utils import Database

from store import audit, outbox, referrals
from store.backup import flush, fresh_file
from store.database import FILE_NAME, now, open_database, write
from store.errors import StoreUnusable
from store.keys import Keyring
from store.soundness import check_key, damage, is_ours, looked_into, strange_steps

_ASIDE = "kawan-before-restore-"


def restore(folder: Path, source: Path, keys: Keyring) -> tuple[Path | None, int]:
    """Put a backup in the place of the database of a folder this process has locked.

    Nothing is sent that waited when the backup was made, everybody is signed out, and what was erased since then is
    erased again. Returns where the old database lies now (None when there was none) and how many cases were erased
    again. Raises StoreUnusable or KeyUnusable with everything as before.
    """
    with looked_into(_there(source)) as copy:
        _check_ours(copy, source)
        check_key(copy, keys)
        erased = _erased_in(folder / FILE_NAME)
        begun = folder / "restoring"
        _clear(begun)
        begun.mkdir(mode=0o700)
        try:
            with fresh_file(begun / FILE_NAME) as target:
                copy.conn.backup(target)
            again = _make_fit(begun, erased)
            aside = _put_aside(folder)
            (begun / FILE_NAME).replace(folder / FILE_NAME)
            flush(folder)
        finally:
            _clear(begun)
    return aside, again


def put_aside(folder: Path) -> list[Path]:
    """The databases that restoring has kept: someone has to delete them one day."""
    return sorted(folder.glob(f"{_ASIDE}*.sqlite3"))


def _make_fit(folder: Path, erased: list[str]) -> int:
    """What a copy from another day must forget before it goes on. Returns how many cases were erased again."""
    db = open_database(folder)
    try:
        with write(db):
            for row in list(db.query("select id from outbox where status in ('queued', 'sending')")):
                outbox.finish(db, row["id"], "unknown", "restored")  # most of it has been sent since
            db.execute("update outbox set payload = null where failure = 'restored'")
            db.execute(
                "update inbox set status = 'done', payload = null, finished_at = ? where status = 'new'",
                [now()],
            )
            for table in ("trackers", "web_sessions", "staff_links"):
                db.execute(f"delete from {table}")
            again = [code for code in erased if db.table("referrals").count_where("code = ?", [code])]
            for code in again:
                referrals.erase(db, code, "operator", "erased again after a restore")
            audit.record(db, "operator", "restored from a backup")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        db.close()
    return len(again)


def _erased_in(path: Path) -> list[str]:
    """Codes of the cases that were erased, as the audit of the present database tells, if it can still be read."""
    with suppress(StoreUnusable), looked_into(_there(path)) as db:
        rows = db.query("select distinct code from audit where what like 'erased%' and code != ''")
        return [row["code"] for row in rows]
    return []


def _put_aside(folder: Path) -> Path | None:
    if not (folder / FILE_NAME).exists():
        return None
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    aside = folder / f"{_ASIDE}{stamp}.sqlite3"
    for ending in ("-wal", "-shm", ""):  # a damaged one may have left its log behind
        old = folder / f"{FILE_NAME}{ending}"
        if old.exists():
            old.replace(f"{aside}{ending}")
    return aside


def _check_ours(copy: Database, source: Path) -> None:
    if not is_ours(copy):
        raise StoreUnusable(f"{source} is no backup of Kawan Rantau.")
    if strange_steps(copy):
        raise StoreUnusable(f"{source} was written by a newer version. Update Kawan Rantau first.")
    problems = damage(copy)
    if problems:
        raise StoreUnusable(f"{source} is damaged: {problems[0]}. Take another backup.")
    broken = audit.first_broken(copy)
    if broken is not None:
        raise StoreUnusable(f"In {source} the audit was changed at row {broken}. Take another backup.")


def _there(path: Path) -> Path:
    if not path.is_file():
        raise StoreUnusable(f"There is no file {path}.")
    return path


def _clear(folder: Path) -> None:
    if folder.exists():
        for file in folder.iterdir():
            file.unlink()
        folder.rmdir()
