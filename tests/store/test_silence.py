"""Whoever copies the data folder learns no one's words, name or Telegram id."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlite_utils import Database

from store import inbox, outbox, referrals, trackers
from store.database import write
from store.keys import Keyring
from store.referrals import NewReferral
from store.trackers import FormState, Tracker

CHAT_ID = 987654321012
NAME, USER = "Yohana Wadhi", "yohana_w"
WORDS = "beta diusir dari kos di Jalan Tukad Gangga malam-malam"
NOTE = "sudah bicara dengan bapa kos"


def bytes_of(folder: Path) -> bytes:
    return b"\n".join(file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file())


def forms_of(secret: str | int) -> list[bytes]:
    """A secret as it could lie in a file."""
    if isinstance(secret, int):
        return [str(secret).encode(), secret.to_bytes(6, "big"), secret.to_bytes(8, "little")]
    return [secret.encode(), secret.encode("utf-16-le"), json.dumps(secret).encode(), secret.lower().encode()]


@pytest.fixture
def code(db: Database, keys: Keyring) -> str:
    """A person's whole way through the store; returns the code of her case."""
    chat = keys.name_of(CHAT_ID)
    sender = {"id": CHAT_ID, "first_name": NAME, "username": USER}
    with write(db):
        inbox.keep(
            db, keys, {"update_id": 1, "message": {"chat": sender, "from": sender, "text": WORDS}}, CHAT_ID
        )
        tracker = Tracker(
            "id", FormState("report_discrimination", "what", {"what": WORDS}), pending={"n": NAME}
        )
        trackers.save(db, keys, chat, tracker)
        outbox.queue(db, keys, chat, "sendMessage", {"chat_id": CHAT_ID, "text": f"{NAME}: {WORDS}"}, 1)
        case = NewReferral("report", "urgent", {"what": WORDS, "name": NAME}, chat, CHAT_ID, "Badung", None)
        code = referrals.add(db, keys, case)
        referrals.add_note(db, keys, code, "maria", NOTE)
    return code


def test_the_files_hold_no_ones_words_name_or_id(
    db: Database, keys: Keyring, data_dir: Path, code: str
) -> None:
    assert {file.suffix for file in data_dir.iterdir()} == {".sqlite3", ".sqlite3-wal", ".sqlite3-shm"}
    stored = bytes_of(data_dir)
    assert code.encode() in stored  # this search does see what lies there in clear
    assert b"Badung" in stored
    for secret in (WORDS, NAME, USER, NOTE, CHAT_ID, "diusir", "Yohana", "Tukad Gangga"):
        assert not [form for form in forms_of(secret) if form in stored], secret
    assert keys.unseal(next(db.query("select state from trackers"))["state"])["pending"] == {"n": NAME}


def test_the_same_words_look_different_each_time(db: Database, keys: Keyring) -> None:
    assert keys.seal(WORDS) != keys.seal(WORDS)


def test_an_erased_case_is_gone_from_the_files_key_and_all(db: Database, data_dir: Path, code: str) -> None:
    row = next(db.query("select case_key, body from referrals"))
    assert row["case_key"][:40] in bytes_of(data_dir)
    with write(db):
        referrals.erase_of_chat(db, next(db.query("select chat from referrals"))["chat"])
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    stored = bytes_of(data_dir)
    assert row["case_key"][:40] not in stored
    assert row["body"][-40:] not in stored
    assert code.encode() in stored  # the audit keeps the code, which names nobody
