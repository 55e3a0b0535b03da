"""Take out of a message what no one can see and what no component can read."""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u00ad]")


def clean(text: str) -> str:
    """Compose characters; drop zero-width and direction marks, NUL and lone surrogates."""
    text = unicodedata.normalize("NFC", text).replace("\x00", " ")
    return _INVISIBLE.sub("", text).encode("utf-8", "ignore").decode("utf-8")
