"""What a person meets first: the profile in both languages, the menu of commands, the links of posters."""

from __future__ import annotations

import pytest

from bot.commands import PLAIN
from store import tallies
from store.clock import today_in_bali
from tests.botapi import BotApiServer
from tests.telegram.errands import store_of, waits_until
from tests.telegram.process import BotProcess

NAMED = {"start", "menu", "darurat", "lapor", "bantu", "mediasi", "status", "lanjut", "petugas", "bantuan", "batal",
         "data", "hapus", "sembunyikan", "bahasa"}  # fmt: skip


def test_the_commands_are_registered_in_both_languages(telegram: BotApiServer, bot: BotProcess) -> None:
    for code in ("", "en"):
        commands = telegram.commands["default", code]
        assert set(commands) == NAMED
        assert all(words.strip() for words in commands.values())
    assert telegram.commands["default", ""]["hapus"] == "hapus data saya"
    assert {*PLAIN, "status", "lanjut", "batal", "bahasa"} >= NAMED


def test_the_description_says_what_it_is_and_what_it_is_not(telegram: BotApiServer, bot: BotProcess) -> None:
    for code in ("", "en"):
        assert telegram.profile["description", code].strip()
        assert "110" in telegram.profile["description", code]
        assert telegram.profile["short_description", code].strip()
        assert "110" in telegram.profile["short_description", code]
    assert "Bukan layanan darurat" in telegram.profile["description", ""]
    assert "warga NTT" in telegram.profile["short_description", ""]


def test_without_the_profile_the_bot_still_answers(telegram: BotApiServer, bot: BotProcess) -> None:
    bot.stop()
    for method in ("setMyCommands", "setMyDescription", "setMyShortDescription"):
        telegram.fails_next(method, 502, "Bad Gateway", times=4)
    bot.start()
    sari = telegram.person(id=1501)
    sari.sends("/menu")
    assert len(sari.waits_for()[0].buttons) == 8


def test_the_first_words_tell_who_reads_and_offer_the_other_language(
    telegram: BotApiServer, bot: BotProcess
) -> None:
    sari = telegram.person(id=1502)
    sari.sends("/start")
    hello, menu = sari.waits_for(2)
    for words in ("Saya program, bukan orang", "bukan layanan darurat", "tidak terenkripsi ujung ke ujung", "tidak dibaca petugas"):  # fmt: skip
        assert words in hello.text
    assert hello.buttons == ["English"]
    assert len(menu.buttons) <= 8


def test_the_link_of_a_poster_is_counted_by_the_day_and_not_with_the_chat(
    telegram: BotApiServer, bot: BotProcess
) -> None:
    for number in range(3):
        person = telegram.person(id=1510 + number)
        person.sends("/start from-poster-dalung")
        person.waits_for(2)
    other = telegram.person(id=1520)
    other.sends("/start from-gereja")
    other.waits_for(2)
    waits_until(lambda: not telegram.pending, "all updates confirmed")
    today = today_in_bali()
    with store_of(bot) as (db, _keys):
        assert tallies.between(db, "campaign", today, today) == [
            ("poster-dalung", "id", 3), ("gereja", "id", 1),
        ]  # fmt: skip
        rows = list(db.query("select * from tallies where what = 'campaign'"))
        assert all(set(row) == {"day", "what", "name", "lang", "times"} for row in rows)


def campaigns(bot: BotProcess) -> int:
    with store_of(bot) as (db, _keys):
        return db.table("tallies").count_where("what = 'campaign'")


@pytest.mark.parametrize(
    "payload", ["from-", "from-A", "from-" + "x" * 40, "from-a_b", "apa-ini", "article-tidak__ada"]
)
def test_a_link_nobody_made_is_a_plain_start_and_not_counted(
    telegram: BotApiServer, bot: BotProcess, payload: str
) -> None:
    sari = telegram.person(id=15_000 + len(telegram.calls))
    before = campaigns(bot)
    sari.sends(f"/start {payload}")
    assert "Kawan Rantau" in sari.waits_for(2)[0].text
    assert campaigns(bot) == before


@pytest.mark.parametrize(
    ("payload", "says"),
    [
        ("report", "bukan salah Kakak"),
        ("help", "Boleh tanpa nama"),
        ("mediation", "duduk bersama penengah"),
        ("staff", "Petugas kami manusia"),
        ("emergency", "110"),
        ("article-housing__evicted-suddenly", "1. "),
    ],
)
def test_a_link_opens_what_it_promises(
    telegram: BotApiServer, bot: BotProcess, payload: str, says: str
) -> None:
    sari = telegram.person(id=15_000 + len(telegram.calls))
    sari.sends(f"/start {payload}")
    assert sari.waits_for(containing=says)
