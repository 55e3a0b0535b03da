"""Which words are known: names of people, places that stay and places that go, and ordinary words.

Ordinary is what the training messages and the lexicon say. So the list grows with the model and needs no care.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from pathlib import Path

from language.clean import plain_word
from language.lexicon import LEXICON_FILE, default_lexicon
from language.name_cues import AREA, CUE, FUNCTION, HOUSE, LEADS, TITLE, lowered

NAMES_FILE = Path(__file__).parent / "names.txt"
DATA = LEXICON_FILE.parent.parent
COMMON = 600  # a word of one training message in so many is a name only if the list of names says so
SURE = 4000  # a word that is capitalised in one message in so many is no slip and no stranger
WORDS_TOO = {"lembar", "lewa", "paga", "reo", "boru", "pota", "wini", "batur"}  # places and words
MARKS = {"?": "name?", "!": "stays"}  # in names.txt
WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")

_ENTRY = re.compile(r"^    - (.+)$", re.M)


@lru_cache(maxsize=1)
def known_words() -> dict[str, set[str]]:
    """Words and phrases in lower case, by what they are; read once.

    A question mark (name?, place?) says that it is an everyday word as well. "start" is how phrases begin.
    """
    known: dict[str, set[str]] = {"name": set(), "name?": set(), "stays": set()}
    for line in NAMES_FILE.read_text("utf-8").splitlines():
        if line and line[0] != "#":
            for kind in [kind for mark, kind in MARKS.items() if mark in line] or ["name"]:
                known[kind].add(line.rstrip(" ?!"))
    places, _, also = (DATA / "lookups" / "places.yml").read_text("utf-8").lower().partition("place_word")
    known["place?"] = WORDS_TOO.union(_ENTRY.findall(also)) - known["stays"] - {"banjar"}
    known["place"] = {" ".join(WORD.findall(place)) for place in _ENTRY.findall(places)}
    known["place"] -= known["place?"] | known["stays"]
    known["start"] = {phrase.split()[0] for phrase in known["place"] | known["stays"]}
    texts = (file.read_text("utf-8") for file in DATA.glob("*.yml"))
    messages = [line for text in texts for line in _ENTRY.findall(text)]
    small, raised = _seen(messages)
    entries = [entry for entries in default_lexicon().by_first_word.values() for entry in entries]
    words = [(*entry.words, *entry.standard.split()) for entry in entries if entry.tongue != "name"]
    common = {word for word, times in small.items() if times * COMMON >= len(messages)}
    known["common"] = common.union(FUNCTION, *words)
    known["ordinary"] = {word for word, times in raised.items() if times * SURE >= len(messages)}
    known["ordinary"].update(plain_word(word) for word in small)
    known["ordinary"] |= known["common"] | known["stays"] | set(re.findall(r"\w{2,}", TITLE + HOUSE + AREA))
    return known


def _seen(lines: list[str]) -> tuple[Counter[str], Counter[str]]:
    """How often words stand there in lower case, save where a name is to be expected; and how often capitalised."""
    pairs = Counter[tuple[str, str]]()
    for words in map(WORD.findall, lines):
        pairs.update(zip(["", *words], words, strict=False))
    befores = {before for before, _ in pairs}
    cues = {word for word in befores if CUE.match(f"{lowered(word)} x")}
    small, raised = Counter[str](), Counter[str]()
    for (before, word), times in pairs.items():
        if word[0].isupper():
            raised[word.lower()] += times
        elif word.islower() and before not in cues and before.lower() not in LEADS:
            small[word] += times
    return small, raised
