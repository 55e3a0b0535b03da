"""How a long-running process begins: alone on its folder, with keys that fit, and how it is told to end."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlite_utils import Database

from kawan.settings import Settings
from store.database import FILE_NAME, open_database, take_lock
from store.keys import Keyring, load_keyring
from store.writer import Writer


def told_to_stop() -> asyncio.Event:
    """Set by SIGTERM and by Ctrl-C, from now on."""
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    return stop


@asynccontextmanager
async def running_store(settings: Settings) -> AsyncIterator[tuple[Writer, Keyring]]:
    """The one writing connection and the keys, until the block ends. Raises StoreError with a sentence to print."""
    lock = take_lock(settings.data_dir)
    try:
        # A new key only for a new database: a mistyped path must not pass for a fresh start.
        fresh = not (settings.data_dir / FILE_NAME).exists()
        keys = load_keyring(settings.key_file, create=fresh)
        writer = Writer(open_database(settings.data_dir))
        try:
            await writer.run(_check_key, keys)
            yield writer, keys
        finally:
            writer.close()
    finally:
        lock.close()


def _check_key(db: Database, keys: Keyring) -> None:
    """Fail at the start, not at the first message, when the key is not this database's."""
    for row in db.query("select state from trackers limit 1"):
        keys.unseal(row["state"])
    for row in db.query("select case_key from referrals limit 1"):
        keys.case(row["case_key"])
    for row in db.query("select totp from staff where totp is not null limit 1"):
        keys.unseal(row["totp"])
