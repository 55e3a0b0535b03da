"""What is kept of a person, told and erased at their wish; a screen cleared before somebody else looks."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from store import evidence, referrals, trackers
from store.database import write
from tests.bot.person import labels, said
from tests.bot.phone import Phone

STORY = "suami saya memukul saya di Dalung"


@pytest.fixture
def person() -> Iterator[Phone]:
    someone = Phone()
    yield someone
    someone.services.db.close()


def begins_a_report(person: Phone) -> None:
    """Up to the story, which is told."""
    person.presses("form:report_discrimination")
    person.taps("Ya, boleh", "18 ke atas")
    person.writes(STORY)
    assert person.asked == "area"


# --- /data ----------------------------------------------------------------------------------------------


def test_a_new_chat_is_told_what_is_kept_and_that_there_is_no_report(person: Phone) -> None:
    reply = person.writes("/data")
    assert reply.article == "privacy/your-data"
    for words in ("bahasa yang dipakai", "7 hari", "24 jam", "laporan: tidak ada", "180 hari", "90 hari"):
        assert words in said(reply)
    assert "formulir yang belum dikirim" not in said(reply)
    assert labels(reply) == ["Hapus semuanya", "Sembunyikan percakapan", "« Menu"]


def test_a_form_in_progress_is_told_by_the_number_of_its_answers(person: Phone) -> None:
    begins_a_report(person)
    reply = person.writes("/data")
    assert "formulir yang belum dikirim: 3 jawaban" in said(reply)
    assert STORY not in said(reply)


def test_each_case_is_told_by_its_messages_and_files(person: Phone) -> None:
    first, second = person.files_a_message(), person.files_a_message()
    person.presses(f"write:{first}")
    person.writes("halo")
    person.sends("photo")
    person.sends("location")
    person.taps("Selesai bicara")
    person.staff_write(first, "Kami baca.")
    reply = person.writes("/data")
    assert f"{first}: isi laporan, 4 pesan, 2 lampiran, terenkripsi" in said(reply)
    assert f"{second}: isi laporan, 0 pesan, 0 lampiran, terenkripsi" in said(reply)
    assert "laporan: tidak ada" not in said(reply)
    assert "Kami baca." not in said(reply)


def test_what_belongs_to_another_chat_is_not_told(person: Phone) -> None:
    other = referrals.NewReferral("help", "normal", {"lang": "id"}, "another chat", 2, None, "1")
    with write(person.services.db):
        foreign = referrals.add(person.services.db, person.services.keys, other)
    assert foreign not in said(person.writes("/data"))


@pytest.mark.parametrize("way", ["/data", "data"])
def test_it_is_reached_by_command_and_by_button(person: Phone, way: str) -> None:
    reply = person.writes(way) if way.startswith("/") else person.presses(way)
    assert "Ini yang saya simpan" in said(reply)


def test_the_page_on_privacy_leads_to_all_three(person: Phone) -> None:
    reply = person.writes("/privasi")
    assert {"data", "erase", "hide"} <= {b.data for part in reply.parts for b in part.buttons}


# --- /hapus ---------------------------------------------------------------------------------------------


def test_before_erasing_it_says_what_goes_and_what_stays(person: Phone) -> None:
    person.files_a_message()
    person.files_a_message()
    reply = person.writes("/hapus")
    for words in (
        "2 laporan",
        "lampirannya",
        "tidak bisa dibatalkan",
        "48 jam",
        "Yang tinggal hanya catatan",
    ):
        assert words in said(reply)
    assert not reply.clears_screen
    assert len(referrals.listed(person.services.db)) == 2


def test_whoever_thinks_better_of_it_keeps_everything(person: Phone) -> None:
    code = person.files_a_message()
    person.writes("/hapus")
    assert not person.taps("Jangan dihapus").clears_screen
    assert code in said(person.writes("/status"))


def test_erasing_takes_cases_files_talk_and_form_and_clears_the_screen(person: Phone) -> None:
    code = person.files_a_message()
    person.presses(f"write:{code}")
    person.sends("photo")
    begins_a_report(person)
    person.writes("/hapus")
    reply = person.taps("Ya, hapus semuanya")
    assert reply.clears_screen
    assert "48 jam" in said(reply)
    assert code not in said(reply)
    for table in ("referrals", "evidence", "messages"):
        assert person.services.db.table(table).count == 0
    left = person.tracker
    assert left == trackers.Tracker(lang=left.lang)


def test_nothing_of_an_erased_case_is_told_afterwards(person: Phone) -> None:
    code = person.files_a_message()
    person.staff_write(code, "Kami baca.")
    person.writes("/hapus")
    person.taps("Ya, hapus semuanya")
    for reply in (
        person.writes("/data"),
        person.writes("/status"),
        person.presses(f"news:{code}"),
        person.writes("halo", ("greet", 0.95)),
    ):
        assert code not in said(reply)
        assert "Ada kabar" not in said(reply)
    assert said(person.writes(f"/status {code}")) == said(person.writes("/status KR-0000-0000"))


# --- sembunyikan ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "word", ["sembunyikan", "Sembunyikan!", "SEMBUNYI", "hide", "tutup layar", "/sembunyikan", "/sembunyi", "/hide"]
)  # fmt: skip
def test_one_word_clears_the_screen_and_shows_something_harmless(person: Phone, word: str) -> None:
    person.writes(STORY)
    reply = person.writes(word)
    assert reply.clears_screen
    assert reply.article is None
    assert "Nyepi" in labels(reply)
    for b in (b for part in reply.parts for b in part.buttons):
        assert b.data.split(":")[0] in ("article", "topic")


def test_the_button_clears_it_too(person: Phone) -> None:
    person.writes("/data")
    assert person.taps("Sembunyikan percakapan").clears_screen


def test_it_says_what_cannot_be_deleted_from_here(person: Phone) -> None:
    assert "48 jam" in said(person.writes("sembunyikan"))


def test_nothing_of_the_old_matter_is_in_the_reply(person: Phone) -> None:
    code = person.files_a_message(STORY)
    person.staff_write(code, "Kami baca.")
    person.presses(f"write:{code}")
    reply = person.writes("sembunyikan")
    shown = " ".join([said(reply), *labels(reply)]).lower()
    for word in (code.lower(), "petugas", "lapor", "kasus", "kabar", "formulir", "darurat", "110", "kekerasan", "hapus data"):  # fmt: skip
        assert word not in shown, word


def test_the_harmless_buttons_lead_to_what_they_say(person: Phone) -> None:
    hidden = person.writes("sembunyikan")
    for b in (b for part in hidden.parts for b in part.buttons):
        assert person.presses(b.data).decision == "answer"


def test_a_form_waits_unseen_and_nothing_asks_for_it(person: Phone) -> None:
    begins_a_report(person)
    hidden = person.writes("sembunyikan")
    assert len(hidden.parts) == 1
    reply = person.writes("kapan nyepi?", ("adat_rules", 0.9))
    assert "formulir" not in said(reply)
    assert STORY not in said(person.writes("menu"))
    assert "Ini soal apa?" in said(person.writes("/lanjut"))
    assert person.filled["happened"] == STORY


def test_a_talk_with_staff_ends_and_later_words_are_not_forwarded(person: Phone) -> None:
    code = person.files_a_message()
    person.presses(f"write:{code}")
    person.writes("tolong")
    person.writes("sembunyikan")
    person.writes("siapa ini? dia tulis apa sama kamu?")
    person.sends("photo")
    assert [m.text for m in person.thread(code)] == ["tolong"]
    assert evidence.count_of(person.services.db, code) == 0


def test_cases_stay_as_they_are(person: Phone) -> None:
    code = person.files_a_message()
    person.writes("sembunyikan")
    assert code in said(person.writes("/status"))


def test_a_typed_number_or_yes_presses_no_button_of_before(person: Phone) -> None:
    person.files_a_message()
    person.writes("/hapus")
    person.writes("sembunyikan")
    assert "Sudah dihapus" not in said(person.writes("ya", ("affirm", 0.9)))
    assert len(referrals.listed(person.services.db)) == 1


def test_a_yes_to_is_it_safe_means_nothing_any_more(person: Phone) -> None:
    person.writes("x", ("gender_violence", 0.9))
    person.writes("sembunyikan")
    assert person.writes("aman", ("affirm", 0.9)).decision != "crisis"


def test_a_voice_note_that_waited_for_a_yes_is_forgotten(person: Phone) -> None:
    person.sends("voice")
    person.writes("sembunyikan")
    assert "tidak saya pegang" in said(person.presses("voice:send"))
    assert referrals.listed(person.services.db) == []


def test_a_code_that_was_to_be_noted_is_not_asked_for_any_more(person: Phone) -> None:
    code = person.files_a_message()
    person.taps("Sudah saya catat")
    person.writes("sembunyikan")
    assert code not in said(person.writes("0000"))


def test_the_answer_before_can_no_longer_be_asked_back(person: Phone) -> None:
    person.writes("suami saya jahat", ("legal_aid", 0.9), articles=(("legal_aid/free-lawyer", 0.8),))
    person.writes("sembunyikan")
    for text in ("ulangi", "yang tadi nomornya berapa?", "bukan itu maksud saya"):
        assert person.writes(text).article is None, text


def test_what_was_told_before_does_not_show_in_a_form_opened_later(person: Phone) -> None:
    """A form shows what was told that day: on a screen that was hidden, to whoever holds the phone by then."""
    person.writes(STORY, ("gender_violence", 0.9))
    person.writes("sembunyikan")
    opened = person.presses("form:help_request")
    assert "Kekerasan" not in said(opened)
    assert person.filled == {}


@pytest.mark.parametrize("name", ["report_discrimination", "help_request"])
def test_a_form_that_was_hidden_is_not_shown_by_opening_one(person: Phone, name: str) -> None:
    """[Lapor] stands under many answers; only /lanjut, which its owner knows, brings the hidden one back."""
    begins_a_report(person)
    person.taps("Kos / kontrakan", "Lewati", "Lewati", "Lewati", "Lewati", "Lewati", "Aman, kapan saja")
    person.taps("Lewati", "Lewati")
    assert person.asked == "summary"
    person.writes("sembunyikan")
    assert STORY not in said(person.presses(f"form:{name}"))


def test_danger_is_answered_after_hiding_as_ever(person: Phone) -> None:
    person.writes("sembunyikan")
    assert person.writes("tolong, dia bawa parang").decision == "crisis"
