"""A voice note outside of a form: many cannot type. It goes to the staff after a yes, and nowhere without one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from store import evidence, referrals, trackers
from store.database import write
from tests.bot.person import Person, labels, said
from tests.bot.phone import Phone


@pytest.fixture
def person() -> Iterator[Phone]:
    someone = Phone()
    yield someone
    someone.services.db.close()


def test_it_says_that_it_cannot_hear_and_asks_first(person: Phone) -> None:
    reply = person.sends("voice")
    for words in ("belum bisa mendengar", "hanya petugas yang mendengar", "110"):
        assert words in said(reply)
    assert {"Ya, teruskan", "Jangan", "🆘 Darurat"} <= set(labels(reply))
    assert referrals.listed(person.services.db) == []


@pytest.mark.parametrize("yes", ["Ya, teruskan", "ya", "boleh kak", "ya, teruskan"])
def test_a_yes_makes_it_a_case_with_a_code(person: Phone, yes: str) -> None:
    person.sends("voice")
    reply = person.taps(yes) if yes[0].isupper() else person.writes(yes)
    [case] = referrals.of_chat(person.services.db, person.chat)
    assert case.code in said(reply)
    assert "Simpan kode ini" in said(reply)
    [pending] = evidence.due(person.services.db, person.services.keys)
    assert (pending.code, pending.kind, pending.file_id) == (case.code, "voice", "file-1")
    assert person.case(case.code).consent


def test_who_wants_no_answer_here_is_not_written_to(person: Phone) -> None:
    person.sends("voice")
    person.taps("Ya, tapi jangan balas ke sini")
    [case] = referrals.of_chat(person.services.db, person.chat)
    assert person.case(case.code).reply_to is None
    assert person.staff_write(case.code, "Kami dengar.") == "waiting"


@pytest.mark.parametrize("no", ["Jangan", "jangan"])
def test_a_no_forgets_it(person: Phone, no: str) -> None:
    person.sends("voice")
    person.taps(no) if no[0].isupper() else person.writes(no)
    assert person.tracker.voice is None
    person.presses("voice:send")
    assert referrals.listed(person.services.db) == []


def test_a_yes_to_something_else_is_no_yes_to_this(person: Phone) -> None:
    person.sends("voice")
    person.writes("gaji belum dibayar", ("employment", 0.9))
    person.writes("ya", ("affirm", 0.95))
    assert referrals.listed(person.services.db) == []


def test_a_second_yes_files_nothing_twice(person: Phone) -> None:
    person.sends("voice")
    person.taps("Ya, teruskan")
    assert "tidak saya pegang" in said(person.presses("voice:send"))
    assert len(referrals.listed(person.services.db)) == 1


def test_of_two_notes_the_later_one_waits(person: Phone) -> None:
    person.sends("voice")
    person.sends("voice")
    person.taps("Ya, teruskan")
    assert [p.file_id for p in evidence.due(person.services.db, person.services.keys)] == ["file-2"]


def test_a_note_of_another_day_is_no_longer_held(person: Phone) -> None:
    person.sends("voice")
    tracker = person.tracker
    assert tracker.voice is not None
    tracker.voice["day"] = date(2026, 1, 1).isoformat()
    with write(person.services.db):
        trackers.save(person.services.db, person.services.keys, person.chat, tracker)
    assert "Kirim lagi" in said(person.presses("voice:send"))
    assert referrals.listed(person.services.db) == []


def test_one_that_is_too_large_is_not_offered_what_cannot_be_done(person: Phone) -> None:
    reply = person.sends("voice", size=evidence.MOST_BYTES + 1)
    assert "Ya, teruskan" not in labels(reply)
    assert "🆘 Darurat" in labels(reply)


def test_without_a_hotline_nothing_is_offered(without_hotline: Person) -> None:
    phone = Phone()
    phone.services.db.close()
    phone.services, phone.dialogue = without_hotline.services, without_hotline.dialogue
    phone.chat = without_hotline.chat
    assert "Ya, teruskan" not in labels(phone.sends("voice"))
    assert without_hotline.tracker.voice is None


def test_inside_a_form_it_is_evidence_and_not_offered(person: Phone) -> None:
    person.presses("form:message_to_staff")
    person.taps("Ya, boleh", "Lewati")
    person.writes("pesan")
    assert "Sudah diterima: 1 pesan suara." in said(person.sends("voice"))
    assert person.tracker.voice is None
