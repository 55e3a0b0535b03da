"""Whatever people send gets a clear sentence, never a traceback, never silence."""

from __future__ import annotations

import pytest

from tests.botapi import BotApiServer, Person
from tests.telegram.process import BotProcess


@pytest.fixture
def person(telegram: BotApiServer, bot: BotProcess, request: pytest.FixtureRequest) -> Person:
    return telegram.person(id=10_000 + abs(hash(request.node.name)) % 1_000_000)


def test_start_introduces_the_bot_and_shows_the_menu(person: Person) -> None:
    person.sends("/start")
    hello, menu = person.waits_for(2)
    assert "bukan layanan darurat" in hello.text
    assert "tidak terenkripsi ujung ke ujung" in hello.text
    assert len(menu.buttons) == 8


def test_the_language_can_be_changed(person: Person) -> None:
    person.sends("/start")
    person.waits_for(2)
    person.presses("English")
    hello, menu = person.waits_for(2)
    assert "not an emergency service" in hello.text.lower()
    person.presses(menu.buttons[0])
    assert person.waits_for()[0].buttons


def test_a_question_is_answered_with_sources_behind_a_button(person: Person) -> None:
    person.sends("gaji saya dua bulan belum dibayar bos")
    [answer] = person.waits_for()
    assert "Gaji" in answer.text
    person.presses("Dasar hukum & sumber")
    [sources] = person.waits_for()
    assert "Berlaku per" in sources.text
    assert "Belum diperiksa pengacara" in sources.text


def test_danger_is_answered_with_numbers_first(person: Person) -> None:
    person.sends("tolong sa dipukul suami sekarang")
    numbers, _steps, ask = person.waits_for(3)
    assert "129" in numbers.text
    assert "110" in numbers.text
    assert "aman" in ask.text
    person.presses("Belum aman")
    assert "110" in person.waits_for()[0].text


def test_texts_in_quick_succession_are_one_turn(person: Person) -> None:
    person.sends("kak")
    person.sends("mau tanya")
    person.sends("nyepi boleh keluar rumah ka tidak")
    answers = person.waits_for()
    assert "Nyepi" in answers[-1].text
    person.sends("/menu")
    person.waits_for(containing="Tulis saja")
    assert len([m for m in person.received() if "belum paham" in m.text or "bantu hari ini" in m.text]) == 0


@pytest.mark.parametrize(
    ("act", "says"),
    [
        ("sends_photo", "Fotonya sampai"),
        ("sends_voice", "teruskan ke petugas (LBH Contoh"),
        ("sends_document", "Filenya sampai"),
        ("sends_sticker", "stikernya"),
        ("sends_location", "Lokasinya"),
        ("sends_contact", "Kontaknya"),
        ("sends_poll", "Jajak pendapat"),
        ("sends_dice", "tidak ikut main"),
    ],
)
def test_it_answers_what_is_not_text(person: Person, act: str, says: str) -> None:
    getattr(person, act)()
    assert says in person.waits_for(containing=says)[0].text


@pytest.mark.parametrize(
    "text",
    [
        "😭😭😭",
        "........",
        "٣٤٥",
        "你好，我需要帮助",
        "ᬳᬮᭀ",
        "<b>halo</b> & <script>alert(1)</script>",
        "*tebal* _miring_ `kode` [tautan](http://contoh.id)",
        "\u202eterbalik\u202c",
        "1234567890",
        "a" * 4096,
        "gaji belum dibayar. " * 200,
    ],
)
def test_it_answers_any_text(person: Person, text: str) -> None:
    person.sends(text)
    assert person.waits_for(timeout=20)[0].text


def test_an_unknown_command_gets_help(person: Person) -> None:
    person.sends("/terbangkan")
    assert "belum saya kenal" in person.waits_for(containing="Perintah")[0].text


def test_an_unknown_button_gets_the_menu(telegram: BotApiServer, person: Person) -> None:
    person.sends("/menu")
    [menu] = person.waits_for()
    telegram.sends_raw(
        {
            "callback_query": {
                "id": "987",
                "from": {"id": menu.chat_id, "is_bot": False, "first_name": "S"},
                "chat_instance": "1",
                "message": {**menu.raw},
                "data": "tidak:dikenal:🙂",
            }
        }
    )
    assert "tidak berlaku" in person.waits_for(containing="Tombol")[0].text


def test_an_edited_message_is_not_answered_twice(person: Person) -> None:
    person.sends("KTP hilang")
    person.waits_for()
    person.edits("KTP saya hilang di Kuta")
    assert "kirim sebagai pesan baru" in person.waits_for(containing="diubah")[0].text


def test_a_message_changed_into_a_cry_for_help_is_heard(person: Person) -> None:
    person.sends("halo")
    person.waits_for(2)
    person.edits("tolong, mereka bawa parang di depan kos")
    assert "110" in person.waits_for(3)[0].text


def test_an_old_forms_button_changes_nothing(person: Person) -> None:
    person.sends("/lapor")
    person.waits_for()
    person.presses("Lapor")
    consent = person.waits_for(containing="Boleh saya simpan")[0]
    person.sends("/batal")
    person.waits_for(containing="dibatalkan")
    person.presses("Ya, boleh", on=consent)
    assert "sudah selesai" in person.waits_for(containing="formulir")[0].text


def test_a_crisis_inside_a_form_keeps_the_story(person: Person) -> None:
    person.sends("/lapor")
    person.waits_for()
    person.presses("Lapor")
    person.waits_for(containing="Boleh saya simpan")
    person.presses("Ya, boleh")
    person.waits_for(containing="Umur")
    person.sends("17")
    person.waits_for(containing="Ceritakan")
    person.sends("mereka bawa parang di depan kos, tolong")
    replies = person.waits_for(5, timeout=20)
    assert "110" in replies[0].text
    assert any("tetap tersimpan" in m.text for m in replies)
    assert "soal apa" in replies[-1].text


def test_a_group_hears_nothing_about_a_case(telegram: BotApiServer, person: Person) -> None:
    group = telegram.group(id=-100_500)
    group.member_sends(person, "teman-teman, ada info kos?")
    group.member_sends(person, "/lapor")
    [reply] = group.waits_for()
    assert "tidak membahas urusan pribadi" in reply.text
    assert "bukan salah" not in reply.text
    [[button]] = reply.raw["reply_markup"]["inline_keyboard"]
    assert button["url"].startswith("https://t.me/")
    assert button["url"].endswith("?start=report")
    [tried] = telegram.waits_for_call("deleteMessage")  # "/lapor" was for nobody else's eyes
    assert tried.parameters["chat_id"] == group.id
    assert len(group.received()) == 1


def test_a_poison_update_blocks_no_one(
    telegram: BotApiServer, person: Person, running: tuple[BotApiServer, BotProcess]
) -> None:
    telegram.sends_raw(
        {"message": {"message_id": 1, "date": "kemarin", "chat": {"id": 77, "type": "private"}, "text": 5}}
    )
    person.sends("/menu")
    assert person.waits_for()[0].buttons
