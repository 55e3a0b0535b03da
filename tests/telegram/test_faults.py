"""Telegram and the network misbehave; nothing is lost, nothing is said twice that need not be."""

from __future__ import annotations

import time
from pathlib import Path

from bot.nlu import Endpoint
from tests.botapi import BotApiServer
from tests.telegram.errands import store_of, waits_until
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


def test_the_numbers_overtake_the_answers_that_wait_for_the_same_chat(
    telegram: BotApiServer, bot: BotProcess
) -> None:
    telegram.flood_limits(per_chat_per_second=1)
    sari = telegram.person(id=710)
    for _ in range(10):
        sari.sends("/bahasa")
    telegram.waits_until(lambda: not telegram.pending, timeout=20, what="all of them are read")
    sari.sends("ada orang bawa parang mau serang kos")
    telegram.waits_until(lambda: len(sari.received()) == 13, timeout=30, what="everything is sent")
    texts = [message.text for message in sari.received()]
    numbers = next(at for at, text in enumerate(texts) if "☎ 110" in text)
    assert numbers < 8, "most of the answers still waited when danger was told"
    assert "aman?" in texts[numbers + 2], "and the whole answer goes first, in its order"
    assert sum(text.startswith("Bahasa") for text in texts) == 10, "what was overtaken comes, and once"
    assert all(call.status == 200 for call in telegram.calls_of("sendMessage"))


def test_the_numbers_come_next_after_a_kill_too(telegram: BotApiServer, bot: BotProcess) -> None:
    sari = telegram.person(id=711)
    telegram.fails_next("sendMessage", 429, "Too Many Requests: retry after 8", retry_after=8)
    for _ in range(3):
        sari.sends("/bahasa")
    sari.sends("ada orang bawa parang mau serang kos")
    with store_of(bot) as (db, _keys):
        waits_until(lambda: db.table("outbox").count == 6, "everything is answered and waits")
    bot.kill()
    bot.start()
    texts = [message.text for message in sari.waits_for(6, timeout=30)]
    assert "☎ 110" in texts[0]
    assert [text.startswith("Bahasa") for text in texts] == [False] * 3 + [True] * 3


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
