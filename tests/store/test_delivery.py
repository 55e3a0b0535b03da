"""Staff write to a person only where, and when, the person said it is safe; a locked screen shows no words."""

from __future__ import annotations

import pytest
from sqlite_utils import Database

from store import delivery, messages, outbox, referrals
from store.database import write
from store.keys import Keyring
from tests.store.people import close


def case(db: Database, keys: Keyring, reply_to: int | None, **told: str) -> str:
    with write(db):
        return referrals.add(
            db,
            keys,
            referrals.NewReferral("help", "urgent", {"lang": "id", **told}, "chat", reply_to, None, "1"),
        )


def sent_texts(db: Database, keys: Keyring) -> list[str]:
    rows = db.query("select payload from outbox where payload is not null order by id")
    return [keys.unseal(row["payload"])["parameters"]["text"] for row in rows]


def test_a_reply_waits_behind_a_notice_that_tells_nothing(db: Database, keys: Keyring) -> None:
    code = case(db, keys, 7)
    with write(db):
        assert delivery.reply(db, keys, code, "Kami sudah bicara dengan LBH.", "maria") == "queued"
        assert sent_texts(db, keys) == [f"Ada kabar untuk {code}."]
        [message] = messages.thread(db, keys, code)
        assert (message.author, message.text, message.read_at) == (
            "maria",
            "Kami sudah bicara dengan LBH.",
            None,
        )
        assert messages.codes_with_news(db, "chat") == [code]
        assert [m.text for m in messages.read_by_person(db, keys, code)] == ["Kami sudah bicara dengan LBH."]
        assert messages.codes_with_news(db, "chat") == []


def test_who_writes_first_is_not_written_to_but_finds_the_words_then(db: Database, keys: Keyring) -> None:
    code = case(db, keys, None)
    with write(db):
        assert delivery.reply(db, keys, code, "Halo", "maria") == "waiting"
        assert not delivery.tell_of_change(db, keys, code)
    assert sent_texts(db, keys) == []
    with write(db):
        assert [m.delivery for m in messages.thread(db, keys, code)] == ["waiting"]
        assert [m.text for m in messages.read_by_person(db, keys, code)] == ["Halo"]
        assert [m.delivery for m in messages.thread(db, keys, code)] == ["sent"]


def test_who_has_just_written_is_answered_in_the_open_chat(db: Database, keys: Keyring) -> None:
    code = case(db, keys, None)
    with write(db):
        messages.from_person(db, keys, code, "Ada orang?")
        delivery.person_is_here(db, keys, code, 7)
        assert delivery.reply(db, keys, code, "Ada, saya di sini.", "maria") == "queued"
        assert sent_texts(db, keys) == ["Ada, saya di sini."]
        delivery.person_has_left(db, keys, code)
        assert delivery.reply(db, keys, code, "Masih di sana?", "maria") == "waiting"


def test_hours_that_are_safe_must_be_looked_at_first(db: Database, keys: Keyring) -> None:
    code = case(db, keys, 7, reply_hours="pagi waktu dia kerja")
    with pytest.raises(delivery.OnlyAtHours), write(db):
        delivery.reply(db, keys, code, "Halo", "maria")
    assert sent_texts(db, keys) == []
    with write(db):
        delivery.reply(db, keys, code, "Halo", "maria", safe_hours_looked_at=True)
        assert not delivery.tell_of_change(db, keys, code)
    assert len(sent_texts(db, keys)) == 1


def test_a_change_is_told_in_neutral_words(db: Database, keys: Keyring) -> None:
    code = case(db, keys, 7)
    with write(db):
        assert delivery.tell_of_change(db, keys, code)
    assert sent_texts(db, keys) == [f"Ada kabar untuk {code}."]


def test_a_reply_longer_than_telegram_takes_is_not_queued(db: Database, keys: Keyring) -> None:
    code = case(db, keys, 7)
    with pytest.raises(delivery.TooLong), write(db):
        delivery.reply(db, keys, code, "🙂" * 2000, "maria")
    assert sent_texts(db, keys) == []


def test_a_person_who_blocked_the_bot_hears_it_on_return(db: Database, keys: Keyring) -> None:
    code, chat = case(db, keys, 7), keys.name_of(7)
    with write(db):
        outbox.queue(db, keys, chat, "sendMessage", {"text": "jawaban biasa"}, outbox.ORDINARY)
        first = outbox.queue(db, keys, chat, "sendMessage", {"text": "darurat"}, outbox.CRISIS)
        outbox.begin(db, first)
        outbox.park(db, chat, first)
        assert delivery.reply(db, keys, code, "Halo", "maria") == "blocked"
        assert outbox.due(db, keys, set()) == []
        outbox.welcome_back(db, chat)
        assert [m.delivery for m in messages.thread(db, keys, code)] == ["queued"]
        due = outbox.due(db, keys, set())
    assert [item.parameters["text"] for item in due] == ["darurat"]


def test_a_message_reopens_a_closed_case(db: Database, keys: Keyring) -> None:
    code = case(db, keys, 7)
    with write(db):
        close(db, keys, code)
        assert messages.from_person(db, keys, code, "masih belum beres")
        assert referrals.of_chat(db, "chat")[0].status == "new"
        assert not messages.from_person(db, keys, code, "tolong")
        row = next(db.query("select unread from referrals where code = ?", [code]))
        assert row["unread"] == 2
        messages.seen_by_staff(db, code)
        assert all(m.read_at for m in messages.thread(db, keys, code))
