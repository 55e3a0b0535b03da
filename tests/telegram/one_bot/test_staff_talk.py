"""Back and forth with the hotline over Telegram: a locked screen shows no word of it, and none of it is lost."""

from __future__ import annotations

import time

from tests.botapi import BotApiServer, Person
from tests.telegram.errands import (
    all_on_screen,
    files_a_message,
    staff_write,
    thread_of,
    waits_until,
    written_by_the_person,
)
from tests.telegram.process import BotProcess

WORDS = "Besok jam sepuluh kami ke kos Kakak <3 & bawa surat."
ONLY_WHEN_I_WRITE = "Hanya kalau saya menulis dulu"


def reads_and_answers(person: Person, code: str) -> None:
    """From the notice to an open talk."""
    person.presses("Baca")
    person.waits_for(containing=WORDS)
    person.presses("Balas")
    person.waits_for(containing=f"diteruskan ke petugas untuk {code}")


def delivery_of(bot: BotProcess, code: str) -> list[str]:
    return [message.delivery for message in thread_of(bot, code) if message.direction == "out"]


def test_words_of_the_staff_wait_behind_a_notice_and_are_answered(
    telegram: BotApiServer, bot: BotProcess
) -> None:
    sari = telegram.person(id=1101)
    code = files_a_message(sari)
    sari.sends("/menu")
    sari.waits_for(containing="Tulis saja ceritanya")
    assert "In the outbox" in staff_write(bot, code, WORDS)
    [notice] = sari.waits_for(containing="Ada kabar")
    assert notice.text == f"Ada kabar untuk {code}."  # what a locked screen shows
    assert notice.buttons == ["Baca"]
    sari.presses("Baca")
    [told] = sari.waits_for(containing=WORDS)
    assert told.text.startswith("Petugas menulis, ")
    assert told.buttons == ["Balas", "« Menu"]
    sari.presses("Balas")
    sari.waits_for(containing=f"diteruskan ke petugas untuk {code}")
    sari.sends("Baik, saya tunggu di depan gang")
    assert sari.waits_for(containing="✓")[0].text == f"✓ Diteruskan ke petugas ({code})."
    assert written_by_the_person(bot, code) == ["Baik, saya tunggu di depan gang"]
    assert delivery_of(bot, code) == ["sent"]


def test_who_is_at_the_phone_is_answered_directly_and_no_longer_once_the_talk_is_over(
    telegram: BotApiServer, bot: BotProcess
) -> None:
    sari = telegram.person(id=1102)
    code = files_a_message(sari)
    staff_write(bot, code, WORDS)
    sari.waits_for(containing="Ada kabar")
    reads_and_answers(sari, code)
    sari.sends("ada orang?")
    sari.waits_for(containing="✓ Diteruskan")
    staff_write(bot, code, "Ada, saya Maria.")
    assert sari.waits_for(containing="Ada, saya Maria.")
    sari.presses("Selesai bicara")
    sari.waits_for(containing="bicara dengan petugas selesai")
    staff_write(bot, code, "Satu hal lagi.")
    [notice] = sari.waits_for(containing="Ada kabar")
    assert notice.text == f"Ada kabar untuk {code}."
    assert not [text for text in all_on_screen(sari) if "Satu hal lagi" in text]


def test_several_texts_in_one_second_are_forwarded_as_one(telegram: BotApiServer, bot: BotProcess) -> None:
    sari = telegram.person(id=1103)
    code = files_a_message(sari)
    sari.presses("Tambah pesan atau bukti")
    sari.waits_for(containing="diteruskan ke petugas")
    for text in ("kak", "dia datang lagi", "bawa teman"):
        sari.sends(text)
    sari.waits_for(containing="✓ Diteruskan", timeout=20)
    waits_until(lambda: not telegram.pending, "all updates confirmed")
    assert "\n".join(written_by_the_person(bot, code)) == "kak\ndia datang lagi\nbawa teman"


def test_the_word_that_ends_it_counts_right_behind_another_message(
    telegram: BotApiServer, bot: BotProcess
) -> None:
    sari = telegram.person(id=1111)
    code = files_a_message(sari)
    sari.presses("Tambah pesan atau bukti")
    sari.waits_for(containing="diteruskan ke petugas")
    sari.sends("baik, terima kasih")
    sari.sends("selesai")
    sari.waits_for(containing="bicara dengan petugas selesai", timeout=20)
    assert written_by_the_person(bot, code) == ["baik, terima kasih"]


