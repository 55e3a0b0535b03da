"""What a person saw of one step, and how labels are found by those who write scripts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Seen:
    """The messages that came, and as much of the decision behind them as can be known. None: cannot be known here."""

    texts: tuple[str, ...] = ()
    buttons: tuple[str, ...] = ()
    decision: str | None = None
    article: str | None = None
    language: str | None = None
    form: str | None = None
    cleared: bool | None = None
    delivery: str | None = None

    @property
    def text(self) -> str:
        return "\n".join(self.texts)


class NoSuchButton(AssertionError):
    """There is no such button on the screen."""


def find_label(wanted: str, labels: Sequence[str]) -> str:
    """The label as it is shown, from one written without its emoji. Raises NoSuchButton."""
    for label in labels:
        if label == wanted:
            return label
    for label in labels:
        if _letters(wanted) and _letters(label) == _letters(wanted):
            return label
    raise NoSuchButton(f"no button {wanted!r}; there are: {', '.join(dict.fromkeys(labels)) or 'none'}")


def plain(text: str) -> str:
    """As phrases are compared: small letters, one space, straight quotes."""
    return " ".join(text.lower().replace("’", "'").split())


def _letters(label: str) -> str:
    return " ".join(re.findall(r"\w+", label.lower()))
