"""Sessions of the console."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlite_utils import Database

from store import staff, web_sessions
from store.keys import Keyring


@pytest.fixture(autouse=True)
def maria(db: Database) -> None:
    staff.add(db, "maria")


def moment(**ago: float) -> str:
    return (datetime.now(UTC) - timedelta(**ago)).isoformat(timespec="microseconds")


def test_a_session_is_found_by_its_value_alone(db: Database, keys: Keyring) -> None:
    value = web_sessions.begin(db, keys, "maria", {"device": "Firefox"})
    found = web_sessions.find(db, keys, value)
    assert found
    assert (found.login, found.data) == ("maria", {"device": "Firefox"})
    assert web_sessions.find(db, keys, found.id) is None
    assert web_sessions.find(db, keys, f"{value}x") is None


def test_neither_the_value_nor_what_is_remembered_can_be_read_from_the_table(
    db: Database, keys: Keyring
) -> None:
    value = web_sessions.begin(db, keys, "maria", {"device": "Firefox"})
    [row] = db.query("select * from web_sessions")
    assert value not in str(row)
    assert "Firefox" not in str(row)


def test_it_ends_after_twenty_minutes_without_a_click(db: Database, keys: Keyring) -> None:
    value = web_sessions.begin(db, keys, "maria", {})
    db.execute("update web_sessions set expires_at = ?", [moment(seconds=1)])
    assert web_sessions.find(db, keys, value) is None


def test_a_click_puts_the_end_off(db: Database, keys: Keyring) -> None:
    value = web_sessions.begin(db, keys, "maria", {})
    db.execute("update web_sessions set expires_at = ?", [moment(minutes=-5)])
    assert web_sessions.find(db, keys, value)
    [row] = db.query("select expires_at from web_sessions")
    assert row["expires_at"] > moment(minutes=-19)


def test_not_every_click_writes(db: Database, keys: Keyring) -> None:
    value = web_sessions.begin(db, keys, "maria", {})
    [before] = db.query("select expires_at from web_sessions")
    assert web_sessions.find(db, keys, value)
    assert list(db.query("select expires_at from web_sessions")) == [before]


def test_no_click_puts_it_off_beyond_ten_hours(db: Database, keys: Keyring) -> None:
    value = web_sessions.begin(db, keys, "maria", {}, begun_at=moment(hours=9, minutes=55))
    found = web_sessions.find(db, keys, value)
    assert found
    assert found.expires_at <= moment(minutes=-5)
    assert web_sessions.seconds_left(found) <= 300
    value = web_sessions.begin(db, keys, "maria", {}, begun_at=moment(hours=10))
    assert web_sessions.find(db, keys, value) is None


def test_an_ended_session_does_not_come_back_by_a_late_write(db: Database, keys: Keyring) -> None:
    value = web_sessions.begin(db, keys, "maria", {})
    session = web_sessions.find(db, keys, value)
    assert session
    assert web_sessions.end(db, session.id)
    web_sessions.put(db, keys, session, {"late": True})
    assert web_sessions.find(db, keys, value) is None
    assert not web_sessions.end(db, session.id)


def test_a_member_ends_her_own_sessions_only(db: Database, keys: Keyring) -> None:
    staff.add(db, "bram")
    value = web_sessions.begin(db, keys, "maria", {})
    web_sessions.end_of_member(db, "bram", web_sessions.hashed(value))
    assert web_sessions.find(db, keys, value)
    web_sessions.end_of_member(db, "maria", web_sessions.hashed(value))
    assert web_sessions.find(db, keys, value) is None


def test_all_end_but_the_one_named(db: Database, keys: Keyring) -> None:
    kept = web_sessions.begin(db, keys, "maria", {})
    other = web_sessions.begin(db, keys, "maria", {})
    assert len(web_sessions.of_member(db, keys, "maria")) == 2
    assert web_sessions.end_all(db, "maria", but=web_sessions.hashed(kept)) == 1
    assert web_sessions.find(db, keys, kept)
    assert web_sessions.find(db, keys, other) is None


def test_sessions_that_are_over_are_deleted(db: Database, keys: Keyring) -> None:
    web_sessions.begin(db, keys, "maria", {}, begun_at=moment(hours=11))
    web_sessions.begin(db, keys, "maria", {})
    web_sessions.forget_old(db)
    assert db.table("web_sessions").count == 1
