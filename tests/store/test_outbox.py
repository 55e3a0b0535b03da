"""Replies leave in order, the urgent first, and are forgotten a day after."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest
from sqlite_utils import Database

from store import outbox
from store.keys import Keyring
from store.outbox import CRISIS, ORDINARY, RECEIPT


def say(db: Database, keys: Keyring, chat: str, text: str, weight: int = ORDINARY) -> None:
    outbox.queue(db, keys, chat, "sendMessage", {"text": text}, weight)


def texts(db: Database, keys: Keyring, busy: set[str] | None = None, most: int = 30) -> list[str]:
    return [str(o.parameters["text"]) for o in outbox.due(db, keys, busy or set(), most)]


def statuses(db: Database) -> list[str]:
    return [row["status"] for row in db.query("select status from outbox order by id")]


def send_all(db: Database, keys: Keyring) -> list[str]:
    sent = []
    while waiting := outbox.due(db, keys, set()):
        outbox.begin(db, waiting[0].id)
        outbox.finish(db, waiting[0].id, "sent")
        sent.append(str(waiting[0].parameters["text"]))
    return sent


def test_it_gives_back_the_call_it_was_given(db: Database, keys: Keyring) -> None:
    outbox.queue(db, keys, "ana", "sendMessage", {"chat_id": 7, "text": "Halo 🙏"}, RECEIPT)
    (call,) = outbox.due(db, keys, set())
    assert (call.chat, call.method, call.weight, call.attempts) == ("ana", "sendMessage", RECEIPT, 0)
    assert call.parameters == {"chat_id": 7, "text": "Halo 🙏"}


def test_a_crisis_answer_overtakes_what_waits_for_its_chat_and_the_rest_keeps_its_order(
    db: Database, keys: Keyring
) -> None:
    say(db, keys, "ana", "satu")
    say(db, keys, "ana", "dua", RECEIPT)
    say(db, keys, "ana", "nomor", CRISIS)
    say(db, keys, "ana", "tiga", RECEIPT)
    say(db, keys, "ana", "langkah", CRISIS)
    say(db, keys, "ana", "empat")
    assert texts(db, keys) == ["nomor"]
    assert send_all(db, keys) == ["nomor", "langkah", "satu", "dua", "tiga", "empat"]


def test_what_waits_for_its_turn_lets_a_crisis_answer_go_first(db: Database, keys: Keyring) -> None:
    """The sender has it in hand already, but has not made the call."""
    say(db, keys, "ana", "satu")
    (held,) = outbox.due(db, keys, set())
    say(db, keys, "ana", "nomor", CRISIS)
    say(db, keys, "nus", "lain", CRISIS)
    assert not outbox.begin(db, held.id)
    assert send_all(db, keys) == ["nomor", "lain", "satu"]


def test_what_is_being_sent_is_left_alone(db: Database, keys: Keyring) -> None:
    say(db, keys, "ana", "satu")
    (call,) = outbox.due(db, keys, set())
    assert outbox.begin(db, call.id)
    say(db, keys, "ana", "nomor", CRISIS)
    assert texts(db, keys, busy={"ana"}) == []  # its chat is busy until the call has ended
    outbox.finish(db, call.id, "sent")
    assert send_all(db, keys) == ["nomor"]
    assert [row["attempts"] for row in db.query("select attempts from outbox order by id")] == [1, 1]


def test_a_crisis_answer_does_not_wait_for_a_call_that_is_tried_again_later(
    db: Database, keys: Keyring
) -> None:
    say(db, keys, "ana", "satu")
    outbox.begin(db, 1)
    outbox.again(db, 1, 60, "NetworkError")
    say(db, keys, "ana", "nomor", CRISIS)
    assert texts(db, keys) == ["nomor"]


def test_what_was_dropped_while_it_waited_for_its_turn_is_not_sent(db: Database, keys: Keyring) -> None:
    say(db, keys, "ana", "rahasia")
    (held,) = outbox.due(db, keys, set())
    outbox.drop_waiting(db, "ana")
    assert not outbox.begin(db, held.id)
    assert statuses(db) == ["failed"]


def test_what_was_caught_in_a_crash_is_not_sent_before_a_crisis_answer_that_waits(
    db: Database, keys: Keyring
) -> None:
    say(db, keys, "ana", "kode", RECEIPT)
    outbox.begin(db, 1)
    say(db, keys, "ana", "nomor", CRISIS)
    outbox.settle_after_crash(db)
    assert send_all(db, keys) == ["nomor", "kode"]


def test_it_sends_crisis_answers_first_between_chats(db: Database, keys: Keyring) -> None:
    for chat, weight in [("a", ORDINARY), ("b", RECEIPT), ("c", CRISIS), ("d", ORDINARY), ("e", CRISIS)]:
        say(db, keys, chat, chat, weight)
    assert texts(db, keys) == ["c", "e", "b", "a", "d"]
    assert texts(db, keys, most=2) == ["c", "e"]


def test_it_leaves_busy_chats_out(db: Database, keys: Keyring) -> None:
    for chat in "abc":
        say(db, keys, chat, chat)
    assert texts(db, keys, busy={"a", "c"}) == ["b"]
    assert texts(db, keys, busy={"a", "b"}, most=1) == ["c"]


def test_it_waits_before_it_tries_again_and_holds_the_chat_back_meanwhile(
    db: Database, keys: Keyring
) -> None:
    say(db, keys, "ana", "satu")
    say(db, keys, "ana", "dua")
    (call,) = outbox.due(db, keys, set())
    outbox.begin(db, call.id)
    outbox.again(db, call.id, 0.2, "429")
    assert texts(db, keys) == []
    time.sleep(0.25)
    (later,) = outbox.due(db, keys, set())
    assert (later.id, later.attempts) == (call.id, 1)


def test_it_sends_again_after_a_crash_only_what_may_not_be_lost(db: Database, keys: Keyring) -> None:
    for chat, weight in [("a", CRISIS), ("b", RECEIPT), ("c", ORDINARY), ("d", ORDINARY)]:
        say(db, keys, chat, chat, weight)
    for call in outbox.due(db, keys, {"d"}):
        outbox.begin(db, call.id)
    assert outbox.settle_after_crash(db) == 3
    assert statuses(db) == ["queued", "queued", "unknown", "queued"]
    assert texts(db, keys) == ["a", "b", "d"]
    assert outbox.settle_after_crash(db) == 0


@pytest.mark.parametrize("status", ["sent", "unknown", "failed"])
def test_it_forgets_the_text_a_day_after_it_was_sent(db: Database, keys: Keyring, status: str) -> None:
    for text in ("kemarin", "baru", "belum"):
        say(db, keys, text, text)
    for id in (1, 2):
        outbox.begin(db, id)
        outbox.finish(db, id, status)
    for id, hours in [(1, 24.1), (2, 23.9)]:
        moment = datetime.now(UTC) - timedelta(hours=hours)
        db.execute("update outbox set finished_at = ? where id = ?", [moment.isoformat(), id])
    outbox.forget_sent(db)
    assert [bool(r["payload"]) for r in db.query("select payload from outbox order by id")] == [
        False, True, True,
    ]  # fmt: skip
    outbox.forget_sent(db, hours=0)
    assert texts(db, keys) == ["belum"]


def test_it_records_why_a_call_failed(db: Database, keys: Keyring) -> None:
    say(db, keys, "ana", "satu")
    outbox.begin(db, 1)
    outbox.finish(db, 1, "failed", "Forbidden: bot was blocked by the user")
    (row,) = db.query("select status, failure from outbox")
    assert row == {"status": "failed", "failure": "Forbidden: bot was blocked by the user"}
    assert texts(db, keys) == []
