"""In a group the bot says neutral facts at most; whatever is somebody's own matter goes on in private, unseen."""

from __future__ import annotations

import pytest
from sqlite_utils import Database

from tests.botapi import BotApiServer, BotMessage, Group
from tests.telegram.errands import calls_in, cases_of, store_of, waits_until
from tests.telegram.process import BotProcess


@pytest.fixture
def group(telegram: BotApiServer, bot: BotProcess) -> Group:
    return telegram.group(id=-100_700 - len(telegram.calls), title="Warga NTT Dalung")


def urls(message: BotMessage) -> list[str]:
    rows = message.raw.get("reply_markup", {}).get("inline_keyboard", [])
    return [button["url"] for row in rows for button in row if "url" in button]


def updates_of(db: Database, chat: str) -> int:
    return db.table("inbox").count_where("chat = ?", [chat])


@pytest.mark.parametrize(
    ("command", "payload"),
    [
        ("/lapor", "?start=report"),
        ("/lapor@uji_bot", "?start=report"),
        ("/lapor saya ditolak di kos Bu Made", "?start=report"),
        ("/bantu", "?start=help"),
        ("/mediasi", "?start=mediation"),
        ("/petugas", "?start=staff"),
        ("/status KR-0000-0000", ""),
        ("/hapus", ""),
        ("/data", ""),
    ],
)
def test_a_command_about_ones_own_matter_is_taken_away_and_a_private_link_offered(
    telegram: BotApiServer, bot: BotProcess, group: Group, command: str, payload: str
) -> None:
    sari = telegram.person(id=20_000 + abs(group.id))
    group.member_sends(sari, command)
    [reply] = group.waits_for()
    assert "tidak membahas urusan pribadi" in reply.text
    assert urls(reply) == [f"https://t.me/uji_bot{payload}"]
    waits_until(lambda: len(calls_in(telegram, "deleteMessage", group.id)) == 1, "a try to delete it")
    assert "Bu Made" not in reply.text
    assert sari.received() == []


def test_a_question_put_to_the_bot_gets_a_neutral_fact_and_the_rest_in_private(
    telegram: BotApiServer, bot: BotProcess, group: Group
) -> None:
    sari = telegram.person(id=1202)
    group.member_sends(sari, "/menu")
    group.waits_for()
    group.member_sends(sari, "deposit kos tidak dikembalikan", reply_to_bot=True)
    [reply] = group.waits_for(timeout=20)
    assert "Uang jaminan" in reply.text
    assert "1. " not in reply.text  # no steps, no contacts, no thumbs
    assert reply.buttons == ["Baca langkahnya secara pribadi"]
    assert urls(reply) == ["https://t.me/uji_bot?start=article-housing__deposit-not-returned"]
    assert calls_in(telegram, "deleteMessage", group.id) == []
    sari.sends("/start article-housing__deposit-not-returned")
    assert "1. " in sari.waits_for()[0].text


def test_a_report_told_to_the_bot_in_public_is_stopped(
    telegram: BotApiServer, bot: BotProcess, group: Group
) -> None:
    sari = telegram.person(id=1203)
    group.member_sends(sari, "/menu")
    group.waits_for()
    group.member_sends(sari, "saya mau lapor, saya ditolak kos karena dari Sumba", reply_to_bot=True)
    [reply] = group.waits_for(timeout=20)
    assert urls(reply) == ["https://t.me/uji_bot?start=report"]
    assert "bukan salah" not in reply.text
    waits_until(lambda: len(calls_in(telegram, "deleteMessage", group.id)) == 1, "a try to delete it")
    assert cases_of(bot, sari) == []


def test_ordinary_talk_is_neither_answered_nor_stored(
    telegram: BotApiServer, bot: BotProcess, group: Group
) -> None:
    sari, nus = telegram.person(id=1204), telegram.person(id=1205)
    group.member_sends(sari, "teman-teman, ada info kos?")
    group.member_sends(nus, "saya ditolak karena dari NTT, jengkel")
    group.member_sends(sari, "tolong, dia bawa parang")  # not put to the bot: it does not listen
    group.member_sends(sari, "/menu")
    group.waits_for()
    waits_until(lambda: not telegram.pending, "all updates confirmed")
    assert len(group.received()) == 1
    with store_of(bot) as (db, keys):
        assert updates_of(db, keys.name_of(group.id)) == 1
        for person in (sari, nus):
            assert updates_of(db, keys.name_of(person.id)) == 0
            assert db.table("trackers").count_where("chat = ?", [keys.name_of(person.id)]) == 0
        assert db.table("trackers").count_where("chat = ?", [keys.name_of(group.id)]) == 0


def test_danger_put_to_the_bot_gets_numbers_in_public_and_the_rest_in_private(
    telegram: BotApiServer, bot: BotProcess, group: Group
) -> None:
    sari = telegram.person(id=1206)
    group.member_sends(sari, "/darurat")
    numbers, private = group.waits_for(2)
    assert "☎ 110" in numbers.text
    assert urls(private) == ["https://t.me/uji_bot?start=emergency"]
    group.member_sends(sari, "tolong, mereka bawa parang di depan kos", reply_to_bot=True)
    assert "☎ 110" in group.waits_for(2)[0].text
    assert calls_in(telegram, "deleteMessage", group.id) == []


def test_danger_behind_a_command_gets_numbers_too(
    telegram: BotApiServer, bot: BotProcess, group: Group
) -> None:
    sari = telegram.person(id=1207)
    group.member_sends(sari, "/lapor tolong, mereka bawa parang di depan kos")
    assert "☎ 110" in group.waits_for(2)[0].text


def test_what_is_said_in_a_group_changes_nothing_in_private(
    telegram: BotApiServer, bot: BotProcess, group: Group
) -> None:
    sari = telegram.person(id=1208)
    sari.sends("/petugas")
    sari.waits_for()
    sari.presses("Tulis pesan untuk petugas")
    sari.waits_for(containing="Boleh saya simpan")
    group.member_sends(sari, "/batal")
    group.waits_for()
    sari.presses("Ya, boleh")
    sari.waits_for(containing="di bawah 18")


def test_a_command_nobody_knows_gets_a_private_link_and_stays(
    telegram: BotApiServer, bot: BotProcess, group: Group
) -> None:
    sari = telegram.person(id=1209)
    group.member_sends(sari, "/terbangkan")
    [reply] = group.waits_for()
    assert urls(reply) == ["https://t.me/uji_bot"]
    assert calls_in(telegram, "deleteMessage", group.id) == []


def test_a_bot_that_may_not_delete_goes_on_all_the_same(
    telegram: BotApiServer, bot: BotProcess, group: Group
) -> None:
    sari = telegram.person(id=1210)
    group.member_sends(sari, "/lapor")
    group.waits_for()
    waits_until(lambda: bool(calls_in(telegram, "deleteMessage", group.id)), "a try to delete it")
    assert [call.status for call in calls_in(telegram, "deleteMessage", group.id)] == [400]
    group.member_sends(sari, "/bantu")
    assert group.waits_for()
