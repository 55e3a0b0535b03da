"""One running bot for all tests of a file; each test is another person."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.nlu import Endpoint
from tests.botapi import BotApiServer
from tests.telegram.errands import Running, running_bot
from tests.telegram.process import BotProcess


@pytest.fixture(scope="module")
def running(nlu: Endpoint, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running_bot(tmp_path_factory.mktemp("bot")) as both:
        yield both


@pytest.fixture
def telegram(running: Running) -> BotApiServer:
    return running[0]


@pytest.fixture
def bot(running: Running) -> BotProcess:
    return running[1]
