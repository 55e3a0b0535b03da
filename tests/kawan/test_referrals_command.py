"""`kawan referrals`: what the console refuses, the command line refuses too."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlite_utils import Database

from kawan.cli import main
from store import visibility
from store.database import open_database, write
from store.keys import load_keyring
from tests.store.people import deeds, file_case, hire


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """The store the commands work on, with accounts."""
    monkeypatch.setenv("KAWAN_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("KAWAN_KEY_FILE", str(tmp_path / "key"))
    load_keyring(tmp_path / "key", create=True)
    database = open_database(tmp_path / "data")
    hire(database)
    yield database
    database.close()


@pytest.fixture
def code(db: Database, tmp_path: Path) -> str:
    return file_case(db, load_keyring(tmp_path / "key", create=False))


def referrals(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["referrals", *arguments])


COMMANDS = (("show",), ("take",), ("close",), ("note", "x"), ("reply", "x"))


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_a_case_one_may_not_see_is_answered_like_one_that_does_not_exist(
    db: Database, code: str, command: tuple[str, ...]
) -> None:
    with write(db):
        visibility.exclude(db, code, "maria")
    before = deeds(db, code)
    name, *rest = command
    for login in ("maria", "ketut", "rini"):  # named by the reporter, a mediator without this case, a reader
        refused = referrals(name, code, *rest, "--as", login)
        missing = referrals(name, "KR-0000-0000", *rest, "--as", login)
        assert (refused.exit_code, missing.exit_code) == (2, 2)
        assert refused.output.replace(code, "KR-0000-0000") == missing.output
    assert deeds(db, code) == before
    assert referrals(name, code, *rest, "--as", "yosef").exit_code == 0


def test_a_case_is_taken_once(db: Database, code: str) -> None:
    assert referrals("take", code, "--as", "maria").exit_code == 0
    again = referrals("take", code, "--as", "yosef")
    assert again.exit_code == 2
    assert "maria has taken this case already." in again.output
    assert db.table("referrals").get(code)["assigned_to"] == "maria"
