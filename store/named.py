"""Which members of staff somebody's words may mean: "jangan Maria", "pak Yosep di kantor"."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from sqlite_utils import Database

_ALIKE = 0.8  # "Yosep" for "Yosef", "Mariah" for "Maria": rather one too many, a lead puts it right
_SHORTEST = 3  # shorter pieces of names ("de", "al") are everywhere


def named(db: Database, words: str) -> list[str]:
    """Logins of all accounts these words may mean, by login or by any part of the name."""
    text = words.casefold()
    heard = _pieces(text)
    return [
        row["login"]
        for row in db.query("select login, name from staff order by login")
        if re.search(rf"(?<![a-z0-9]){re.escape(row['login'])}(?![a-z0-9])", text)
        or any(
            _alike(piece, word) for piece in _pieces(f"{row['name'] or ''} {row['login']}") for word in heard
        )
    ]


def _pieces(text: str) -> set[str]:
    return {word for word in re.split(r"[\W\d_]+", text.casefold()) if len(word) >= _SHORTEST}


def _alike(one: str, other: str) -> bool:
    return one == other or SequenceMatcher(None, one, other).ratio() >= _ALIKE
