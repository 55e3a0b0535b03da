"""The store as an operator's command opens it: beside a running bot, for a moment, with its own connection."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlite_utils import Database

from kawan.settings import load_settings
from store.database import FILE_NAME, explain, open_database
from store.errors import StoreUnusable
from store.keys import Keyring, load_keyring


@contextmanager
def operator_store() -> Iterator[tuple[Database, Keyring]]:
    """Database and keys from the settings. Raises StoreError with a sentence for what the operator can mend."""
    settings = load_settings()
    keys = load_keyring(settings.key_file, create=not (settings.data_dir / FILE_NAME).exists())
    db = open_database(settings.data_dir)
    try:
        yield db, keys
    except sqlite3.Error as error:
        raise StoreUnusable(explain(error, settings.data_dir)) from None
    finally:
        db.close()
