"""The key file and what is done with it: encrypt, decrypt, wrap case keys, look up chats without storing their id.

The file holds one `lookup:` line (HMAC key, never rotated: it names rows) and one or more `fernet:` lines, newest
first (the first encrypts, all decrypt). It lies outside the data folder, so a copied database betrays no one.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from store.errors import KeyUnusable


class Keyring:
    """Encrypts with the newest key, decrypts with any; JSON in, bytes out."""

    def __init__(self, lookup_key: bytes, fernet_keys: list[bytes]) -> None:
        self._lookup_key = lookup_key
        self._fernet = MultiFernet([Fernet(key) for key in fernet_keys])
        self._newest = Fernet(fernet_keys[0])

    def seal(self, value: Any) -> bytes:
        """Encrypt a JSON value."""
        return self._fernet.encrypt(json.dumps(value, ensure_ascii=False).encode())

    def unseal(self, sealed: bytes) -> Any:
        """Decrypt what `seal` made. Raises KeyUnusable when this key did not write it."""
        try:
            return json.loads(self._fernet.decrypt(sealed))
        except InvalidToken:
            raise KeyUnusable(
                "The key file does not fit this database. Point KAWAN_KEY_FILE at the key it was written with."
            ) from None

    def seal_bytes(self, content: bytes) -> bytes:
        """Encrypt a file."""
        return self._fernet.encrypt(content)

    def unseal_bytes(self, sealed: bytes) -> bytes:
        """Decrypt what `seal_bytes` made. Raises KeyUnusable when this key did not write it."""
        try:
            return self._fernet.decrypt(sealed)
        except InvalidToken:
            raise KeyUnusable("The key file does not fit this file of a case.") from None

    def newest_first(self, sealed: bytes) -> bytes | None:
        """What an older key sealed, sealed with the newest; None when it is already. Raises KeyUnusable."""
        try:
            self._newest.decrypt(sealed)
            return None
        except InvalidToken:
            pass
        try:
            return self._fernet.rotate(sealed)
        except InvalidToken:
            raise KeyUnusable("The key file does not fit this database.") from None

    def new_case(self) -> tuple[bytes, "Keyring"]:
        """A random key for one case: (wrapped for storing, ready for use)."""
        key = Fernet.generate_key()
        return self._fernet.encrypt(key), Keyring(self._lookup_key, [key])

    def case(self, wrapped: bytes) -> "Keyring":
        """The keyring of a case from its wrapped key."""
        try:
            return Keyring(self._lookup_key, [self._fernet.decrypt(wrapped)])
        except InvalidToken:
            raise KeyUnusable("The key file does not open this case.") from None

    def name_of(self, chat_id: int | str) -> str:
        """The name under which rows of a chat are found: an HMAC, 32 hex signs."""
        digest = hmac.new(self._lookup_key, str(chat_id).encode(), hashlib.sha256)
        return digest.hexdigest()[:32]


def temporary_keyring() -> Keyring:
    """Keys that die with the process, for `kawan ask` and `kawan chat`."""
    return Keyring(secrets.token_bytes(32), [Fernet.generate_key()])


def load_keyring(path: Path, *, create: bool) -> Keyring:
    """Read the key file; with `create`, make one (mode 0600) if it is missing. Raises KeyUnusable."""
    if not path.exists():
        if not create:
            raise KeyUnusable(f"There is no key file at {path}. Set KAWAN_KEY_FILE.")
        _write_new(path)
    try:
        pairs = [line.split(":", 1) for line in path.read_text("ascii").split() if ":" in line]
        lookup = [bytes.fromhex(value) for name, value in pairs if name == "lookup"]
        fernets = [value.encode() for name, value in pairs if name == "fernet"]
        return Keyring(lookup[0], fernets)
    except OSError as error:
        raise KeyUnusable(f"The key file {path} cannot be read: {error.strerror}.") from None
    except (ValueError, IndexError):
        raise KeyUnusable(
            f"The key file {path} is damaged: it needs one 'lookup:' and at least one 'fernet:' line."
        ) from None


def _write_new(path: Path) -> None:
    """Appears whole or not at all: another process may look, or the power fail, at any moment."""
    begun = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(begun, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "w") as file:
                file.write(f"lookup:{secrets.token_hex(32)}\nfernet:{Fernet.generate_key().decode()}\n")
                file.flush()
                os.fsync(descriptor)
            os.link(begun, path)
        finally:
            begun.unlink()
    except FileExistsError:
        return  # another process was quicker; its key counts
    except OSError as error:
        raise KeyUnusable(f"A key file cannot be made at {path}: {error.strerror}.") from None
