"""Updates wait in the inbox until they are answered, and leave no words behind."""

from __future__ import annotations

from typing import Any

import pytest
from sqlite_utils import Database

from store import inbox
from store.database import write
from store.errors import KeyUnusable
from store.keys import Keyring, temporary_keyring

ANA, BOS = 11, 22


def update(number: int, text: str = "halo") -> dict[str, Any]:
    return {"update_id": number, "message": {"text": text}}


def numbers(db: Database, keys: Keyring, chat: int) -> list[int]:
    return [u.update_id for u in inbox.next_updates(db, keys, keys.name_of(chat))]


def test_it_keeps_an_update_as_telegram_sent_it(db: Database, keys: Keyring) -> None:
    assert inbox.keep(db, keys, update(1, "sa dipukul 🙏"), ANA)
    (kept,) = inbox.next_updates(db, keys, keys.name_of(ANA))
    assert (kept.update_id, kept.chat, kept.attempts) == (1, keys.name_of(ANA), 0)
    assert kept.payload == update(1, "sa dipukul 🙏")


def test_it_keeps_the_same_update_once(db: Database, keys: Keyring) -> None:
    assert inbox.keep(db, keys, update(1, "pertama"), ANA)
    assert not inbox.keep(db, keys, update(1, "kedua"), ANA)
    inbox.finish(db, [1])
    assert not inbox.keep(db, keys, update(1, "ketiga"), ANA)  # sent again after it was answered
    assert db.table("inbox").count == 1
    assert inbox.chats_waiting(db) == []


def test_it_gives_updates_in_order_and_of_one_chat_only(db: Database, keys: Keyring) -> None:
    for number, chat in [(5, ANA), (2, BOS), (9, ANA), (3, ANA)]:
        inbox.keep(db, keys, update(number), chat)
    assert numbers(db, keys, ANA) == [3, 5, 9]
    assert numbers(db, keys, BOS) == [2]
    assert [u.update_id for u in inbox.next_updates(db, keys, keys.name_of(ANA), most=2)] == [3, 5]


def test_it_names_the_longest_waiting_chat_first(db: Database, keys: Keyring) -> None:
    for number, chat in [(5, ANA), (2, BOS), (1, 33)]:
        inbox.keep(db, keys, update(number), chat)
    inbox.finish(db, [1])
    assert inbox.chats_waiting(db) == [keys.name_of(BOS), keys.name_of(ANA)]


def test_it_counts_attempts_before_the_work(db: Database, keys: Keyring) -> None:
    for number in (1, 2):
        inbox.keep(db, keys, update(number), ANA)
    inbox.begin(db, [1, 2])
    inbox.begin(db, [1])
    assert [u.attempts for u in inbox.next_updates(db, keys, keys.name_of(ANA))] == [2, 1]


@pytest.mark.parametrize("status", ["done", "quarantined"])
def test_it_forgets_what_a_finished_update_said(db: Database, keys: Keyring, status: str) -> None:
    inbox.keep(db, keys, update(1), ANA)
    inbox.finish(db, [1], status)
    (row,) = db.query("select * from inbox")
    assert row["payload"] is None
    assert row["status"] == status
    assert row["finished_at"] >= row["received_at"]
    assert numbers(db, keys, ANA) == []


def test_it_stops_a_flood_from_one_chat_and_hears_the_others(db: Database, keys: Keyring) -> None:
    most = inbox.MOST_WAITING_PER_CHAT
    with write(db):
        assert all(inbox.keep(db, keys, update(n), ANA) for n in range(most))
        assert not inbox.keep(db, keys, update(most), ANA)
        assert inbox.keep(db, keys, update(most + 1), BOS)
        inbox.finish(db, [0])
        assert inbox.keep(db, keys, update(most + 2), ANA)


def test_it_gives_nothing_to_another_key(db: Database, keys: Keyring) -> None:
    inbox.keep(db, keys, update(1), ANA)
    with pytest.raises(KeyUnusable):
        inbox.next_updates(db, temporary_keyring(), keys.name_of(ANA))
