"""Drain the outbox: crisis answers first, else in order within a chat, spaced to Telegram's limits."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Callable
from functools import partial
from typing import Concatenate

import structlog
from sqlite_utils import Database
from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.telegram.api import call, outcome_of
from bot.telegram.messages import MOST_DELETED
from store import outbox
from store.keys import Keyring
from store.outbox import Outgoing
from store.writer import Writer

log = structlog.get_logger()
BETWEEN_MESSAGES = 1.0  # seconds to one private chat
PER_SECOND = 28  # to all chats together; Telegram allows about 30
LOOK_AGAIN = 0.5  # seconds; calls put off by a 429 become due without a ring
LONGEST_PAUSE = 60.0
AFTER_STORE_ERROR = 2.0


class Sender:
    """Sends what the outbox holds. `queued` is rung when something was added."""

    def __init__(self, bot: ExtBot[None], writer: Writer, keys: Keyring, queued: asyncio.Event) -> None:
        self._bot = bot
        self._writer = writer
        self._keys = keys
        self._queued = queued
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._last_sent: dict[str, float] = {}
        self._stopped_until = 0.0
        self._next_slot = 0.0
        self.refused: asyncio.Future[None] | None = None

    async def send_forever(self) -> None:
        """Raises what Telegram says when the token is no longer valid."""
        self.refused = asyncio.get_running_loop().create_future()
        await self._write(outbox.settle_after_crash)
        while not self.refused.done():
            for item in await self._write(outbox.due, self._keys, set(self._tasks)):
                task = asyncio.create_task(self._send(item))
                self._tasks[item.chat] = task
                task.add_done_callback(partial(self._chat_free, item.chat))
            try:
                await asyncio.wait_for(self._queued.wait(), LOOK_AGAIN)
            except TimeoutError:
                continue
            self._queued.clear()
        await self.refused

    async def drain(self, seconds: float) -> None:
        """On stopping: let sending calls end."""
        if self._tasks:
            await asyncio.wait(list(self._tasks.values()), timeout=seconds)

    def _chat_free(self, chat: str, _task: "asyncio.Task[None]") -> None:
        self._tasks.pop(chat, None)
        self._queued.set()

    async def _send(self, item: Outgoing) -> None:
        await self._wait_for_turn(item)
        if not await self._write(outbox.begin, item.id):
            return
        try:
            parameters = item.parameters
            if (
                item.method == "deleteMessages"
            ):  # what was being sent when the wish came stands there by now, too
                late = await self._write(outbox.on_screen, item.chat)
                ids = parameters["message_ids"]
                parameters = {**parameters, "message_ids": [*ids, *(set(late) - set(ids))][:MOST_DELETED]}
            message_id = await call(self._bot, item.method, parameters)
        except TelegramError as error:
            await self._failed(item, error)
        except Exception as error:  # a call we cannot even make must not block the chat for ever
            log.error("outbox.impossible_call", error=type(error).__name__)
            await self._write(outbox.finish, item.id, "failed", type(error).__name__)
        else:
            await self._write(outbox.finish, item.id, "sent", None, message_id)
        if item.method == "sendMessage":
            self._last_sent[item.chat] = time.monotonic()
            if len(self._last_sent) > 5000:
                self._last_sent.clear()

    async def _failed(self, item: Outgoing, error: TelegramError) -> None:
        outcome, wait = outcome_of(error)
        name = type(error).__name__
        if outcome == "fatal":
            await self._write(outbox.again, item.id, 0, name)
            if self.refused and not self.refused.done():
                self.refused.set_exception(error)
            return
        if outcome == "blocked":
            log.warning("outbox.blocked")
            await self._write(outbox.park, item.chat, item.id)
            return
        if outcome == "unknown" and item.weight <= outbox.RECEIPT:
            outcome = "again"  # twice is better than never
        if outcome == "again" and item.method == "answerCallbackQuery":
            outcome = "failed"  # only stops a spinner, and is worthless a moment later
        if outcome == "again":
            pause = wait or min(LONGEST_PAUSE, 0.5 * 2 ** min(item.attempts, 7))
            if wait:
                self._stopped_until = time.monotonic() + wait
            log.warning("outbox.again", error=name, retry_in=pause)
            await self._write(outbox.again, item.id, pause, name)
            return
        if outcome == "failed" and item.method == "sendMessage":
            log.error("outbox.failed", error=name)
        await self._write(outbox.finish, item.id, outcome, name)

    async def _write[**P, R](
        self, function: Callable[Concatenate[Database, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """What became of a call must be recorded: while the disk is full or the database busy, wait and try again."""
        while True:
            try:
                return await self._writer.run(function, *args, **kwargs)
            except sqlite3.Error as error:
                log.error("store.cannot_write", error=str(error))
                await asyncio.sleep(AFTER_STORE_ERROR)

    async def _wait_for_turn(self, item: Outgoing) -> None:
        now = time.monotonic()
        start = max(now, self._stopped_until, self._next_slot)
        self._next_slot = start + 1 / PER_SECOND
        if item.method == "sendMessage":
            start = max(start, self._last_sent.get(item.chat, 0.0) + BETWEEN_MESSAGES)
        if start > now:
            await asyncio.sleep(start - now)
