"""Calls to the contacts of the directory: who, when, with what result."""

from __future__ import annotations

import pytest
from sqlite_utils import Database

from store import confirmations


def test_the_newest_call_counts(db: Database) -> None:
    confirmations.confirm(db, "police-110", "no_answer", "maria")
    confirmations.confirm(db, "police-110", "reached", "yosef")
    newest = confirmations.latest(db)["police-110"]
    assert (newest.confirmed_by, newest.result) == ("yosef", "reached")
    assert [one.result for one in confirmations.of_contact(db, "police-110")] == ["reached", "no_answer"]
    assert set(confirmations.reached_lately(db)) == {"police-110"}


def test_a_number_that_fails_later_is_no_longer_confirmed(db: Database) -> None:
    confirmations.confirm(db, "police-110", "reached", "maria")
    confirmations.confirm(db, "police-110", "wrong_number", "maria")
    assert confirmations.reached_lately(db) == {}


def test_after_a_year_it_has_to_be_called_again(db: Database) -> None:
    confirmations.confirm(db, "police-110", "reached", "maria")
    db.execute("update confirmations set confirmed_at = '2020-01-01'")
    assert confirmations.reached_lately(db) == {}


def test_an_unknown_result_is_refused(db: Database) -> None:
    with pytest.raises(ValueError, match="maybe"):
        confirmations.confirm(db, "police-110", "maybe", "maria")
    assert confirmations.latest(db) == {}


def test_the_audit_tells_of_it(db: Database) -> None:
    confirmations.confirm(db, "police-110", "reached", "maria")
    assert next(db.query("select who, what from audit")) == {
        "who": "maria",
        "what": "called contact police-110: reached",
    }
