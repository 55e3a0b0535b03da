"""A whole report over Telegram's protocol: from "they refused me" to a code, to staff reading it."""

from __future__ import annotations

import json
import re
from pathlib import Path

from tests.botapi import BotApiServer, Person
from tests.telegram.process import BotProcess

STORY = "Waktu saya bilang dari Waikabubak, ibunya langsung tutup pagar dan bilang kamar sudah penuh."
CODE = re.compile(r"KR-[0-9A-Z]{4}-[0-9A-Z]{4}")


def answers_until_summary(person: Person) -> None:
    """Fill in the form as someone does who presses what she can and types the rest."""
    person.sends("/lapor")
    person.waits_for(containing="bukan salah")
    person.presses("Lapor")
    person.waits_for(containing="Boleh saya simpan")
    person.presses("Ya, boleh")
    person.waits_for(containing="Umur")
    person.presses("18 ke atas")
    person.waits_for(containing="Ceritakan")
    person.sends(STORY)
    person.waits_for(containing="soal apa")
    person.presses("Kos / kontrakan")
    person.waits_for(containing="karena apa")
    person.presses("Asal daerah / suku")
    person.waits_for(containing="Di mana")
    person.sends("Dalung")
    person.waits_for(containing="Kapan")
    person.sends("kemarin sore")
    person.waits_for(containing="Ada bukti")
    person.presses("Lewati")
    person.waits_for(containing="tidak boleh tahu")
    person.sends("Pak Ketut yang jaga")
    person.waits_for(containing="menulis balik")
    person.presses("Aman, kapan saja")
    person.waits_for(containing="nama atau nomor")
    person.presses("Lewati")
    person.waits_for(containing="Adakah petugas kami")
    person.sends("Ibu Rina")
    person.waits_for(containing="Ini yang akan dikirim")


def test_it_takes_a_whole_report_and_staff_can_read_it(telegram: BotApiServer, bot: BotProcess) -> None:
    sari = telegram.person(id=73_510_042, first_name="Yublina")
    answers_until_summary(sari)
    sari.presses("✅ Kirim")
    received, receipt = sari.waits_for(2)
    assert received.text.startswith("Laporan sudah tersimpan.")
    assert not CODE.search(received.text)
    assert receipt.buttons == ["Sudah saya catat", "Tambah pesan atau bukti"]
    code = CODE.search(receipt.text)
    assert code is not None

    listed = bot.kawan("referrals", "list")
    assert code[0] in listed.stdout
    assert "Badung" in listed.stdout  # from "Dalung"
    assert "Waikabubak" not in listed.stdout

    shown = bot.kawan("referrals", "show", code[0], "--as", "maria", "--json")
    case = json.loads(shown.stdout)
    assert case["body"]["happened"] == STORY
    assert case["body"]["must_not_know"] == "Pak Ketut yang jaga"
    assert case["body"]["basis"] == "origin"
    assert case["body"]["staff_excluded"] == "Ibu Rina"
    assert case["reply_to"] == 73_510_042

    sari.sends(f"/status {code[0].lower()}")
    [standing] = sari.waits_for(containing=code[0])
    assert standing.text == f"{code[0]}: sudah diterima, menunggu dibaca. Urutan ke-1"
    assert standing.buttons == [f"Tulis soal {code[0]}"]
    assert bot.kawan("referrals", "note", code[0], "telepon LBH", "--as", "maria").returncode == 0
    assert bot.kawan("referrals", "close", code[0], "--outcome", "resolved", "--as", "maria").returncode == 0
    sari.sends("/status")
    assert sari.waits_for(containing="selesai")  # a notice that there is news comes too


def test_a_foreign_code_is_answered_like_one_that_does_not_exist(
    telegram: BotApiServer, bot: BotProcess
) -> None:
    owner, stranger = telegram.person(id=501), telegram.person(id=502)
    answers_until_summary(owner)
    owner.presses("✅ Kirim")
    code = CODE.search(owner.waits_for(containing="KR-")[0].text)
    assert code is not None
    stranger.sends(f"/status {code[0]}")
    foreign = stranger.waits_for()[0].text
    stranger.sends("/status KR-0000-0000")
    assert stranger.waits_for()[0].text == foreign


