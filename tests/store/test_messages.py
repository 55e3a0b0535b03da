"""What a person and the hotline write to each other: kept sealed, news until it is read, gone with the case."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlite_utils import Database

from store import delivery, messages, outbox, referrals
from store.database import write
from store.errors import KeyUnusable
from store.keys import Keyring
from store.referrals import NoSuchReferral
from tests.store.people import close, deeds, file_case, hire
from tests.store.test_silence import bytes_of

WORDS = "Pemilik kos menyita ijazah saya di Kerobokan"
ANSWER = "Kami sudah bicara dengan LBH, besok pagi ada kabar"


def row_of(db: Database, code: str) -> dict[str, object]:
    return next(db.query("select * from referrals where code = ?", [code]))


def staff_write(db: Database, keys: Keyring, code: str, text: str = ANSWER, delivery: str = "queued") -> None:
    messages.from_staff(db, keys, code, "maria", text, delivery, None)


def test_both_sides_are_read_in_the_order_they_were_written(db: Database, keys: Keyring) -> None:
    code = file_case(db, keys)
    with write(db):
        messages.from_person(db, keys, code, WORDS)
        staff_write(db, keys, code)
        messages.from_person(db, keys, code, "Terima kasih 🙏")
    found = [(m.direction, m.author, m.text) for m in messages.thread(db, keys, code)]
    assert found == [("in", "", WORDS), ("out", "maria", ANSWER), ("in", "", "Terima kasih 🙏")]


def test_what_the_person_wrote_is_new_until_staff_open_the_case(db: Database, keys: Keyring) -> None:
    code, other = file_case(db, keys), file_case(db, keys)
    with write(db):
        for text in ("halo", "masih di sana?"):
            messages.from_person(db, keys, code, text)
        messages.from_person(db, keys, other, "yang lain")
    assert (row_of(db, code)["unread"], row_of(db, other)["unread"]) == (2, 1)
    with write(db):
        messages.seen_by_staff(db, code)
    assert (row_of(db, code)["unread"], row_of(db, other)["unread"]) == (0, 1)
    assert all(m.read_at for m in messages.thread(db, keys, code))
    assert not any(m.read_at for m in messages.thread(db, keys, other))


def test_opening_the_case_does_not_read_for_the_person(db: Database, keys: Keyring) -> None:
    code = file_case(db, keys)
    with write(db):
        staff_write(db, keys, code)
        messages.seen_by_staff(db, code)
    assert messages.codes_with_news(db, "chat") == [code]


def test_a_message_opens_a_closed_case_again_where_it_was(db: Database, keys: Keyring) -> None:
    hire(db, "maria")
    free, taken = file_case(db, keys), file_case(db, keys)
    with write(db):
        db.execute("update referrals set assigned_to = 'maria' where code = ?", [taken])
        for code in (free, taken):
            close(db, keys, code)
        assert messages.from_person(db, keys, free, "belum selesai")
        assert messages.from_person(db, keys, taken, "belum selesai")
        assert not messages.from_person(db, keys, free, "tolong")  # open by now
    assert (row_of(db, free)["status"], row_of(db, taken)["status"]) == ("new", "in_progress")
    assert row_of(db, free)["closed_at"] is None
    assert deeds(db, free).count(("bot", "reopened by the person")) == 1


def test_the_first_answer_is_noted_once(db: Database, keys: Keyring) -> None:
    code = file_case(db, keys)
    with write(db):
        messages.from_person(db, keys, code, "halo")
    assert row_of(db, code)["answered_at"] is None
    with write(db):
        staff_write(db, keys, code)
    first = row_of(db, code)["answered_at"]
    with write(db):
        staff_write(db, keys, code, "lagi")
    assert first is not None
    assert row_of(db, code)["answered_at"] == first


def test_news_is_there_for_its_own_chat_until_it_is_read(db: Database, keys: Keyring) -> None:
    code = file_case(db, keys)
    with write(db):
        staff_write(db, keys, code)
        staff_write(db, keys, code, "satu lagi", "waiting")
    assert messages.codes_with_news(db, "chat") == [code]  # once, however much was written
    assert messages.codes_with_news(db, "another chat") == []
    with write(db):
        assert [m.text for m in messages.read_by_person(db, keys, code)] == [ANSWER, "satu lagi"]
        assert messages.read_by_person(db, keys, code) == []
    assert messages.codes_with_news(db, "chat") == []


def test_reading_hands_over_what_waited_and_nothing_else(db: Database, keys: Keyring) -> None:
    code = file_case(db, keys)
    with write(db):
        for way in ("waiting", "queued", "failed"):
            staff_write(db, keys, code, delivery=way)
        messages.read_by_person(db, keys, code)
    assert [m.delivery for m in messages.thread(db, keys, code)] == ["sent", "queued", "failed"]


@pytest.mark.parametrize("status", ["sent", "unknown", "failed"])
def test_what_became_of_the_call_stands_with_the_message(db: Database, keys: Keyring, status: str) -> None:
    code = file_case(db, keys)
    with write(db):
        assert delivery.reply(db, keys, code, ANSWER, "maria") == "queued"
        [call] = outbox.due(db, keys, set())
        outbox.begin(db, call.id)
        outbox.finish(db, call.id, status)
    assert [m.delivery for m in messages.thread(db, keys, code)] == [status]


def test_the_files_hold_no_word_of_it(db: Database, keys: Keyring, data_dir: Path) -> None:
    code = file_case(db, keys)
    with write(db):
        messages.from_person(db, keys, code, WORDS)
        staff_write(db, keys, code)
    stored = bytes_of(data_dir)
    assert code.encode() in stored  # this search does see what lies there in clear
    for secret in (WORDS, ANSWER, "Kerobokan", "LBH"):
        assert secret.encode() not in stored, secret


def test_only_the_key_of_its_own_case_opens_a_message(db: Database, keys: Keyring) -> None:
    code, other = file_case(db, keys), file_case(db, keys)
    with write(db):
        messages.from_person(db, keys, code, WORDS)
    body = next(db.query("select body from messages"))["body"]
    assert referrals.key_of(db, keys, code).unseal(body) == WORDS
    for stranger in (keys, referrals.key_of(db, keys, other)):
        with pytest.raises(KeyUnusable):
            stranger.unseal(body)


def test_an_erased_case_takes_its_messages_along(db: Database, keys: Keyring, data_dir: Path) -> None:
    code, stays = file_case(db, keys), file_case(db, keys)
    with write(db):
        messages.from_person(db, keys, code, WORDS)
        messages.from_person(db, keys, stays, "yang ini tinggal")
    sealed = next(db.query("select body from messages where code = ?", [code]))["body"]
    assert sealed[-40:] in bytes_of(data_dir)
    with write(db):
        referrals.erase(db, code, "bot", "erased at the person's wish")
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert sealed[-40:] not in bytes_of(data_dir)
    assert [m.text for m in messages.thread(db, keys, stays)] == ["yang ini tinggal"]


@pytest.mark.parametrize("code", ["KR-0000-0000", "", "' or 1=1 --"])
def test_a_case_that_does_not_exist_takes_nothing(db: Database, keys: Keyring, code: str) -> None:
    with pytest.raises(NoSuchReferral), write(db):
        messages.from_person(db, keys, code, WORDS)
    with pytest.raises(NoSuchReferral), write(db):
        messages.from_staff(db, keys, code, "maria", ANSWER, "queued", None)
    with pytest.raises(NoSuchReferral):
        messages.thread(db, keys, code)
    assert db.table("messages").count == 0
