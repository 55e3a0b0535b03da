"""Telegram and the network misbehave; nothing is lost, nothing is said twice that need not be."""

from __future__ import annotations

import time
from pathlib import Path

from bot.nlu import Endpoint
from tests.botapi import BotApiServer
from tests.telegram.process import BotProcess


def test_a_flood_limit_is_waited_out(telegram: BotApiServer, bot: BotProcess) -> None:
    sari = telegram.person(id=701)
    telegram.fails_next("sendMessage", 429, "Too Many Requests: retry after 1", retry_after=1)
    sari.sends("/menu")
    assert sari.waits_for()[0].buttons
    assert [call.status for call in telegram.calls_of("sendMessage")] == [429, 200]


def test_a_lost_answer_is_not_repeated_for_an_ordinary_reply(telegram: BotApiServer, bot: BotProcess) -> None:
    sari = telegram.person(id=702)
    telegram.loses_answer_next("sendMessage", "closes")
    sari.sends("/menu")
    sari.waits_for()
    sari.sends("/bantuan")
    sari.waits_for(2)
    assert len([m for m in sari.received() if m.text.startswith("Tulis saja ceritanya")]) == 2


def test_a_lost_answer_is_repeated_for_a_crisis(telegram: BotApiServer, bot: BotProcess) -> None:
    sari = telegram.person(id=703)
    telegram.loses_answer_next("sendMessage", "closes")
    sari.sends("ada orang bawa parang mau serang kos")
    sari.waits_for(4)
    numbers = [m for m in sari.received() if "☎ 110" in m.text]
    assert len(numbers) == 2


def test_a_server_error_is_tried_again(telegram: BotApiServer, bot: BotProcess) -> None:
    sari = telegram.person(id=704)
    telegram.fails_next("sendMessage", 502, "Bad Gateway", times=2)
    sari.sends("/menu")
    assert sari.waits_for()[0].buttons


def test_someone_who_blocked_the_bot_holds_up_no_one(telegram: BotApiServer, bot: BotProcess) -> None:
    gone, sari = telegram.person(id=705), telegram.person(id=706)
    gone.sends("/start")
    gone.blocks_bot()
    sari.sends("/menu")
    assert sari.waits_for()[0].buttons


def test_what_was_written_while_telegram_was_away_is_answered(
    telegram: BotApiServer, bot: BotProcess
) -> None:
    sari = telegram.person(id=707)
    with telegram.unreachable("refused"):
        time.sleep(1)
    sari.sends("/menu")
    assert sari.waits_for(timeout=30)[0].buttons


def test_replies_of_a_chat_stay_in_order_and_spaced(telegram: BotApiServer, bot: BotProcess) -> None:
    telegram.flood_limits(per_chat_per_second=1)
    sari = telegram.person(id=708)
    for command in ("/menu", "/bantuan", "/status", "/bahasa"):
        sari.sends(command)
    texts = [m.text for m in sari.waits_for(5, timeout=20)]
    assert texts[0].startswith("Tulis saja")
    assert texts[1].startswith("Begini cara")
    assert texts[3].startswith("Belum ada")
    assert texts[4].startswith("Bahasa")
    assert all(call.status == 200 for call in telegram.calls_of("sendMessage"))


def test_while_the_model_is_down_it_searches_and_says_so(
    telegram: BotApiServer, tmp_path: Path, nlu: Endpoint
) -> None:
    bot = BotProcess(
        telegram, tmp_path, KAWAN_NLU_NOTE=str(tmp_path / "note.json")
    )  # a model server of its own
    bot.start()
    try:
        sari = telegram.person(id=709)
        bot.kills_its_model_server()
        sari.sends("gaji belum dibayar")
        first, _menu = sari.waits_for(2, timeout=20)
        assert "sulit memahami" in first.text
        assert any("Gaji" in label for label in first.buttons)
        assert any("Darurat" in label for label in first.buttons)
        telegram.waits_until(
            lambda: bot.log.read_text().count("nlu.ready") == 2, timeout=90, what="the model server is back"
        )
        sari.sends("gaji belum dibayar dua bulan")
        assert "Gaji tidak dibayar" in sari.waits_for(timeout=20)[0].text
    finally:
        bot.stop()
