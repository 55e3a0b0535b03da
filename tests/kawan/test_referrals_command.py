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
from tests.store.people import deeds, file_case, give_to_mediator, hire


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


@pytest.fixture
def mediated(db: Database, tmp_path: Path) -> str:
    """A mediation in the hands of ketut."""
    keys = load_keyring(tmp_path / "key", create=False)
    code = file_case(db, keys, kind="mediation")
    give_to_mediator(db, keys, code, "ketut")
    return code


def referrals(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["referrals", *arguments])


COMMANDS = (("show",), ("take",), ("close", "--outcome", "resolved"), ("note", "x"), ("reply", "x"))


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


def test_a_case_is_closed_with_an_outcome_as_in_the_console(db: Database, code: str) -> None:
    for refused in (
        referrals("close", code, "--as", "maria"),
        referrals("close", code, "--outcome", "fine", "--as", "maria"),
    ):
        assert (refused.exit_code, "--outcome" in refused.output) == (2, True)
    assert db.table("referrals").get(code)["status"] == "new"
    assert referrals("close", code, "--outcome", "advised", "--as", "maria").exit_code == 0
    row = db.table("referrals").get(code)
    assert (row["status"], row["outcome"], row["closed_at"] is not None) == ("closed", "advised", True)
    assert deeds(db, code)[-1] == ("maria", "status closed: advised")


def test_who_mediates_a_case_does_not_close_it(db: Database, mediated: str) -> None:
    refused = referrals("close", mediated, "--outcome", "agreed", "--as", "ketut")
    assert refused.exit_code == 2
    assert "A mediator does not close cases." in refused.output
    assert db.table("referrals").get(mediated)["outcome"] is None
