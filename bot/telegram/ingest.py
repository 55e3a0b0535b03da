"""Updates into the inbox, by long polling or webhook, before they are acknowledged to Telegram."""

from __future__ import annotations

import asyncio
import hmac
import json
import sqlite3
from typing import Any

import structlog
from litestar import Litestar, Request, Response, get, post
from sqlite_utils import Database
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError
from telegram.ext import ExtBot

from bot.telegram.api import get_raw_updates
from bot.telegram.updates import chat_to_keep
from store import inbox
from store.keys import Keyring
from store.writer import Writer

log = structlog.get_logger()
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
LONGEST_PAUSE = 60.0


class Ingest:
    """Keeps updates and rings `arrived` when there is work."""

    def __init__(self, writer: Writer, keys: Keyring, bot_id: int, arrived: asyncio.Event) -> None:
        self._writer = writer
        self._keys = keys
        self._bot_id = bot_id
        self._arrived = arrived

    async def keep(self, updates: list[dict[str, Any]]) -> None:
        """Store all of them or none (then the caller must not acknowledge). Raises sqlite3.Error."""
        kept = await self._writer.run(_keep_all, self._keys, updates, self._bot_id)
        if kept:
            self._arrived.set()


def _keep_all(db: Database, keys: Keyring, updates: list[dict[str, Any]], bot_id: int) -> int:
    kept = 0
    for update in updates:
        chat_id = chat_to_keep(update, bot_id) if isinstance(update.get("update_id"), int) else None
        if chat_id is not None and inbox.keep(db, keys, update, chat_id):
            kept += 1
    return kept


async def poll_forever(bot: ExtBot[None], ingest: Ingest) -> None:
    """Long polling. The next offset, which confirms a batch, is sent only after the batch is stored.

    Raises InvalidToken when the token is refused; everything else is waited out.
    """
    offset: int | None = None
    pause = 1.0
    while True:
        try:
            updates = await get_raw_updates(bot, offset)
            if updates:
                await ingest.keep(updates)
                offset = max(u["update_id"] for u in updates if isinstance(u.get("update_id"), int)) + 1
            pause = 1.0
            continue
        except InvalidToken:
            raise
        except RetryAfter as error:
            wait = error.retry_after
            pause = wait.total_seconds() if hasattr(wait, "total_seconds") else float(wait)
        except Conflict:
            log.error("telegram.conflict", hint="another program polls with this token; stop it")
        except TelegramError as error:
            log.warning("telegram.unreachable", error=type(error).__name__, retry_in=pause)
        except sqlite3.Error as error:
            # Not stored, so not acknowledged: Telegram keeps the batch and sends it again.
            log.error("inbox.cannot_store", error=str(error), retry_in=pause)
        await asyncio.sleep(pause)
        pause = min(pause * 2, LONGEST_PAUSE)


def webhook_app(ingest: Ingest, secret: str) -> Litestar:
    """The HTTP side of a webhook: 200 only after the update is stored."""

    @post("/telegram", status_code=200)
    async def receive(request: Request[Any, Any, Any]) -> Response[None]:
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(), secret.encode()):
            return Response(None, status_code=403)
        try:
            update = json.loads(await request.body())
        except ValueError:
            return Response(None, status_code=400)
        if isinstance(update, dict):
            try:
                await ingest.keep([update])
            except sqlite3.Error as error:
                log.error("inbox.cannot_store", error=str(error))
                return Response(None, status_code=503)  # Telegram tries again
        return Response(None, status_code=200)

    @get("/health")
    async def health() -> dict[str, str]:
        return {"status": "ok"}

    return Litestar(
        [receive, health], openapi_config=None, request_max_body_size=1_000_000, logging_config=None
    )
