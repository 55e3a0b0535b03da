"""`kawan console` as a process: it serves alone, refuses what it must, and ends when told to."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.telegram.process import KAWAN


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


class ConsoleProcess:
    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.settings = {
            **os.environ,
            "KAWAN_DATA_DIR": str(folder / "data"),
            "KAWAN_KEY_FILE": str(folder / "keys" / "kawan.key"),
            "KAWAN_CONSOLE_PORT": str(self.port),
        }
        self._running: list[subprocess.Popen[str]] = []

    def start(self, **settings: str) -> "subprocess.Popen[str]":
        process = subprocess.Popen(
            [KAWAN, "console"],
            env={**self.settings, **settings},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._running.append(process)
        return process

    def waits(self) -> None:
        """Until it answers."""
        ends = time.monotonic() + 60
        while time.monotonic() < ends:
            try:
                if httpx.get(f"http://127.0.0.1:{self.port}/health").status_code == 200:
                    return
            except httpx.TransportError:
                time.sleep(0.1)
        raise AssertionError("the console did not start")

    def refused(self, **settings: str) -> str:
        """The sentence with which it does not start."""
        said, _ = self.start(**settings).communicate(timeout=60)
        assert self._running[-1].returncode == 2
        return said

    def close(self) -> None:
        for process in self._running:
            if process.poll() is None:
                process.kill()
            process.communicate()


@pytest.fixture
def console(tmp_path: Path) -> Iterator[ConsoleProcess]:
    process = ConsoleProcess(tmp_path)
    yield process
    process.close()


def test_it_serves_until_it_is_told_to_stop(console: ConsoleProcess) -> None:
    process = console.start()
    console.waits()
    page = httpx.get(f"http://127.0.0.1:{console.port}/masuk")
    assert "Masuk untuk petugas" in page.text
    assert "server" not in page.headers
    process.send_signal(signal.SIGTERM)
    said, _ = process.communicate(timeout=30)
    assert process.returncode == 0
    assert "stopped" in said


def test_it_refuses_beside_another_on_the_same_data(console: ConsoleProcess) -> None:
    console.start()
    console.waits()
    assert "already runs on the data folder" in console.refused(KAWAN_CONSOLE_PORT=str(free_port()))


def test_a_taken_port_is_a_sentence(console: ConsoleProcess) -> None:
    with socket.create_server(("127.0.0.1", console.port)):
        assert f"cannot listen on 127.0.0.1:{console.port}" in console.refused()


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"KAWAN_CONSOLE_PORT": "0"}, "which switches the console off"),
        ({"KAWAN_CONSOLE_PORT": "99999"}, "KAWAN_CONSOLE_PORT:"),
        ({"KAWAN_CONSOLE_HOST": "0.0.0.0"}, "set KAWAN_CONSOLE_URL to the https address"),
        ({"KAWAN_CONSOLE_URL": "http://konsol.example.org"}, "must be https://name without a path"),
        ({"KAWAN_CONSOLE_URL": "https://example.org/konsol"}, "must be https://name without a path"),
        ({"KAWAN_CONSOLE_URL": "konsol.example.org"}, "KAWAN_CONSOLE_URL: must begin with"),
    ],
)
def test_what_would_leave_it_open_or_useless_is_a_sentence(
    console: ConsoleProcess, settings: dict[str, str], sentence: str
) -> None:
    said = console.refused(**settings)
    assert sentence in said
    assert "Traceback" not in said


def test_a_lost_or_wrong_key_is_a_sentence(console: ConsoleProcess, tmp_path: Path) -> None:
    process = console.start()
    console.waits()
    process.terminate()
    process.wait(30)
    assert "There is no key file" in console.refused(KAWAN_KEY_FILE=str(tmp_path / "other" / "key"))
