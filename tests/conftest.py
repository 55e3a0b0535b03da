"""Real parts for all tests: one Rasa server with the trained model, temporary data folders, the Bot API test server."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.nlu import Endpoint
from kawan.nlu_server import NluServer
from kawan.settings import Settings
from tests.botapi import BotApiServer
from tests.shared_nlu import SharedNlu, hands_out_files, shared_note, wait_for_shared_server

# With several workers (scripts/check.sh) each takes a whole file at a time. Files that mostly wait for messages a second
# apart come first, so that none of them is begun when everything else is done.
LONGEST_FIRST = (
    "tests/telegram/",
    "tests/conversations/",
    "tests/test_house.py",
    "tests/hotline/",
    "tests/kawan/",
)


def pytest_configure(config: pytest.Config) -> None:
    if hands_out_files(config):
        config.pluginmanager.register(SharedNlu())


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=_place)


def _place(item: pytest.Item) -> int:
    folders = enumerate(LONGEST_FIRST)
    return next((at for at, start in folders if item.nodeid.startswith(start)), len(LONGEST_FIRST))


@pytest.fixture(scope="session", autouse=True)
def _settings_of_this_machine_stay_out(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[None]:
    """No .env, no KAWAN_… of whoever runs the tests."""
    patch = pytest.MonkeyPatch()
    for name in list(os.environ):
        if name.startswith("KAWAN_") or name == "TELEGRAM_BOT_TOKEN":
            patch.delenv(name)
    patch.setitem(Settings.model_config, "env_file", None)
    # Child processes read .env from the project: what it may hold is overruled.
    home = tmp_path_factory.mktemp("machine")
    patch.setenv("KAWAN_DATA_DIR", str(home / "data"))
    patch.setenv("KAWAN_KEY_FILE", str(home / "secrets" / "kawan.key"))
    patch.setenv("KAWAN_NLU_NOTE", shared_note(request.config) or str(home / "nlu-server.json"))
    patch.setenv("KAWAN_CONSOLE_PORT", "0")  # a test that wants the console names a free port
    for name in ("TELEGRAM_BOT_TOKEN", "KAWAN_OPERATOR_NAME", "KAWAN_OPERATOR_CONTACT", "KAWAN_WEBHOOK_URL"):
        patch.setenv(name, "")
    yield
    patch.undo()


@pytest.fixture(scope="session")
def nlu() -> Iterator[Endpoint]:
    """The Rasa server with the trained model; bot processes of the tests find it by its note."""
    wait_for_shared_server()
    server = NluServer(Settings())
    try:
        server.start()
        server.wait_until_ready()
        server.leave_note()
        assert server.endpoint is not None
        yield server.endpoint
    finally:
        server.stop()


@pytest.fixture
def telegram() -> Iterator[BotApiServer]:
    """Telegram's Bot API on this machine."""
    with BotApiServer() as server:
        yield server


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """An empty data folder."""
    return tmp_path / "data"
