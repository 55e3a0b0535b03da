"""Find the names of people and small places in a text: by lists, by what stands before a word, by being a stranger.

A stranger is a word that nothing of ours knows. Regions, cities and islands stay, because they help to understand and
are large enough to hide in; so do institutions.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from language.clean import plain_word
from language.known_words import WORD, known_words
from language.name_cues import CUE, FUNCTION, GATES, HOUSES, KINDS, LEADS, LENGTHS, PEOPLE, lowered

LONGEST = 6  # words a name without a cue may have
SAYABLE = re.compile(r"(?=.*[aeiou])(?!.*[^aeiou\d\W]{4})[^\W\d_]{3,}")  # what is not, is a shortened word
STEM = re.compile(r"(?:[dks]i|[ks]e|[bt]er|[mp]e[mn]?)?(\w{4,}?)(?:nya|[km]u|[kl]ah|k?an|in|i|s|ing|ed)?")
VERB = re.compile(
    r"(?i:[mp]e[mn][gy]?)[a-z]{4,}|(?i:[a-z]{4,}(?:nya|kah|kan))|(?:di|d(?=[bcdgkmnpst])|[bt]er|nge?|ny)[a-z]{4,}"
)
NUMBERED = re.compile(  # the rest of an address
    r"(?:[\s,]*(?:no|nomor|nmr|kav|blok)\b\.?\s*[a-z]?\d\w{0,3}\b|\s+[ivx]+\b|\s+\d{1,3}[a-z]?\b(?!\s*\w))+"
)


def without_names(text: str) -> tuple[str, int]:
    """The text with [nama], [tempat] and [akun] in place of names, and how many there were."""
    return _Words(text).replaced()


class _Words:
    """The words of a text, and which of them are names or places."""

    def __init__(self, text: str) -> None:
        self.text, self.small, self.known = text, lowered(text), known_words()
        self.spans = [match.span() for match in WORD.finditer(text)]
        self.typed = [text[start:end] for start, end in self.spans]
        lows = [word.lower() for word in self.typed]
        self.low = [low if low in self.known["ordinary"] else plain_word(low) for low in lows]
        self.listed = [self._is_listed(low) for low in self.low]
        # Where nearly every word is capitalised, capitals tell nothing.
        loud = sum(word.isupper() for word in self.typed) * 2 > len(self.typed)
        loud |= sum(word[0].isupper() for word in self.typed) * 5 > len(self.typed) * 4 > 20
        self.raised = [word[0].isupper() and not loud for word in self.typed]

    def replaced(self) -> tuple[str, int]:
        parts, done, found, at = list[str](), 0, 0, 0
        while at < len(self.spans):
            first, last, label = self._found_at(at)
            if label and self.spans[first][0] >= done:
                number = NUMBERED.match(self.small, self.spans[last - 1][1]) if label == "tempat" else None
                parts += [self.text[done : self.spans[first][0]], f"[{label}]"]
                done, found = number.end() if number else self.spans[last - 1][1], found + 1
            at = last
        return "".join([*parts, self.text[done:]]), found

    def _found_at(self, at: int) -> tuple[int, int, str]:
        """First word and end of the name that stands or is announced here, and its label; "" where there is none."""
        before = self.low[at - 1] if at else ""
        if cue := CUE.match(self.small, self.spans[at][0]):
            kind = cue.lastgroup or ""
            first = next((i for i in range(at, len(self.spans)) if self.spans[i][0] >= cue.end()), at)
            first += self._size(first, "stays") if kind == "house" else 0
            last = self._end(first, LENGTHS[kind], lambda i: self._fits(i, kind, i > first))
            if last > first:
                return first, last, "nama" if kind in PEOPLE else "akun" if kind == "account" else "tempat"
        if size := self._size(at, "stays") or self._size(at, "place"):
            goes = before not in GATES and not self._size(at, "stays")
            return at, at + size, "tempat" if goes else ""
        last = self._end(at, LONGEST, lambda i: self._is_name(i, i > at))
        place = (before in LEADS and not self.listed[at]) or "".join(self.low[last : last + 1]) in HOUSES
        return at, max(last, at + 1), "" if last == at else "tempat" if place else "nama"

    def _end(self, first: int, longest: int, fits: Callable[[int], bool]) -> int:
        """The end of the words from `first` on that fit and stand together."""
        last = first
        until = min(first + longest, len(self.spans))
        while last < until and (last == first or self._joined(last)) and fits(last):
            last += 1
        return last

    def _joined(self, at: int) -> bool:
        """Whether only space, or the point of an initial, stands before this word."""
        gap = self.text[self.spans[at - 1][1] : self.spans[at][0]] if 0 < at < len(self.spans) else ""
        return (gap.isspace() and "\n" not in gap) or (gap == ". " and len(self.typed[at - 1]) <= 2)

    def _size(self, at: int, kind: str) -> int:
        """How many words from here on are a phrase of that list."""
        if at >= len(self.low) or self.low[at] not in self.known["start"]:
            return 0
        words = self.low[at : at + 4]
        return next((n for n in range(len(words), 0, -1) if " ".join(words[:n]) in self.known[kind]), 0)

    def _is_listed(self, low: str) -> bool:
        if low.isalpha():
            return low in self.known["name"]
        parts = set(re.split("['’-]", low))
        return not self.known["name"].isdisjoint(parts) and (len(parts) > 1 or "-" not in low)

    def _is_stranger(self, at: int) -> bool:
        """Whether no list has this word, neither whole nor without what Indonesian puts before and after a word."""
        parts = {self.low[at], re.split("['’-]", self.low[at])[0]}
        parts |= {stem[1] for part in parts if (stem := STEM.fullmatch(part))}
        return parts.isdisjoint(self.known["ordinary"]) and not VERB.fullmatch(self.typed[at])

    def _is_acronym(self, at: int) -> bool:
        word = self.typed[at].split("-")[0]
        return word.isupper() and (2 <= len(word) <= 4 or not SAYABLE.fullmatch(word.lower()))

    def _is_name(self, at: int, inside: bool) -> bool:
        """Whether this is (inside: goes on) a name without any cue: by the list, or a capitalised stranger."""
        low, also = self.low[at], self.low[at] in self.known["name?"]
        common = low in self.known["common"]
        followed = self._joined(at + 1)
        if self.listed[at] or (also and not common and followed and self.listed[at + 1]):
            return True
        if not self.raised[at] or not low[:1].isalpha():
            return False
        between = self._joined(at) and not self.raised[at - 1]
        if low in self.known["place?"]:
            return between and self.low[at - 1] in LEADS
        if followed and self.raised[at + 1]:
            if self.low[at + 1] in HOUSES or (also and self.listed[at + 1]):
                return not common or also
            between = False
        if also or len(low) == 1:
            return inside or (also and between)
        return self._is_stranger(at) and not self._is_acronym(at) and not self.typed[at][:2].isupper()

    def _fits(self, at: int, kind: str, inside: bool) -> bool:
        """Whether this word can be (inside: go on) the name after such a cue."""
        low, raised = self.low[at], self.raised[at]
        also, rare = low in self.known["name?"], low not in self.known["common"]
        stays = self._size(at, "stays") and not also and not (raised and kind == "street")
        if self.listed[at] or stays:
            return self.listed[at]
        strange = self._is_stranger(at) and (kind in ("sure", "account") or bool(SAYABLE.fullmatch(low)))
        if kind == "account" or (self._is_acronym(at) and not also):
            return strange and kind in ("account", "house")
        if kind == "sure":
            return strange or (raised and rare) or (also and (rare or self.typed[at][0].isupper()))
        if kind in PEOPLE:
            return strange or (also and (raised or (rare and kind == "title")))
        if self._size(at, "place") or (kind == "area" and low in self.known["place?"]):
            return True
        if raised and (rare or also or ((inside or kind == "street") and low not in FUNCTION)):
            return True
        return strange or (also and rare and low not in KINDS)
