"""Staff write to a person only where, and when, the person said it is safe."""

from __future__ import annotations

import pytest
from sqlite_utils import Database

from store import delivery, referrals
from store.database import write
from store.keys import Keyring


def case(db: Database, keys: Keyring, reply_to: int | None, **told: str) -> str:
    with write(db):
        return referrals.add(
            db,
            keys,
            referrals.NewReferral("help", "urgent", {"lang": "id", **told}, "chat", reply_to, None, "1"),
        )


def waiting(db: Database) -> int:
    return int(db.table("outbox").count)


def test_a_reply_goes_out_and_is_noted(db: Database, keys: Keyring) -> None:
    code = case(db, keys, 7)
    with write(db):
        delivery.reply(db, keys, code, "Kami bisa bantu.", "maria")
    assert waiting(db) == 1
    with write(db):
        assert "Kami bisa bantu." in referrals.opened(db, keys, code, "maria").notes[0].text


def test_who_writes_first_is_not_written_to(db: Database, keys: Keyring) -> None:
    code = case(db, keys, None)
    with pytest.raises(delivery.MayNotWrite), write(db):
        delivery.reply(db, keys, code, "Halo", "maria")
    assert waiting(db) == 0


def test_hours_that_are_safe_must_be_looked_at_first(db: Database, keys: Keyring) -> None:
    code = case(db, keys, 7, reply_hours="pagi waktu dia kerja")
    with pytest.raises(delivery.OnlyAtHours), write(db):
        delivery.reply(db, keys, code, "Halo", "maria")
    assert waiting(db) == 0
    with write(db):
        delivery.reply(db, keys, code, "Halo", "maria", safe_hours_looked_at=True)
    assert waiting(db) == 1


def test_a_reply_longer_than_telegram_takes_is_not_queued(db: Database, keys: Keyring) -> None:
    code = case(db, keys, 7)
    with pytest.raises(delivery.TooLong), write(db):
        delivery.reply(db, keys, code, "🙂" * 2000, "maria")
    assert waiting(db) == 0
