"""Nobody changes the past unseen."""

from __future__ import annotations

import pytest
from sqlite_utils import Database

from store import audit


@pytest.fixture
def chain(db: Database) -> Database:
    for number in range(1, 6):
        audit.record(db, "maria", "read", f"KR-{number}")
    return db


def test_it_is_whole_when_nothing_was_touched(db: Database, chain: Database) -> None:
    assert audit.first_broken(chain) is None


def test_it_is_whole_when_it_is_empty(db: Database) -> None:
    assert audit.first_broken(db) is None


@pytest.mark.parametrize("column", ["at", "who", "what", "code", "previous", "hash"])
@pytest.mark.parametrize("id", [1, 3, 5])
def test_it_finds_a_changed_row(chain: Database, id: int, column: str) -> None:
    chain.execute(f"update audit set {column} = 'x' where id = ?", [id])
    assert audit.first_broken(chain) == id


def test_it_finds_a_row_whose_code_was_emptied(chain: Database) -> None:
    chain.execute("update audit set code = null where id = 3")
    assert audit.first_broken(chain) == 3


@pytest.mark.parametrize("id", [1, 2, 3, 4])
def test_it_finds_that_a_row_was_removed(chain: Database, id: int) -> None:
    chain.execute("delete from audit where id = ?", [id])
    assert audit.first_broken(chain) == id + 1


def test_it_finds_that_two_rows_changed_places(chain: Database) -> None:
    chain.execute("update audit set id = -2 where id = 2")
    assert audit.first_broken(chain) == -2


def test_it_finds_that_the_border_between_two_fields_was_moved(chain: Database) -> None:
    chain.execute("update audit set who = 'mari', what = 'aread' where id = 2")
    assert audit.first_broken(chain) == 2


def test_it_goes_on_after_the_newest_row(chain: Database) -> None:
    audit.record(chain, "yosef", "noted", "KR-6")
    assert audit.first_broken(chain) is None
