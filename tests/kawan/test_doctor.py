"""`kawan doctor`: content with a sound system, and for each thing that may go wrong a line that says what to do."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlite_utils import Database

from kawan.cli import main
from kawan.commands import doctor as command
from kawan.doctor import machine
from knowledge.library import load_library
from store import alerts, audit, backup, confirmations, evidence, inbox, outbox, referrals, staff
from store.database import FILE_NAME, open_database, write
from store.keys import Keyring, load_keyring
from store.referrals import NewReferral

LONG_AGO = (datetime.now(UTC) - timedelta(days=30)).isoformat(timespec="microseconds")
CRISIS = sorted(id for id, contact in load_library().contacts.items() if contact.crisis)


def kawan(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["doctor", *arguments])


def said(about: str, *arguments: str) -> list[str]:
    """What is said about one thing, as "state: sentence"."""
    found = json.loads(kawan(*arguments, "--json").stdout)
    return [f"{one['state']}: {one['says']}" for one in found if one["about"] == about]


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a sound system's data lies; the model counts as current."""
    monkeypatch.setenv("KAWAN_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("KAWAN_KEY_FILE", str(tmp_path / "secrets" / "key"))
    for name, value in (("MODEL", "model.tar.gz"), ("NLU_PYTHON", "python")):
        (tmp_path / value).touch()
        monkeypatch.setenv(f"KAWAN_{name}", str(tmp_path / value))
    monkeypatch.setattr(machine, "is_current", lambda model: True)
    monkeypatch.setattr(command, "today_in_bali", lambda: date(2026, 11, 22))
    return tmp_path


@pytest.fixture
def keys(path: Path) -> Keyring:
    return load_keyring(path / "secrets" / "key", create=True)


@pytest.fixture
def db(path: Path, keys: Keyring) -> Any:
    with open_database(path / "data") as database:
        with write(database):
            referrals.add(database, keys, NewReferral("help", "normal", {}, keys.name_of(7), 7, None, "1"))
        backup.back_up(database, path / "copy")
        yield database


def test_a_sound_system_is_all_right(db: Database) -> None:
    done = kawan()
    assert done.exit_code == 0, done.output
    assert "MEND" not in done.output
    for about in ("database: whole", "key: fits", "audit: ", "outbox: nothing waits", "backup: the last one"):
        assert about in done.output


def test_before_the_first_start_it_makes_nothing(path: Path) -> None:
    assert kawan().exit_code == 0
    assert not (path / "data").exists()
    assert not (path / "secrets").exists()


def test_it_runs_beside_someone_who_writes_and_changes_nothing(db: Database, path: Path) -> None:
    before = list(db.query("select * from audit"))
    with write(db):
        alerts.raise_alert(db, "nlu_down")
        assert kawan().exit_code == 0
    assert list(db.query("select * from audit")) == before


def later(db: Database, table: str, column: str) -> None:
    db.execute(f"update {table} set {column} = ?", [LONG_AGO])


def _open_identity(db: Database, keys: Keyring) -> None:
    code = next(db.query("select code from referrals"))["code"]
    row = {"code": code, "staff": "maria", "part": "identity", "reason": b"", "opened_at": LONG_AGO}
    db.table("case_openings").insert(row)


def _old_call(db: Database, keys: Keyring) -> None:
    outbox.queue(db, keys, "c", "sendMessage", {}, 1)
    db.execute("update outbox set not_before = ?, created_at = ?", [LONG_AGO, LONG_AGO])


def _old_update(db: Database, keys: Keyring) -> None:
    inbox.keep(db, keys, {"update_id": 1}, 7)
    later(db, "inbox", "received_at")


def _old_evidence(db: Database, keys: Keyring) -> None:
    code = next(db.query("select code from referrals"))["code"]
    evidence.add(db, keys, code, {"kind": "photo", "mime": "image/jpeg", "size": 1, "file_id": "f"})
    later(db, "evidence", "created_at")


def _cut(db: Database, keys: Keyring) -> None:
    db.execute("delete from audit where id = 1")


def _orphan(db: Database, keys: Keyring) -> None:
    db.execute("PRAGMA foreign_keys=OFF")
    db.execute("insert into case_tags values ('KR-0000-0000', 'x')")


def _newer(db: Database, keys: Keyring) -> None:
    db.execute("update _sqlite_migrations set name = 'm999' where id = 1")


def _no_backup(db: Database, keys: Keyring) -> None:
    db.execute("update audit set what = 'x' where what = ?", [backup.MADE])


def _old_backup(db: Database, keys: Keyring) -> None:
    db.execute("update audit set at = ? where what = ?", [LONG_AGO, backup.MADE])


@pytest.mark.parametrize(
    ("about", "happens", "says"),
    [
        ("audit", _cut, "mend: The chain breaks at row 2"),
        ("database", _orphan, "mend: Damaged: a row of case_tags points to nothing"),
        ("schema", _newer, "mend: The database was written by a newer version"),
        ("openings", _open_identity, "mend: 1 openings of an identity were not reviewed"),
        ("outbox", _old_call, "mend: 1 messages wait"),
        ("inbox", _old_update, "mend: 1 messages of people wait"),
        ("evidence", _old_evidence, "mend: 1 files were not fetched"),
        ("backup", _no_backup, "mend: No backup was ever made"),
        ("backup", _old_backup, "mend: the last one was made on"),
        ("alerts", lambda db, keys: alerts.raise_alert(db, "nlu_down"), "look: not seen yet: nlu_down 1"),
        (
            "cases",
            lambda db, keys: later(db, "referrals", "due_at"),
            "look: 1 people wait for their first answer",
        ),
    ],
)
def test_what_is_wrong_is_said(
    db: Database, keys: Keyring, about: str, happens: Callable[[Database, Keyring], None], says: str
) -> None:
    happens(db, keys)
    assert any(line.startswith(says) for line in said(about)), said(about)
    assert kawan().exit_code == (1 if says.startswith("mend") else 0) or about in ("audit", "backup")


def test_a_damaged_file_is_a_sentence(path: Path, keys: Keyring) -> None:
    (path / "data").mkdir(mode=0o700)
    (path / "data" / FILE_NAME).write_bytes(b"no database" * 500)
    done = kawan()
    assert done.exit_code == 2
    assert "not a usable database" in done.output


def test_a_strange_database_is_a_sentence(path: Path, keys: Keyring) -> None:
    (path / "data").mkdir(mode=0o700)
    strange = Database(path / "data" / FILE_NAME)
    strange.execute("create table cats (name)")
    strange.close()
    assert said("database") == [
        f"mend: {path / 'data' / FILE_NAME} is not a database of Kawan Rantau. Check KAWAN_DATA_DIR."
    ]


def test_another_key_is_said_and_a_missing_one_is_not_made(db: Database, path: Path) -> None:
    (path / "secrets" / "key").unlink()
    assert said("key")[0].startswith("mend: There is no key file")
    load_keyring(path / "secrets" / "key", create=True)
    assert said("key")[0].startswith("mend: The key file does not fit")


def test_open_file_modes_are_said_with_the_command_that_closes_them(db: Database, path: Path) -> None:
    (path / "data").chmod(0o755)
    (path / "secrets" / "key").chmod(0o644)
    assert said("files") == [
        f"mend: Others on this machine may read {path / 'data'}. Run: chmod 700 {path / 'data'}",
        f"mend: Others on this machine may read {path / 'secrets' / 'key'}. Run: chmod 600 {path / 'secrets' / 'key'}",
    ]


def test_an_old_database_put_aside_is_said(db: Database, path: Path) -> None:
    import os

    old = path / "data" / "kawan-before-restore-20260101-000000.sqlite3"
    old.touch(0o600)
    os.utime(old, (0, 0))
    assert any("put aside by a restore" in line for line in said("files"))


def test_a_full_disk_is_said(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "LEAST_FREE", 10**18)
    assert said("disk")[0].startswith("mend: ")


def test_a_missing_or_stale_model_is_said(db: Database, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "is_current", lambda model: False)
    assert said("model")[0].startswith("mend: The model is older")
    (path / "model.tar.gz").unlink()
    assert said("model")[0].startswith("mend: There is no trained model")
    (path / "python").unlink()
    assert said("model")[0].startswith("mend: The NLU environment is missing")


def test_knowledge_that_ran_out_is_said(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "today_in_bali", lambda: date(2031, 1, 1))
    assert any(line.startswith("mend: review ") for line in said("knowledge"))


# --- the anchor ----------------------------------------------------------------------------------------


def test_the_anchor_is_written_kept_up_and_finds_rows_cut_off(db: Database, path: Path) -> None:
    note = path / "elsewhere"
    assert said("anchor", "--anchor", str(note))[0].startswith("ok: noted for the first time")
    with write(db):
        audit.record(db, "maria", "read", "KR-1")
        audit.record(db, "maria", "read", "KR-2")
    assert said("anchor", "--anchor", str(note))[0].startswith("ok: row 2 is still there; newest row now: 4")
    db.execute("delete from audit where id = 4")  # the chain alone would not show it
    assert said("audit")[0].startswith("ok")
    before = note.read_text()
    assert said("anchor", "--anchor", str(note))[0].startswith("mend: Row 4, noted in")
    assert note.read_text() == before
    assert kawan("--anchor", str(note)).exit_code == 1


def test_a_note_beside_the_database_or_of_something_else_is_refused(db: Database, path: Path) -> None:
    beside = kawan("--anchor", str(path / "data" / "note"))
    assert (beside.exit_code, "beside the database" in beside.output) == (2, True)
    (path / "letter").write_text("dear all")
    other = kawan("--anchor", str(path / "letter"))
    assert (other.exit_code, "not a note" in other.output) == (2, True)
    assert (path / "letter").read_text() == "dear all"


# --- before launch -------------------------------------------------------------------------------------


def test_launch_lists_every_crisis_number_nobody_called_and_fails(db: Database) -> None:
    done = kawan("--launch")
    assert done.exit_code == 1
    for id in CRISIS:
        assert f"number {id}: " in done.output
    assert said("number police-110", "--launch")[0].startswith(
        "mend: Polisi 110 (110): no named person has called it"
    )
    assert "TELEGRAM_BOT_TOKEN: is not set" in done.output
    assert "There must be two people" in done.output


def test_launch_is_content_when_everything_stands(
    db: Database, keys: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "1:" + "a" * 35)
    monkeypatch.setenv("KAWAN_OPERATOR_NAME", "LBH Contoh")
    monkeypatch.setenv("KAWAN_OPERATOR_CONTACT", "halo@contoh.id")
    with write(db):
        for login, role in (("maria", "reviewer"), ("lusia", "lead")):
            staff.add(db, login, role)
            db.execute("update staff set password = 'x', totp = ? where login = ?", [keys.seal("S"), login])
        for id in CRISIS:
            confirmations.confirm(db, id, "reached", "maria")
    done = kawan("--launch")
    assert done.exit_code == 0, done.output
    with write(db):
        staff.add(db, "bram")
    assert said("staff bram", "--launch") == ["mend: has no password yet. She sets it at her first sign-in."]


def test_launch_before_there_is_a_database(path: Path) -> None:
    assert kawan("--launch").exit_code == 1
    assert said("number police-110", "--launch")
