"""The scripts marked `telegram: true`, end to end: a real bot process, over HTTP, against the stand-in for Telegram.

One process serves them all, and they talk with it at the same time, as people do; each is another person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from bot.nlu import Endpoint
from store.database import open_database
from store.keys import Keyring, load_keyring
from tests.botapi import BotApiServer
from tests.conversations.desk import CONTACT, NAME, Desk
from tests.conversations.over_telegram import OverTelegram
from tests.conversations.reading import read_script, scripts
from tests.conversations.runner import Outcome, play
from tests.telegram.process import BotProcess

FIRST_PERSON = 900_000
AT_ONCE = 5
LONGEST = 280  # seconds
MARKED = [path for path in scripts() if re.search(r"^telegram: true$", path.read_text("utf-8"), re.MULTILINE)]


@pytest.fixture(scope="module")
def playing(
    request: pytest.FixtureRequest, nlu: Endpoint, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[Path, Future[Outcome]]]:
    """The scripts this run asks for, all begun."""
    items = [item for item in request.session.items if isinstance(item, pytest.Function)]
    ours = [item for item in items if item.function is test_script_on_telegram]
    asked = [path for path in MARKED if path in {item.callspec.params["path"] for item in ours}]
    with BotApiServer() as telegram:
        bot = BotProcess(
            telegram, tmp_path_factory.mktemp("bot"), KAWAN_OPERATOR_NAME=NAME, KAWAN_OPERATOR_CONTACT=CONTACT
        )
        keys = load_keyring(bot.folder / "secrets" / "kawan.key", create=True)
        with closing(open_database(bot.folder / "data")) as db:
            Desk(db, keys).opens()
        bot.start()
        try:
            with ThreadPoolExecutor(AT_ONCE) as threads:
                yield {
                    path: threads.submit(_play, path, FIRST_PERSON + number, telegram, bot, keys)
                    for number, path in enumerate(asked)
                }
        finally:
            bot.stop()
        assert "Traceback" not in bot.log.read_text()


@pytest.mark.parametrize("path", MARKED, ids=lambda path: path.stem)
def test_script_on_telegram(path: Path, playing: dict[Path, Future[Outcome]]) -> None:
    outcome = playing[path].result(LONGEST)
    assert not outcome.wrong, "\n".join(outcome.wrong)
    if outcome.known:
        pytest.xfail("; ".join(outcome.known))


def _play(path: Path, number: int, telegram: BotApiServer, bot: BotProcess, keys: Keyring) -> Outcome:
    script = read_script(path)
    person = telegram.person(id=number, language_code=script.app)
    with closing(open_database(bot.folder / "data")) as db:
        return play(script, OverTelegram(telegram, person, db, keys))
