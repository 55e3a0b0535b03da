"""Passwords: what one must be like, and argon2id hashes of them. Slow on purpose: call it outside of a transaction."""

from __future__ import annotations

import secrets
import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST = 12
LONGEST = 200
LEAST_DIFFERENT = 5
_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that looks like something else on a slip of paper
_HASHER = PasswordHasher()  # argon2id with the library's present recommendation


class WeakPassword(ValueError):
    """The password is too easy to guess; `reason` is short, long, same or login."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def hashed(password: str, login: str) -> str:
    """The hash to store for a password this member chose. Raises WeakPassword."""
    plain = _normal(password)
    if len(plain) < SHORTEST:
        raise WeakPassword("short")
    if len(plain) > LONGEST:
        raise WeakPassword("long")
    if len(set(plain.lower())) < LEAST_DIFFERENT:
        raise WeakPassword("same")
    if login in plain.lower() and len(plain) - len(login) < SHORTEST:
        raise WeakPassword("login")
    return _HASHER.hash(plain)


def one_time() -> tuple[str, str]:
    """A random password to hand over: (as shown, its hash)."""
    shown = "-".join("".join(secrets.choice(_SIGNS) for _ in range(5)) for _ in range(3))
    return shown, _HASHER.hash(shown)


def fits(password: str, stored: str | None) -> bool:
    """Whether the password is the one behind the hash. Without a hash it takes as long and is never true."""
    try:
        _HASHER.verify(stored or _nobodys(), _normal(password[: LONGEST + 1]))
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None


def renewed(password: str, stored: str) -> str | None:
    """A new hash of a password that fits, when today's recommendation is stricter than it was."""
    return _HASHER.hash(_normal(password)) if _HASHER.check_needs_rehash(stored) else None


@cache
def _nobodys() -> str:
    return _HASHER.hash(secrets.token_hex())


def _normal(password: str) -> str:
    """One form for what different keyboards make of the same letters."""
    return unicodedata.normalize("NFKC", password)
