"""The staff console in the process of a running bot: one writing connection, one start, one end."""

from __future__ import annotations

import re
import socket
from pathlib import Path

import httpx

from bot.nlu import Endpoint
from tests.botapi import BotApiServer
from tests.kawan.test_console import free_port
from tests.telegram.process import BotProcess


def test_staff_sign_in_beside_the_running_bot(nlu: Endpoint, telegram: BotApiServer, tmp_path: Path) -> None:
    port = free_port()
    bot = BotProcess(telegram, tmp_path, KAWAN_CONSOLE_PORT=str(port))
    added = bot.kawan("staff", "add", "maria", "--one-time")
    password = re.search(r"One-time password: (\S+)", added.stdout)
    assert password
    bot.start()
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=20) as browser:
        token = re.search(r'_csrf_token" value="(\w+)"', browser.get("/masuk").text)
        assert token
        form = {"_csrf_token": token[1], "nama": "maria", "sandi": password[1]}
        answer = browser.post("/masuk", data=form)
        assert answer.status_code == 303
        assert browser.get("/akun").headers["location"] == "/akun/kata-sandi"
        numbers = browser.get("/metrics").text
    assert "kawan_console_requests_total" in numbers
    assert bot.stop() == 0
    log = bot.log.read_text()
    assert "console.ready" in log
    assert "maria" not in log
    assert password[1] not in log


def test_a_taken_port_stops_the_start_with_a_sentence(
    nlu: Endpoint, telegram: BotApiServer, tmp_path: Path
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        bot = BotProcess(telegram, tmp_path, KAWAN_CONSOLE_PORT=str(port))
        bot.start(wait=False)
        assert bot.waits_for_exit() == 2
    assert f"The console cannot listen on 127.0.0.1:{port}" in bot.log.read_text()
