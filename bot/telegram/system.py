"""The Telegram side as one thing: ingest, worker, sender, house-keeping, until told to stop."""

from __future__ import annotations

import asyncio
import contextlib
import os
import secrets
import socket
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import structlog
import uvicorn
from sqlite_utils import Database
from telegram import BotCommand
from telegram.error import BadRequest, InvalidToken, TelegramError
from telegram.ext import ExtBot

from actions.turn import Services
from bot.guard import Guard
from bot.nlu import NluClient
from bot.telegram.api import ALLOWED_UPDATES
from bot.telegram.fetcher import Fetcher
from bot.telegram.ingest import Ingest, poll_forever, webhook_app
from bot.telegram.sender import Sender
from bot.telegram.staff_group import StaffGroup, announce_forever
from bot.telegram.worker import Worker
from locales import LANGUAGES, translator
from store import half_entries, inbox, nlu_inbox, outbox, trackers
from store.clock import today_in_bali
from store.writer import Writer

log = structlog.get_logger()
HOUSE_KEEPING = 600.0  # seconds


@dataclass(frozen=True)
class Webhook:
    """Where Telegram sends updates to, and where we listen for them."""

    url: str
    host: str
    port: int
    secret: str | None


class CannotListen(Exception):
    """The webhook cannot work as set up (port taken, address refused); `str()` says why."""


class _Server(uvicorn.Server):
    """A web server inside our own process: signals are ours."""

    def capture_signals(self) -> contextlib.AbstractContextManager[None]:  # type: ignore[override]
        return contextlib.nullcontext()


async def run_telegram(
    bot: ExtBot[None],
    writer: Writer,
    services: Services,
    nlu: NluClient,
    guard: Guard,
    webhook: Webhook | None,
    stop: asyncio.Event,
    group: StaffGroup | None = None,
    chores: Callable[[Database], None] = lambda db: None,
) -> None:
    """Serve until `stop` is set. `group`: the staff's Telegram group; `chores`: house-keeping beside the bot's own.

    Raises InvalidToken when Telegram refuses the token.
    """
    arrived, queued = asyncio.Event(), asyncio.Event()
    await _reach_telegram(bot, stop)
    if stop.is_set():
        return
    ingest = Ingest(writer, services.keys, bot.id, arrived)
    worker = Worker(bot, writer, services, nlu, guard, arrived, queued, group)
    sender = Sender(bot, writer, services.keys, queued)
    fetcher = Fetcher(bot, writer, services.keys)
    async with _updates(bot, ingest, webhook) as receiving:
        tasks = [
            asyncio.create_task(receiving),
            asyncio.create_task(worker.work_forever()),
            asyncio.create_task(sender.send_forever()),
            asyncio.create_task(fetcher.fetch_forever()),
            asyncio.create_task(_keep_house(writer, chores)),
        ]
        if group is not None:
            tasks.append(asyncio.create_task(announce_forever(writer, services.keys, group)))
        stopping = asyncio.create_task(stop.wait())
        log.info("telegram.ready", mode="webhook" if webhook else "polling")
        done, _ = await asyncio.wait([*tasks, stopping], return_when=asyncio.FIRST_COMPLETED)
        tasks[0].cancel()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(worker.finish(), 10)
        await sender.drain(5)
        for task in (*tasks, stopping):
            task.cancel()
        await asyncio.gather(*tasks, stopping, return_exceptions=True)
    for task in done - {stopping}:
        error = task.exception()
        if error:
            raise error


