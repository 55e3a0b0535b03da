"""Take out of a message what no one can see and what no component can read."""

from __future__ import annotations

import re
import unicodedata

_STRETCHED = re.compile(r"([^\W\d])\1{2,}")
_TWICE = re.compile(r"([^\W\d]{2,})2")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u00ad]")


def clean(text: str) -> str:
    """Compose characters; drop zero-width and direction marks, NUL and lone surrogates."""
    text = unicodedata.normalize("NFC", text).replace("\x00", " ")
    return _INVISIBLE.sub("", text).encode("utf-8", "ignore").decode("utf-8")


def plain_word(word: str) -> str:
    """A word as the lexicon knows it: lower case, "tolooong" → "tolong", "ana2" → "ana-ana"."""
    word = _STRETCHED.sub(r"\1", word.lower().replace("’", "'"))
    doubled = _TWICE.fullmatch(word)
    return f"{doubled[1]}-{doubled[1]}" if doubled else word
