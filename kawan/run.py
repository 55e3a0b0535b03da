"""The running system: one process for bot and database, Rasa as its child."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import sqlite3

import structlog
from sqlite_utils import Database
from telegram.error import InvalidToken

from actions.turn import Services
from bot.guard import load_guard
from bot.nlu import NluClient
from bot.telegram.api import build_bot
from bot.telegram.system import Webhook, run_telegram
from kawan.conversation import build_services
from kawan.errors import UserError
from kawan.logs import set_up_logs
from kawan.model import train
from kawan.nlu_server import NluServer
from kawan.settings import Settings
from store import alerts
from store.database import FILE_NAME, open_database, take_lock
from store.keys import Keyring, load_keyring
from store.writer import Writer

log = structlog.get_logger()
CHECK_EVERY = 2.0  # seconds between looks at the NLU server
LONGEST_PAUSE = 60.0


async def serve_telegram(settings: Settings) -> None:
    """Everything, until SIGTERM or Ctrl-C. Raises UserError or StoreError with a sentence to print."""
    set_up_logs()
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    lock = take_lock(settings.data_dir)
    # A new key only for a new database: a mistyped path must not pass for a fresh start.
    fresh = not (settings.data_dir / FILE_NAME).exists()
    keys = load_keyring(settings.key_file, create=fresh)
    writer = Writer(open_database(settings.data_dir))
    try:
        services = build_services(writer.db, keys, settings.hotline)
        await writer.run(_check_key, keys)
        if not settings.model.exists():
            log.info("nlu.training", hint="no model yet; this takes a few minutes, once")
            await asyncio.to_thread(train, settings)
        await _serve(settings, writer, services, stop)
    finally:
        writer.close()
        lock.close()


async def _serve(settings: Settings, writer: Writer, services: Services, stop: asyncio.Event) -> None:
    assert settings.telegram_bot_token is not None
    if not services.hotline.takes_reports(writer.db):
        log.warning(
            "reports.closed",
            hint="set KAWAN_OPERATOR_NAME and KAWAN_OPERATOR_CONTACT, and add staff: kawan staff add LOGIN",
        )
    server = NluServer(settings)
    nlu = NluClient(lambda: server.endpoint)
    bot = build_bot(settings.telegram_bot_token.get_secret_value(), settings.telegram_api_url)
    try:
        server.start()
        await asyncio.to_thread(server.wait_until_ready)
        server.leave_note()
        log.info("nlu.ready")
        watching = asyncio.create_task(_keep_alive(server, writer))
        try:
            await run_telegram(bot, writer, services, nlu, load_guard(), _webhook(settings), stop)
        finally:
            watching.cancel()
            await asyncio.gather(watching, return_exceptions=True)
    except InvalidToken:
        raise UserError(
            "Telegram refuses the token. Copy TELEGRAM_BOT_TOKEN again from @BotFather (digits, a colon, 35 signs)."
        ) from None
    finally:
        await nlu.close()
        with contextlib.suppress(Exception):
            await bot.shutdown()
        server.stop()
        log.info("stopped")


async def _keep_alive(server: NluServer, writer: Writer) -> None:
    """Start the NLU server again when it dies; meanwhile the bot answers by search and says so."""
    pause = 1.0
    while True:
        await asyncio.sleep(CHECK_EVERY)
        if await asyncio.to_thread(server.is_alive):
            pause = 1.0
            continue
        log.error("nlu.died", retry_in=pause)
        with contextlib.suppress(sqlite3.Error):  # a full disk must not keep Rasa from coming back
            await writer.run(alerts.raise_alert, "nlu_down")
        server.stop()
        await asyncio.sleep(pause)
        pause = min(pause * 2, LONGEST_PAUSE)
        try:
            server.start()
            await asyncio.to_thread(server.wait_until_ready)
            server.leave_note()
            log.info("nlu.ready")
        except UserError as error:
            log.error("nlu.not_started", reason=str(error))
            server.stop()


def _webhook(settings: Settings) -> Webhook | None:
    if settings.webhook_url is None:
        return None
    secret = settings.webhook_secret.get_secret_value() if settings.webhook_secret else None
    return Webhook(settings.webhook_url, settings.webhook_host, settings.webhook_port, secret)


def _check_key(db: Database, keys: Keyring) -> None:
    """Fail at the start, not at the first message, when the key is not this database's."""
    for row in db.query("select state from trackers limit 1"):
        keys.unseal(row["state"])
    for row in db.query("select case_key from referrals limit 1"):
        keys.case(row["case_key"])