async def _reach_telegram(bot: ExtBot[None], stop: asyncio.Event) -> None:
    """getMe until it works. A wrong token is final, an unreachable server is waited for."""
    pause = 1.0
    while not stop.is_set():
        try:
            await bot.initialize()
            break
        except InvalidToken:
            raise
        except TelegramError as error:
            log.warning("telegram.unreachable", error=type(error).__name__, retry_in=pause)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), pause)
            pause = min(pause * 2, 60)
    else:
        return
    for lang in LANGUAGES:
        _ = translator(lang)
        commands = [
            BotCommand("start", _("perkenalan dan menu")),
            BotCommand("menu", _("daftar topik")),
            BotCommand("darurat", _("nomor darurat")),
            BotCommand("lapor", _("lapor diskriminasi")),
            BotCommand("bantu", _("minta bantuan petugas")),
            BotCommand("mediasi", _("duduk bersama penengah")),
            BotCommand("status", _("kabar laporan saya")),
            BotCommand("lanjut", _("lanjutkan formulir")),
            BotCommand("petugas", _("bicara dengan orang")),
            BotCommand("bantuan", _("cara pakai")),
            BotCommand("batal", _("berhenti mengisi formulir")),
            BotCommand("data", _("apa yang disimpan")),
            BotCommand("hapus", _("hapus data saya")),
            BotCommand("sembunyikan", _("bersihkan layar ini")),
            BotCommand("bahasa", _("ganti bahasa")),
        ]
        description = _(
            "Teman tanya untuk warga NTT di Bali atau yang mau ke Bali: kos, kerja dan upah, KTP, adat, polisi, "
            "diskriminasi, bantuan hukum. Jawabannya dari sumber yang diperiksa. Bukan layanan darurat: bahaya "
            "sekarang, telepon 110. Tekan START, lalu tulis saja dengan bahasa sendiri."
        )
        short = _("Teman tanya warga NTT di Bali: kos, kerja, KTP, adat, polisi, bantuan. Darurat: 110.")
        code = None if lang == "id" else lang
        try:
            await bot.set_my_commands(commands, language_code=code)
            await bot.set_my_description(description, language_code=code)
            await bot.set_my_short_description(short, language_code=code)
        except TelegramError as error:  # only a convenience; the next start tries again
            log.warning("telegram.commands_not_set", error=type(error).__name__)


@asynccontextmanager
async def _updates(
    bot: ExtBot[None], ingest: Ingest, webhook: Webhook | None
) -> AsyncIterator[Coroutine[Any, Any, None]]:
    """What receives updates, as a coroutine to run."""
    if webhook is None:
        await _patiently(lambda: bot.delete_webhook(drop_pending_updates=False))
        yield poll_forever(bot, ingest)
        return
    secret = webhook.secret or secrets.token_urlsafe(32)
    server = _Server(
        uvicorn.Config(
            webhook_app(ingest, secret),
            host=webhook.host,
            port=webhook.port,
            log_config=None,
            access_log=False,
            lifespan="on",
        )
    )
    try:
        listening = socket.create_server((webhook.host, webhook.port))
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # else each answer waits 40 ms
    except OSError as error:
        raise CannotListen(
            f"The webhook cannot listen on {webhook.host}:{webhook.port}: {os.strerror(error.errno or 0)}. "
            "Set KAWAN_WEBHOOK_PORT."
        ) from None
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    while not server.started and not serving.done():
        await asyncio.sleep(0.02)
    await _patiently(
        lambda: bot.set_webhook(
            f"{webhook.url}/telegram", secret_token=secret, allowed_updates=ALLOWED_UPDATES
        )
    )
    try:
        yield _until_done(serving)
    finally:
        server.should_exit = True
        await asyncio.gather(serving, return_exceptions=True)


async def _patiently(request: Callable[[], Awaitable[object]]) -> None:
    """Repeat a call that must succeed until Telegram can be reached. Raises InvalidToken."""
    pause = 1.0
    while True:
        try:
            await request()
            return
        except InvalidToken:
            raise
        except BadRequest as error:
            raise CannotListen(
                f"Telegram refuses the webhook ({error.message}). KAWAN_WEBHOOK_URL must be a public https address."
            ) from None
        except TelegramError as error:
            log.warning("telegram.unreachable", error=type(error).__name__, retry_in=pause)
            await asyncio.sleep(pause)
            pause = min(pause * 2, 60)


async def _until_done(task: "asyncio.Task[None]") -> None:
    await asyncio.shield(task)


async def _keep_house(writer: Writer, chores: Callable[[Database], None]) -> None:
    """Forget what need not be kept."""
    while True:
        try:
            await writer.run(_forget)
            await writer.run(chores)
        except sqlite3.Error as error:  # a full disk: the next round tries again
            log.error("store.cannot_write", error=str(error))
        await asyncio.sleep(HOUSE_KEEPING)


def _forget(db: Database) -> None:
    inbox.forget_finished(db)
    outbox.forget_sent(db)
    trackers.forget_old(db)
    half_entries.forget_old(db)  # also where the console has been switched off since
    nlu_inbox.forget_old(db, today_in_bali())
