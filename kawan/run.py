"""The running system: one process for bot, console and database, Rasa as its child."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from collections.abc import Callable
from datetime import timedelta

import structlog
from sqlite_utils import Database
from telegram.error import InvalidToken

from actions.turn import Services
from bot.guard import load_guard
from bot.nlu import NluClient
from bot.telegram.api import build_bot
from bot.telegram.staff_group import StaffGroup
from bot.telegram.system import Webhook, run_telegram
from kawan.console import config_of, console_beside
from kawan.conversation import build_services
from kawan.errors import UserError
from kawan.logs import set_up_logs
from kawan.model import train
from kawan.nlu_server import NluServer
from kawan.opening import running_store, told_to_stop
from kawan.settings import Settings
from store import alerts, assignment, deadlines, openings, retention, statistics
from store.clock import today_in_bali
from store.writer import Writer

log = structlog.get_logger()
CHECK_EVERY = 2.0  # seconds between looks at the NLU server
LONGEST_PAUSE = 60.0


async def serve_telegram(settings: Settings) -> None:
    """Everything, until SIGTERM or Ctrl-C. Raises UserError or StoreError with a sentence to print."""
    set_up_logs()
    stop = told_to_stop()
    async with running_store(settings) as (writer, keys):
        services = build_services(writer.db, keys, settings.hotline)
        await writer.run(deadlines.renew, settings.hotline.deadlines)  # the setting may have changed
        async with console_beside(settings, writer, services):
            if not settings.model.exists():
                log.info("nlu.training", hint="no model yet; this takes about ten minutes, once")
                await asyncio.to_thread(train, settings)
            await _serve(settings, writer, services, stop)


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
            await run_telegram(
                bot,
                writer,
                services,
                nlu,
                load_guard(),
                _webhook(settings),
                stop,
                _staff_group(settings),
                chores_of(settings),
            )
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


def chores_of(settings: Settings) -> Callable[[Database], None]:
    """What has to be done for the hotline from time to time, as the settings want it."""

    def chores(db: Database) -> None:
        assignment.return_silent(db, timedelta(hours=settings.silent_hours))
        openings.alert_overdue(db)
        statistics.keep_finished(db, today_in_bali())  # before anything that would be counted is erased
        retention.purge(db, settings.keep_evidence_days, settings.keep_case_days)

    return chores


def _staff_group(settings: Settings) -> StaffGroup | None:
    if settings.staff_group is None:
        return None
    return StaffGroup(settings.staff_group, config_of(settings).url, settings.digest_hour)


def _webhook(settings: Settings) -> Webhook | None:
    if settings.webhook_url is None:
        return None
    secret = settings.webhook_secret.get_secret_value() if settings.webhook_secret else None
    return Webhook(settings.webhook_url, settings.webhook_host, settings.webhook_port, secret)
