"""How hard a text is to read: LIX, words per sentence plus the share of long words (Björnsson 1968).

Why LIX: it counts words, sentence ends and letters and nothing else, so it works the same in both languages. Formulas
such as Flesch were fitted to English syllables, and there is no agreed one for Indonesian.

Why a longer word in Indonesian: prefixes and suffixes (di-, ber-, -kan, -nya) make everyday words long. Of the same
articles more than a quarter of the Indonesian words have seven letters or more, and about a seventh of the English
ones; from eight letters on the shares agree, so that one limit is as strict in Indonesian as in English.

Why 30: on Björnsson's scale what lies below is easy, 40 is ordinary prose and 50 and more are official texts. A person
reads this on a small screen, frightened, or in a second language.
"""

from __future__ import annotations

import re

LONG_WORD = {"id": 8, "en": 7}  # letters from which a word counts as long
HARDEST = 30
LEAST_WORDS = 50  # in a shorter text each single word moves the share too much to mean anything
_SENTENCE_END = re.compile(r"(?<=[.!?…:])[\"”)]*\s+|\n")
_WORD = re.compile(r"[^\W\d_]+")


def sentences(text: str) -> list[str]:
    """The text cut after full stops, question and exclamation marks, colons and line ends."""
    return [part for part in _SENTENCE_END.split(text) if _WORD.search(part)]


def lix(texts: list[str], lang: str) -> float | None:
    """The LIX of texts read one after the other; None when they are too short to say."""
    words = [word for text in texts for word in _WORD.findall(text)]
    if len(words) < LEAST_WORDS:
        return None
    long_words = [word for word in words if len(word) >= LONG_WORD[lang]]
    return len(words) / sum(len(sentences(text)) for text in texts) + 100 * len(long_words) / len(words)
