"""The same bot behind a webhook."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from bot.nlu import Endpoint
from tests.botapi import BotApiServer
from tests.telegram.process import BotProcess


@pytest.fixture
def address() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{probe.getsockname()[1]}"


@pytest.fixture
def hooked(telegram: BotApiServer, tmp_path: Path, nlu: Endpoint, address: str) -> Iterator[BotProcess]:
    bot = BotProcess(
        telegram,
        tmp_path,
        KAWAN_WEBHOOK_URL=f"http://{address}",
        KAWAN_WEBHOOK_PORT=address.split(":")[1],
    )
    bot.start(wait=False)
    telegram.waits_for_call("setWebhook", timeout=60)
    yield bot
    assert bot.stop() == 0


def test_it_answers_what_telegram_pushes(telegram: BotApiServer, hooked: BotProcess) -> None:
    sari = telegram.person(id=801)
    sari.sends("/menu")
    assert sari.waits_for()[0].buttons
    assert telegram.polls == 0


def test_it_refuses_a_push_without_telegrams_secret(
    telegram: BotApiServer, hooked: BotProcess, address: str
) -> None:
    update = {"update_id": 5, "message": {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}}}
    assert httpx.post(f"http://{address}/telegram", json=update).status_code == 403
    wrong = {"X-Telegram-Bot-Api-Secret-Token": "tebakan"}
    assert httpx.post(f"http://{address}/telegram", json=update, headers=wrong).status_code == 403


def test_it_keeps_what_was_pushed_before_a_kill(telegram: BotApiServer, hooked: BotProcess) -> None:
    sari = telegram.person(id=802)
    sari.sends("gaji belum dibayar dua bulan")
    telegram.waits_until(lambda: not telegram.pending, what="Telegram has its 200")
    hooked.kill()
    hooked.start(wait=False)
    assert "Gaji" in sari.waits_for(timeout=60)[0].text


def test_a_taken_port_is_a_sentence(telegram: BotApiServer, tmp_path: Path, nlu: Endpoint) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        bot = BotProcess(
            telegram, tmp_path, KAWAN_WEBHOOK_URL=f"http://127.0.0.1:{port}", KAWAN_WEBHOOK_PORT=str(port)
        )
        bot.start(wait=False)
        assert bot.waits_for_exit() == 2
    assert "cannot listen" in bot.log.read_text()
    assert "Traceback" not in bot.log.read_text()


def test_an_address_telegram_refuses_is_a_sentence(
    telegram: BotApiServer, tmp_path: Path, nlu: Endpoint
) -> None:
    bot = BotProcess(telegram, tmp_path, KAWAN_WEBHOOK_URL="http://bot.contoh.id", KAWAN_WEBHOOK_PORT="18443")
    bot.start(wait=False)
    assert bot.waits_for_exit() == 2
    assert "public https address" in bot.log.read_text()
