"""A new master key for everything the old one sealed. Stop it at any point and begin again: it goes on where it was.

The key file is given a new first line before anything is sealed with it, and keeps the old lines until nothing needs
them: there is no moment at which a value could not be opened. Case keys are wrapped anew; what they sealed stays.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from cryptography.fernet import Fernet
from sqlite_utils import Database

from store.database import write
from store.errors import KeyUnusable
from store.keys import Keyring
from store.soundness import MASTER_SEALED

BATCH = 500  # rows in one transaction: others wait for a moment only


def add_line(path: Path) -> None:
    """Put a new key first into the key file, which appears whole or not at all. Raises KeyUnusable."""
    _replace(path, [_new_line(), *_lines(path)])


def keep_newest_line(path: Path) -> None:
    """Take all but the newest key out of the file. Only when nothing needs them; older backups still do."""
    lines = _lines(path)
    newest = next(line for line in lines if line.startswith("fernet:"))
    _replace(path, [line for line in lines if line == newest or not line.startswith("fernet:")])


def unfinished(db: Database, keys: Keyring) -> bool:
    """Whether anything is sealed with an older key than the newest."""
    return any(_next_old(db, keys, *place, after=None, most=1) for place in MASTER_SEALED)


def reseal(db: Database, keys: Keyring) -> int:
    """Seal everything with the newest key, a batch in each transaction. Returns how many values that were."""
    return sum(_reseal_column(db, keys, *place) for place in MASTER_SEALED)


def _reseal_column(db: Database, keys: Keyring, table: str, key: str, column: str) -> int:
    done, after = 0, None
    while True:
        with write(db):  # a transaction of our own, against the rule: the whole in one would hold everyone up
            old = _next_old(db, keys, table, key, column, after, BATCH)
            for name, renewed in old:
                db.execute(f"update {table} set {column} = ? where {key} = ?", [renewed, name])
        if not old:
            return done
        done, after = done + len(old), old[-1][0]


def _next_old(
    db: Database, keys: Keyring, table: str, key: str, column: str, after: object, most: int
) -> list[tuple[object, bytes]]:
    """The next rows sealed with an older key, and how they look with the newest."""
    found: list[tuple[object, bytes]] = []
    rows = db.execute(
        f"select {key}, {column} from {table} where {column} is not null and (? is null or {key} > ?) order by {key}",
        [after, after],
    )
    for name, sealed in rows:
        renewed = keys.newest_first(sealed)
        if renewed is not None:
            found.append((name, renewed))
            if len(found) == most:
                break
    rows.close()
    return found


def _new_line() -> str:
    return f"fernet:{Fernet.generate_key().decode()}"


def _lines(path: Path) -> list[str]:
    return path.read_text("ascii").split()


def _replace(path: Path, lines: list[str]) -> None:
    path = path.resolve()  # a link to a mounted secret stays a link
    begun = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        descriptor = os.open(begun, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write("".join(f"{line}\n" for line in lines))
            file.flush()
            os.fsync(descriptor)
        begun.replace(path)
        folder = os.open(path.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)
    except OSError as error:
        begun.unlink(missing_ok=True)
        raise KeyUnusable(f"The key file {path} cannot be changed: {error.strerror}.") from None
