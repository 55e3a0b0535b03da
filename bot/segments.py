"""Long messages in pieces: one need stands out in a few sentences, not in 5,000 characters."""

from __future__ import annotations

import re

LONGEST_SEGMENT = 220
MOST_SEGMENTS = 24
_SENTENCE_END = re.compile(r"(?<=[.!?…\n;])\s+")


def segments(text: str) -> list[str]:
    """The message cut at sentence ends into pieces of at most 220 characters; a short one stays whole."""
    text = text.strip()
    if len(text) <= LONGEST_SEGMENT:
        return [text]
    pieces: list[str] = []
    for sentence in _SENTENCE_END.split(text):
        for chunk in _fitting(sentence):
            if pieces and len(pieces[-1]) + 1 + len(chunk) <= LONGEST_SEGMENT:
                pieces[-1] = f"{pieces[-1]} {chunk}"
            else:
                pieces.append(chunk)
    if len(pieces) <= MOST_SEGMENTS:
        return pieces
    half = MOST_SEGMENTS // 2  # people say what they need at the beginning or at the end
    return pieces[:half] + pieces[-half:]


def _fitting(sentence: str) -> list[str]:
    chunks: list[str] = []
    for word in sentence.split():
        word = word[:LONGEST_SEGMENT]
        if chunks and len(chunks[-1]) + 1 + len(word) <= LONGEST_SEGMENT:
            chunks[-1] = f"{chunks[-1]} {word}"
        else:
            chunks.append(word)
    return chunks


# Where one need ends and another begins, in the ways people join them. The parts are only guesses: what they are about
# decides whether there are two needs (bot/nlu.py).
_JOINT = re.compile(
    r"[.!?…;\n]+\s+|\s[-–—]+\s|,?\s+\b(?:dan|dn|trus|trs|terus|tros|lalu|lantas|juga|jg|sama|sm|plus|selain itu|oh iya|oiya|o ya|btw|"
    r"satu lagi|1 lagi|satu lai|deng|lai|ju|and|also|then|another thing|by the way|one more thing)\b,?\s+",
    re.IGNORECASE,
)
LEAST_WORDS = 3
MOST_CLAUSES = 5


def clauses(text: str) -> list[str]:
    """The parts of a short message that may hold a need each; empty when it cannot be parted."""
    parts = [part.strip(" ,") for part in _JOINT.split(text) if part]
    whole: list[str] = []
    for part in parts:
        if whole and len(part.split()) < LEAST_WORDS:
            whole[-1] = f"{whole[-1]} {part}"
        elif part:
            whole.append(part)
    return whole[:MOST_CLAUSES] if len(whole) > 1 else []
