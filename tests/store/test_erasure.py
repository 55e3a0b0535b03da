"""Rows counted before and after: what /hapus takes and what it leaves."""

from __future__ import annotations

from pathlib import Path

from store import alerts, erasure, inbox, outbox, referrals, trackers
from store.database import open_database, write
from store.keys import temporary_keyring


def test_it_takes_everything_of_one_chat_and_nothing_of_another(tmp_path: Path) -> None:
    keys = temporary_keyring()
    db = open_database(tmp_path)
    chats = {name: keys.name_of(number) for number, name in enumerate(("gone", "stays"), 1)}
    for number, chat in enumerate(chats.values(), 1):
        with write(db):
            inbox.keep(db, keys, {"update_id": number}, number)
            inbox.finish(db, [number])
            trackers.save(db, keys, chat, trackers.Tracker(lang="id"))
            outbox.queue(db, keys, chat, "sendMessage", {"chat_id": number}, outbox.ORDINARY)
            outbox.finish(db, number, "sent")
            case = referrals.NewReferral("message", "urgent", {"message": "x"}, chat, number, None, "1")
            code = referrals.add(db, keys, case)
            referrals.add_note(db, keys, code, "maria", "note")
            alerts.raise_alert(db, "urgent_referral", code)
    with write(db):
        assert erasure.erase_chat(db, chats["gone"]) == 1
    for table in ("trackers", "outbox", "referrals", "inbox"):
        assert db.table(table).count_where("chat = ?", [chats["gone"]]) == 0
        assert db.table(table).count_where("chat = ?", [chats["stays"]]) == 1
    assert db.table("case_notes").count == 1
    assert [a["kind"] for a in alerts.unseen(db)] == ["urgent_referral"]
    assert not inbox.keep(db, keys, {"update_id": 1}, 1)  # still known, so not worked on twice
    db.close()


def test_what_waits_to_be_sent_is_sent(tmp_path: Path) -> None:
    keys = temporary_keyring()
    db = open_database(tmp_path)
    chat = keys.name_of(1)
    with write(db):
        outbox.queue(db, keys, chat, "sendMessage", {"chat_id": 1}, outbox.ORDINARY)
        erasure.erase_chat(db, chat)
    assert len(outbox.due(db, keys, set())) == 1
    db.close()
