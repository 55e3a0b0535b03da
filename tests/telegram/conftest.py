from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.nlu import Endpoint
from tests.botapi import BotApiServer
from tests.telegram.process import BotProcess


@pytest.fixture
def bot(telegram: BotApiServer, tmp_path: Path, nlu: Endpoint) -> Iterator[BotProcess]:
    """A running bot with a hotline behind it."""
    process = BotProcess(telegram, tmp_path)
    added = process.kawan("staff", "add", "maria")
    assert added.returncode == 0, added.stderr
    process.start()
    yield process
    process.stop()
    assert "Traceback" not in process.log.read_text()
