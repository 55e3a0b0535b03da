"""Help and mediation over Telegram's protocol, to staff who may write only when it is safe."""

from __future__ import annotations

import json
import re

from tests.botapi import BotApiServer
from tests.telegram.process import BotProcess

CODE = re.compile(r"KR-[0-9A-Z]{4}-[0-9A-Z]{4}")


def test_staff_write_to_someone_in_danger_only_at_the_hours_named(
    telegram: BotApiServer, bot: BotProcess
) -> None:
    ina = telegram.person(id=811)
    ina.sends("/start help")
    ina.waits_for(containing="Boleh tanpa nama")
    ina.presses("Minta bantuan petugas")
    ina.waits_for(containing="Boleh saya simpan")
    ina.presses("Ya, petugas saja")
    ina.waits_for(containing="soal apa")
    ina.presses("Kekerasan")
    ina.waits_for(containing="129")
    ina.waits_for(containing="dalam bahaya sekarang")
    ina.presses("Tidak")
    ina.waits_for(containing="Umur")
    ina.presses("18 ke atas")
    ina.waits_for(containing="Ceritakan")
    ina.sends("Dia marah setiap kali saya keluar rumah")
    for asked in ("Di mana", "Sejak kapan", "Ada bukti", "tidak boleh tahu"):
        ina.waits_for(containing=asked)
        ina.presses("Lewati")
    ina.waits_for(containing="Aman kalau kami menghubungi")
    ina.presses("Pada jam tertentu")
    ina.waits_for(containing="Jam berapa")
    ina.sends("pagi waktu dia kerja")
    for asked in ("nama atau nomor", "Adakah petugas kami"):
        ina.waits_for(containing=asked)
        ina.presses("Lewati")
    ina.waits_for(containing="Ini yang akan dikirim")
    ina.presses("✅ Kirim")
    code = CODE.search(ina.waits_for(containing="KR-")[0].text)
    assert code is not None

    assert f"! {code[0]}" in bot.kawan("referrals", "list").stdout
    shown = bot.kawan("referrals", "show", code[0], "--as", "maria").stdout
    assert "only at the hours named in reply_hours" in shown
    early = bot.kawan("referrals", "reply", code[0], "Kami bisa bantu.", "--as", "maria")
    assert early.returncode == 2
    assert "--safe-now" in early.stderr
    assert "pagi" not in early.stderr  # no message of ours holds what someone wrote
    assert (
        bot.kawan("referrals", "reply", code[0], "Kami bisa bantu.", "--safe-now", "--as", "maria").returncode
        == 0
    )
    [news] = ina.waits_for(containing="Ada kabar")
    assert news.text == f"Ada kabar untuk {code[0]}."
    ina.presses("Baca")
    assert ina.waits_for(containing="Kami bisa bantu.")


def test_several_mediators_are_ticked_and_the_other_side_stays_untold(
    telegram: BotApiServer, bot: BotProcess
) -> None:
    yos = telegram.person(id=812)
    yos.sends("/mediasi")
    yos.waits_for(containing="duduk bersama penengah")
    yos.presses("Minta mediasi")
    for asked, label in (
        ("Boleh saya simpan", "Ya, boleh"),
        ("dengan siapa", "Tetangga"),
        ("Supaya Kakak aman", "Tidak ada"),
        ("Umur", "Lewati"),
    ):
        yos.waits_for(containing=asked)
        yos.presses(label)
    yos.waits_for(containing="Ceritakan")
    yos.sends("Musik dari sebelah sampai jam dua pagi")
    yos.waits_for(containing="Siapa yang sebaiknya")
    yos.presses("Kelian banjar")
    ticked = yos.waits_for_edit(containing="Siapa yang sebaiknya")  # the same message, no second one below it
    assert "☑ Kelian banjar" in ticked.buttons
    yos.presses("Gereja")
    assert "☑ Gereja" in yos.waits_for_edit(containing="Siapa yang sebaiknya").buttons
    yos.presses("Selesai")
    for asked, label in (
        ("selesai untuk Kakak", "Lewati"),
        ("sudah tahu", "Belum tahu"),
        ("nama Kakak kami sebut", "Lewati"),
        ("Di mana", "Lewati"),
        ("menulis balik", "Boleh, kapan saja"),
        ("nama atau nomor", "Lewati"),
        ("Adakah petugas kami", "Lewati"),
        ("Ini yang akan dikirim", "✅ Kirim"),
    ):
        yos.waits_for(containing=asked)
        yos.presses(label)
    code = CODE.search(yos.waits_for(containing="KR-")[0].text)
    assert code is not None
    case = json.loads(bot.kawan("referrals", "show", code[0], "--as", "maria", "--json").stdout)
    assert case["body"]["mediators"] == "kelian,church"
    assert case["body"]["named"] == "no"
    assert case["summary"]["kind"] == "mediation"