def test_a_kill_in_the_middle_loses_and_doubles_nothing(telegram: BotApiServer, bot: BotProcess) -> None:
    sari = telegram.person(id=611)
    answers_until_summary(sari)
    bot.kill()
    sari.presses("✅ Kirim")  # pressed while the bot is dead: Telegram keeps it
    bot.start()
    [_receipt] = sari.waits_for(containing="KR-", timeout=30)
    telegram.waits_until(lambda: not telegram.pending, what="all updates confirmed")
    assert len([m for m in sari.received() if CODE.search(m.text)]) == 1
    assert bot.kawan("referrals", "list").stdout.count("KR-") == 1


def test_kills_at_any_point_of_a_report_file_it_once(telegram: BotApiServer, bot: BotProcess) -> None:
    """The process dies right after each of several updates was fetched, at whatever it was doing then."""
    sari = telegram.person(id=612)
    answers_until_summary(sari)
    for _ in range(3):
        sari.sends("apakah saya bisa ubah nanti?")
        bot.kill()
        bot.start()
    sari.waits_for(containing="Ini yang akan dikirim", timeout=30)
    sari.presses("✅ Kirim")
    bot.kill()
    bot.start()
    sari.waits_for(containing="KR-", timeout=30)
    assert bot.kawan("referrals", "list").stdout.count("KR-") == 1


def test_the_database_alone_betrays_no_one(telegram: BotApiServer, bot: BotProcess) -> None:
    sari = telegram.person(id=73_510_042, first_name="Yublina")
    answers_until_summary(sari)
    sari.presses("✅ Kirim")
    sari.waits_for(containing="KR-")
    sari.presses("Tambah pesan atau bukti")
    sari.waits_for(containing="Tulis saja")
    sari.sends("anaknya memanggil saya orang Bajawa")
    sari.waits_for(containing="Diteruskan")
    found = b"".join(p.read_bytes() for p in Path(bot.folder / "data").iterdir())
    for secret in ("73510042", "Yublina", "Waikabubak", "tutup pagar", "Pak Ketut", "Dalung", "kemarin sore",
                   "Ibu Rina", "Bajawa"):  # fmt: skip
        assert secret.encode() not in found, secret
    log = bot.log.read_text()
    for secret in ("73510042", "Yublina", "Waikabubak", "Ibu Rina", "Bajawa", telegram.token):
        assert secret not in log


def test_staff_answer_through_the_bot(telegram: BotApiServer, bot: BotProcess) -> None:
    sari = telegram.person(id=613)
    answers_until_summary(sari)
    sari.presses("✅ Kirim")
    code = CODE.search(sari.waits_for(containing="KR-")[0].text)
    assert code is not None
    sari.sends("/menu")
    sari.waits_for()
    replied = bot.kawan("referrals", "reply", code[0], "Kami sudah bicara dengan LBH <3", "--as", "maria")
    assert replied.returncode == 0, replied.stderr
    [news] = sari.waits_for(containing=code[0])
    assert news.text == f"Ada kabar untuk {code[0]}."  # all that a locked screen may show
    assert news.buttons == ["Baca"]
    sari.presses("Baca")
    [words] = sari.waits_for(containing="LBH")
    assert words.text.startswith("Petugas menulis, ")
    assert words.text.endswith(":\n\nKami sudah bicara dengan LBH <3")
    assert words.buttons == ["Balas", "« Menu"]
    too_long = bot.kawan("referrals", "reply", code[0], "a" * 4000, "--as", "maria")
    assert too_long.returncode == 2
    assert "parts" in too_long.stderr
    stranger = bot.kawan("referrals", "reply", code[0], "halo", "--as", "budi")
    assert stranger.returncode == 2


def test_it_stops_when_asked(telegram: BotApiServer, bot: BotProcess) -> None:
    assert bot.stop() == 0