def test_a_kill_loses_and_doubles_no_message(telegram: BotApiServer, bot: BotProcess) -> None:
    sari = telegram.person(id=1104)
    code = files_a_message(sari)
    sari.presses("Tambah pesan atau bukti")
    sari.waits_for(containing="diteruskan ke petugas")
    bot.kill()
    sari.sends("pesan saat bot mati")
    staff_write(bot, code, WORDS)
    bot.start()
    sari.waits_for(containing="✓ Diteruskan", timeout=30)
    assert written_by_the_person(bot, code) == ["pesan saat bot mati"]
    waits_until(lambda: delivery_of(bot, code) == ["sent"], "the answer went out")


def test_danger_in_a_talk_is_answered_with_numbers_and_marks_the_case(
    telegram: BotApiServer, bot: BotProcess
) -> None:
    sari = telegram.person(id=1105)
    code = files_a_message(sari)
    sari.presses("Tambah pesan atau bukti")
    sari.waits_for(containing="diteruskan ke petugas")
    sari.sends("tolong, mereka bawa parang di depan kos")
    replies = sari.waits_for(4, timeout=20)
    assert "110" in replies[0].text
    assert any("✓ Diteruskan" in message.text for message in replies)
    listed = bot.kawan("referrals", "list")
    assert f"! {code}" in listed.stdout
    assert "urgent_referral" in listed.stderr


def test_who_writes_first_hears_nothing_until_then(telegram: BotApiServer, bot: BotProcess) -> None:
    sari = telegram.person(id=1106)
    code = files_a_message(sari, reply=ONLY_WHEN_I_WRITE)
    before = len(sari.received())
    assert "they see it when they next write" in staff_write(bot, code, WORDS)
    time.sleep(3)
    assert len(sari.received()) == before
    sari.sends("gaji saya belum dibayar")
    hint = sari.waits_for(containing="Ada kabar untuk Kakak.", timeout=20)[0]
    assert hint.buttons == [f"Baca kabar {code}"]
    sari.presses(f"Baca kabar {code}")
    sari.waits_for(containing=WORDS)
    assert delivery_of(bot, code) == ["sent"]


def test_news_on_a_foreign_code_is_a_code_that_does_not_exist(
    telegram: BotApiServer, bot: BotProcess
) -> None:
    sari, stranger = telegram.person(id=1107), telegram.person(id=1108)
    code = files_a_message(sari)
    staff_write(bot, code, WORDS)
    stranger.sends("/menu")
    [menu] = stranger.waits_for()
    answers = []
    for number, asked in enumerate((code, "KR-0000-0000")):
        telegram.sends_raw(
            {
                "callback_query": {
                    "id": f"55{number}", "from": stranger.user, "chat_instance": "1",
                    "message": {**menu.raw}, "data": f"news:{asked}",
                }
            }
        )  # fmt: skip
        answers.append(stranger.waits_for(number + 1, containing="tidak saya temukan")[-1].text)
    assert answers[0] == answers[1]
    assert WORDS not in " ".join(all_on_screen(stranger))


def test_a_closed_case_opens_again_when_its_person_writes(telegram: BotApiServer, bot: BotProcess) -> None:
    sari = telegram.person(id=1109)
    code = files_a_message(sari)
    assert bot.kawan("referrals", "close", code, "--outcome", "resolved", "--as", "maria").returncode == 0
    sari.sends("/status")
    sari.waits_for(containing="selesai")
    sari.presses(f"Tulis soal {code}")
    sari.waits_for(containing="diteruskan ke petugas")
    sari.sends("masih belum dibayar")
    sari.waits_for(containing=f"{code} dibuka lagi")
    assert code in bot.kawan("referrals", "list", "--status", "new").stdout


def test_the_code_is_given_with_the_wish_to_keep_it_and_a_look_whether_it_was(
    telegram: BotApiServer, bot: BotProcess
) -> None:
    sari = telegram.person(id=1110)
    code = files_a_message(sari)
    assert "Simpan kode ini" in " ".join(all_on_screen(sari))
    sari.presses("Sudah saya catat")
    sari.waits_for(containing="empat tanda terakhir")
    sari.sends(code[-4:].lower())
    sari.waits_for(containing="Cocok")


def test_the_log_and_the_staffs_list_hold_no_word_of_the_talk(
    telegram: BotApiServer, bot: BotProcess
) -> None:
    sari = telegram.person(id=73_510_088)
    code = files_a_message(sari)
    staff_write(bot, code, WORDS)
    sari.waits_for(containing="Ada kabar")
    reads_and_answers(sari, code)
    sari.sends("anjing hitam di pagar")
    sari.waits_for(containing="✓ Diteruskan")
    found = bot.log.read_bytes() + b"".join(file.read_bytes() for file in (bot.folder / "data").iterdir())
    found += bot.kawan("referrals", "list").stdout.encode()
    for secret in ("anjing hitam", "bawa surat", "73510088"):
        assert secret.encode() not in found, secret
