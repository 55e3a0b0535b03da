"""What an operator gets wrong is one sentence and exit code 2."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from bot.nlu import Endpoint
from tests.botapi import BotApiServer
from tests.telegram.process import BotProcess


def fails_with(bot: BotProcess, *sentences: str) -> None:
    bot.start(wait=False)
    assert bot.waits_for_exit() == 2
    log = bot.log.read_text()
    assert "Traceback" not in log
    for sentence in sentences:
        assert sentence in log


def test_it_says_that_the_token_is_wrong(telegram: BotApiServer, tmp_path: Path, nlu: Endpoint) -> None:
    wrong = "987654:WRONG-wrong-wrong-wrong-wrong-wrong"
    bot = BotProcess(telegram, tmp_path, TELEGRAM_BOT_TOKEN=wrong)
    fails_with(bot, "refuses the token", "@BotFather")
    assert wrong not in bot.log.read_text()


def test_it_waits_for_telegram_when_it_cannot_be_reached(
    telegram: BotApiServer, tmp_path: Path, nlu: Endpoint
) -> None:
    bot = BotProcess(telegram, tmp_path)
    with telegram.unreachable("refused"):
        bot.start(wait=False)
        telegram.waits_until(
            lambda: bot.log.exists() and "telegram.unreachable" in bot.log.read_text(),
            timeout=60,
            what="the log line",
        )
    sari = telegram.person(id=901)
    sari.sends("/menu")
    assert sari.waits_for(timeout=60)[0].buttons
    assert bot.stop() == 0


def test_a_second_instance_on_the_same_data_is_refused(telegram: BotApiServer, bot: BotProcess) -> None:
    second = bot.kawan("run")
    assert second.returncode == 2
    assert "already runs" in second.stderr


def test_a_missing_model_says_how_to_train_one(tmp_path: Path) -> None:
    bot = BotProcess.without_telegram(
        tmp_path, KAWAN_MODEL=str(tmp_path / "no.tar.gz"), KAWAN_NLU_NOTE="/nowhere"
    )
    asked = bot.kawan("ask", "halo")
    assert asked.returncode == 2
    assert "kawan nlu train" in asked.stderr


def test_a_broken_model_says_so(tmp_path: Path) -> None:
    model = tmp_path / "broken.tar.gz"
    model.write_bytes(b"not a model")
    bot = BotProcess.without_telegram(tmp_path, KAWAN_MODEL=str(model), KAWAN_NLU_NOTE="/nowhere")
    asked = bot.kawan("ask", "halo")
    assert asked.returncode == 2
    assert "cannot be loaded" in asked.stderr
    assert "Traceback" not in asked.stderr


@pytest.mark.parametrize(
    ("setting", "value", "sentence"),
    [
        ("KAWAN_WEBHOOK_PORT", "seribu", "KAWAN_WEBHOOK_PORT"),
        ("KAWAN_TELEGRAM_API_URL", "telegram.org", "must begin with http"),
        ("KAWAN_KEY_FILE", "{data}/kawan.key", "keep the key apart"),
        ("KAWAN_DATA_DIR", "/proc/kawan", "data folder"),
        ("KAWAN_DATA_DIR", "/dev/full", "data folder"),
    ],
)
def test_a_wrong_setting_is_one_sentence(tmp_path: Path, setting: str, value: str, sentence: str) -> None:
    bot = BotProcess.without_telegram(tmp_path)
    bot.environment[setting] = value.format(data=bot.environment["KAWAN_DATA_DIR"])
    done = bot.kawan("staff", "list")
    assert done.returncode == 2
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


def test_a_full_disk_loses_no_update(telegram: BotApiServer, tmp_path: Path, nlu: Endpoint) -> None:
    """The database may not grow any more (as on a full disk): updates stay with Telegram until it can."""
    bot = BotProcess(telegram, tmp_path)
    bot.start()
    try:
        sari = telegram.person(id=902)
        bot.fills_the_disk()
        sari.sends("/menu")
        telegram.waits_until(lambda: "cannot_store" in bot.log.read_text(), timeout=20, what="the log line")
        assert telegram.pending
        bot.frees_the_disk()
        assert sari.waits_for(timeout=40)[0].buttons
        telegram.waits_until(lambda: not telegram.pending, what="the update is confirmed")
    finally:
        bot.stop()


def test_run_without_token_and_terminal_says_what_to_do(tmp_path: Path) -> None:
    done = BotProcess.without_telegram(tmp_path).kawan("run")
    assert done.returncode == 2
    assert "@BotFather" in done.stderr


def test_a_missing_key_is_not_replaced_by_a_new_one(tmp_path: Path) -> None:
    bot = BotProcess.without_telegram(tmp_path)
    assert bot.kawan("staff", "list").returncode == 0
    Path(bot.environment["KAWAN_KEY_FILE"]).unlink()
    done = bot.kawan("referrals", "list")
    assert done.returncode == 2
    assert "no key file" in done.stderr


def test_errors_of_a_database_are_sentences(tmp_path: Path) -> None:
    bot = BotProcess.without_telegram(tmp_path)
    assert bot.kawan("staff", "list").returncode == 0  # makes key and database
    data = Path(bot.environment["KAWAN_DATA_DIR"])
    for file in data.glob("kawan.sqlite3*"):
        file.unlink()
    (data / "kawan.sqlite3").write_bytes(b"this is not a database at all, only words" * 50)
    done: subprocess.CompletedProcess[str] = bot.kawan("referrals", "list")
    assert done.returncode == 2
    assert "not a usable database" in done.stderr
