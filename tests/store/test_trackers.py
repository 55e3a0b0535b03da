"""What the assistant remembers of a conversation."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlite_utils import Database

from store import trackers
from store.errors import KeyUnusable
from store.keys import Keyring, temporary_keyring
from store.trackers import FormState, Tracker

FULL = Tracker(
    lang="en",
    form=FormState(
        "report_discrimination", "what", {"where": "Kuta", "kind": "kos"}, editing=True, token="a1"
    ),
    article="housing/deposit-not-returned",
    asked_if_safe="emergency",
    pending={"place": "Denpasar"},
)


def rest(db: Database, chat: str, days: float) -> None:
    """Let a conversation be untouched for so long."""
    moment = datetime.now(UTC) - timedelta(days=days)
    db.execute("update trackers set updated_at = ? where chat = ?", [moment.isoformat(), chat])


def test_it_begins_with_nothing(db: Database, keys: Keyring) -> None:
    assert trackers.load(db, keys, "ana") == Tracker()
    assert db.table("trackers").count == 0


def test_it_reads_back_a_conversation_in_the_middle_of_a_form(db: Database, keys: Keyring) -> None:
    trackers.save(db, keys, "ana", FULL)
    assert trackers.load(db, keys, "ana") == FULL
    assert trackers.load(db, keys, "bos") == Tracker()


def test_it_keeps_only_the_latest_state(db: Database, keys: Keyring) -> None:
    trackers.save(db, keys, "ana", FULL)
    trackers.save(db, keys, "ana", Tracker(lang="id"))
    assert trackers.load(db, keys, "ana") == Tracker(lang="id")
    assert db.table("trackers").count == 1


def test_it_erases_one_conversation_and_no_other(db: Database, keys: Keyring) -> None:
    for chat in ("ana", "bos"):
        trackers.save(db, keys, chat, FULL)
    trackers.erase(db, "ana")
    assert trackers.load(db, keys, "ana") == Tracker()
    assert trackers.load(db, keys, "bos") == FULL


def test_it_forgets_conversations_that_rested_a_week(db: Database, keys: Keyring) -> None:
    for chat, days in [("old", 7.1), ("young", 6.9)]:
        trackers.save(db, keys, chat, FULL)
        rest(db, chat, days)
    trackers.forget_old(db)
    assert [row["chat"] for row in db.query("select chat from trackers")] == ["young"]
    trackers.forget_old(db, days=1)
    assert db.table("trackers").count == 0


def test_it_remembers_a_conversation_that_goes_on(db: Database, keys: Keyring) -> None:
    trackers.save(db, keys, "ana", FULL)
    rest(db, "ana", 30)
    trackers.save(db, keys, "ana", FULL)
    trackers.forget_old(db)
    assert trackers.load(db, keys, "ana") == FULL


def test_it_gives_nothing_to_another_key(db: Database, keys: Keyring) -> None:
    trackers.save(db, keys, "ana", FULL)
    with pytest.raises(KeyUnusable):
        trackers.load(db, temporary_keyring(), "ana")
