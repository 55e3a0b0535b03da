"""Fetch the files people sent with a report from Telegram, and keep them encrypted in the case."""

from __future__ import annotations

import asyncio
import sqlite3

import structlog
from telegram.error import BadRequest, Forbidden, TelegramError
from telegram.ext import ExtBot

from store import evidence
from store.evidence import Pending
from store.keys import Keyring
from store.pictures import PICTURES, NotAPicture, without_metadata
from store.writer import Writer

log = structlog.get_logger()
LOOK_AGAIN = 3.0  # seconds
LONGEST_PAUSE = 3600.0


class Fetcher:
    """Looks every few seconds for files that are still to be fetched."""

    def __init__(self, bot: ExtBot[None], writer: Writer, keys: Keyring) -> None:
        self._bot = bot
        self._writer = writer
        self._keys = keys

    async def fetch_forever(self) -> None:
        """A file that cannot be had now is tried again, ever more rarely, for about a day."""
        while True:
            try:
                pending = await self._writer.run(evidence.due, self._keys)
                for file in pending:
                    await self._fetch(file)
            except sqlite3.Error as error:
                log.error("store.cannot_write", error=str(error))
                pending = []
            if not pending:
                await asyncio.sleep(LOOK_AGAIN)

    async def _fetch(self, file: Pending) -> None:
        try:
            described = await self._bot.get_file(file.file_id)
            if (described.file_size or 0) > evidence.MOST_BYTES:
                raise BadRequest("too large")
            content = bytes(await described.download_as_bytearray())
            if len(content) > evidence.MOST_BYTES:
                raise BadRequest("too large")
            mime = file.mime
            if file.kind == "photo" or mime in PICTURES:
                content, mime = await asyncio.to_thread(without_metadata, content)
        except (BadRequest, Forbidden, NotAPicture) as error:
            log.warning("evidence.given_up", error=type(error).__name__)
            await self._writer.run(evidence.give_up, file.id)
            return
        except (TelegramError, OSError) as error:
            pause = min(LONGEST_PAUSE, 10.0 * 4**file.attempts)
            log.warning("evidence.again", error=type(error).__name__, retry_in=pause)
            await self._writer.run(evidence.later, file.id, pause)
            return
        await self._writer.run(evidence.keep, self._keys, file.id, content, mime)
