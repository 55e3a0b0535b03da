"""Rewrite a message into standard Indonesian words, token by token, keeping the original offsets.

Forms that also mean something else ("maybe" in the lexicon) are rewritten only in context:
eastern ones when the message holds one sure eastern function word or two different eastern forms,
chat ones when another chat or eastern form stands beside them, Balinese ones beside another Balinese word,
Javanese ones beside a word that is surely Javanese.
Two short words mean one thing in Flores and Sumba (the lexicon's) and another in Kupang, which says "beta" for "I".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from language.clean import clean, plain_word
from language.detect import looks_english
from language.lexicon import Entry, Lexicon, default_lexicon

KUPANG_I = {"beta", "bet", "be", "b"}
IN_KUPANG = {"sa": "saja", "te": "sebab"}  # elsewhere: saya, tidak
WORD = re.compile(r"\w+(?:['’-]\w+)*")


@dataclass(frozen=True)
class NormalToken:
    """A word as typed, where it stands in the cleaned text, and its standard form ("" when dropped)."""

    text: str
    start: int
    end: int
    standard: str


def normal_tokens(text: str, lexicon: Lexicon | None = None) -> list[NormalToken]:
    """Tokens of `text` with their standard forms; English messages are left as typed."""
    lexicon = lexicon or default_lexicon()
    spans = [(m.group(), m.start(), m.end()) for m in WORD.finditer(text)]
    words = [plain_word(word) for word, _, _ in spans]
    hits = {} if looks_english(words) else _hits(words, lexicon)
    tokens, at = [], 0
    while at < len(spans):
        entry = hits.get(at)
        length = len(entry.words) if entry else 1
        for offset in range(length):
            typed, start, end = spans[at + offset]
            # The first word of a longer form carries the whole standard form.
            standard = words[at] if entry is None else (entry.standard if offset == 0 else "")
            tokens.append(NormalToken(typed, start, end, standard))
        at += length
    return tokens


def normalise(text: str, lexicon: Lexicon | None = None) -> str:
    """The message in standard words, lower case, single spaces: "sa su pi" → "saya sudah pergi"."""
    return " ".join(t.standard for t in normal_tokens(clean(text), lexicon) if t.standard)


def eastern_evidence(text: str, lexicon: Lexicon | None = None) -> bool:
    """Whether the message is clearly in an eastern Malay (Kupang, Flores, Sumba …)."""
    words = [plain_word(m.group()) for m in WORD.finditer(text)]
    return _is_eastern(_candidates(words, lexicon or default_lexicon()))


def _candidates(words: list[str], lexicon: Lexicon) -> dict[int, Entry]:
    found, at = {}, 0
    while at < len(words):
        entry = lexicon.longest_match(words, at)
        if entry:
            found[at] = entry
        at += len(entry.words) if entry else 1
    return found


def _hits(words: list[str], lexicon: Lexicon) -> dict[int, Entry]:
    found = _candidates(words, lexicon)
    tongues = [e.tongue for e in found.values()]
    eastern = _is_eastern(found)
    casual = eastern or tongues.count("chat") >= 2
    balinese = tongues.count("balinese") >= 2
    javanese = any(e.sure and e.tongue == "javanese" for e in found.values())
    allowed = {
        "eastern": eastern,
        "chat": casual,
        "balinese": balinese,
        "javanese": javanese,
        "name": eastern,
    }
    kupang = not KUPANG_I.isdisjoint(words)
    return {
        at: replace(e, standard=IN_KUPANG[words[at]])
        if kupang and e.words[0] in IN_KUPANG and len(e.words) == 1
        else e
        for at, e in found.items()
        if e.sure or allowed.get(e.tongue, False)
    }


def _is_eastern(found: dict[int, Entry]) -> bool:
    eastern = [e for e in found.values() if e.tongue == "eastern"]
    return any(e.is_evidence for e in eastern) or len({e.words for e in eastern}) >= 2
