"""`kawan backup`, `restore` and `key rotate` as an operator uses them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kawan.cli import main
from store import referrals
from store.database import FILE_NAME, open_database, take_lock, write
from store.keys import load_keyring
from store.referrals import NewReferral

TOLD = {"happened": "kamar dikunci"}


def kawan(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KAWAN_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("KAWAN_KEY_FILE", str(tmp_path / "secrets" / "key"))
    return tmp_path


@pytest.fixture
def code(folder: Path) -> str:
    keys = load_keyring(folder / "secrets" / "key", create=True)
    db = open_database(folder / "data")
    with write(db):
        code = referrals.add(db, keys, NewReferral("help", "normal", TOLD, keys.name_of(7), 7, None, "1"))
    db.close()
    return code


def body_of(folder: Path, code: str) -> object:
    db = open_database(folder / "data")
    try:
        with write(db):
            return referrals.opened(
                db, load_keyring(folder / "secrets" / "key", create=False), code, "t"
            ).body
    finally:
        db.close()


def test_a_backup_says_that_the_key_is_not_in_it(folder: Path, code: str) -> None:
    done = kawan("backup", str(folder / "copy"))
    assert done.exit_code == 0, done.output
    assert "The key is not in it" in done.output
    assert str(folder / "secrets" / "key") in done.output


def test_there_and_back_again(folder: Path, code: str) -> None:
    kawan("backup", str(folder / "copy"))
    shutil.rmtree(folder / "data")
    done = kawan("restore", str(folder / "copy"))
    assert done.exit_code == 0, done.output
    assert body_of(folder, code) == TOLD


def test_the_database_that_was_there_is_kept_and_named(folder: Path, code: str) -> None:
    kawan("backup", str(folder / "copy"))
    done = kawan("restore", str(folder / "copy"))
    assert "kawan-before-restore-" in done.output
    assert len(list((folder / "data").glob("kawan-before-restore-*.sqlite3"))) == 1


@pytest.mark.parametrize("command", [["restore", "copy"], ["key", "rotate"]])
def test_a_running_system_is_left_alone(folder: Path, code: str, command: list[str]) -> None:
    kawan("backup", str(folder / "copy"))
    lock = take_lock(folder / "data")
    done = kawan(*(str(folder / "copy") if word == "copy" else word for word in command))
    lock.close()
    assert done.exit_code == 2
    assert "already runs" in done.output


def test_restoring_without_the_key_is_refused(folder: Path, code: str) -> None:
    kawan("backup", str(folder / "copy"))
    (folder / "secrets" / "key").unlink()
    done = kawan("restore", str(folder / "copy"))
    assert (done.exit_code, "no key file" in done.output) == (2, True)
    load_keyring(folder / "secrets" / "key", create=True)
    before = (folder / "data" / FILE_NAME).read_bytes()
    done = kawan("restore", str(folder / "copy"))
    assert (done.exit_code, "does not fit" in done.output) == (2, True)
    assert (folder / "data" / FILE_NAME).read_bytes() == before


def test_without_a_database_there_is_nothing_to_copy_or_seal(folder: Path) -> None:
    for command in (["backup", str(folder / "copy")], ["key", "rotate"]):
        done = kawan(*command)
        assert (done.exit_code, "no database" in done.output) == (2, True)
    assert not (folder / "data").exists()
    assert not (folder / "secrets").exists()


def test_after_a_rotation_everything_opens_and_old_backups_too(folder: Path, code: str) -> None:
    kawan("backup", str(folder / "copy"))
    done = kawan("key", "rotate")
    assert done.exit_code == 0, done.output
    assert "There is a new key: 1 values" in done.output
    assert (folder / "secrets" / "key").read_text().count("fernet:") == 2
    assert body_of(folder, code) == TOLD
    assert kawan("restore", str(folder / "copy")).exit_code == 0
    assert body_of(folder, code) == TOLD


def test_a_rotation_that_was_stopped_is_finished_before_another_begins(folder: Path, code: str) -> None:
    from store import rotation

    rotation.add_line(folder / "secrets" / "key")  # as if the power had failed here
    done = kawan("key", "rotate")
    assert "The rotation that was begun is finished: 1 values" in done.output
    assert (folder / "secrets" / "key").read_text().count("fernet:") == 2


def test_the_old_keys_can_be_dropped(folder: Path, code: str) -> None:
    kawan("backup", str(folder / "copy"))
    done = kawan("key", "rotate", "--drop-old")
    assert "old keys are gone" in done.output
    assert (folder / "secrets" / "key").read_text().count("fernet:") == 1
    assert body_of(folder, code) == TOLD
    assert kawan("restore", str(folder / "copy")).exit_code == 2
