"""What a person did, in the words of no particular front end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from actions.turn import Attachment

# Kinds of messages that are not text; each has its own kind sentence (bot/other_kinds.py).
OtherKind = Literal[
    "photo", "voice", "video", "document", "sticker", "location", "contact", "poll", "dice", "other"
]


@dataclass(frozen=True)
class Incoming:
    """A text (perhaps a command), a pressed button, or something that is not text. Exactly one of them."""

    text: str | None = None
    button: str | None = None
    other: OtherKind | None = None
    edited: bool = False
    lang: str | None = None  # the language of the person's app, a hint only
    attachment: Attachment | None = None  # how to fetch what was sent, if it may be kept

    @property
    def command(self) -> tuple[str, str] | None:
        """("status", "KR-…") for "/status@SomeBot KR-…"; None for ordinary text."""
        if self.text is None or not self.text.startswith("/") or len(self.text) < 2:
            return None
        name, _, rest = self.text[1:].partition(" ")
        return name.partition("@")[0].lower(), rest.strip()
