"""The word list that turns eastern Indonesian and SMS spellings into standard Indonesian."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path

from language.clean import plain_word

LEXICON_FILE = Path(__file__).parent.parent / "nlu_data" / "lexicon" / "eastern.tsv"

COLUMNS = ["form", "standard", "tongue", "certainty", "kind"]
KNOWN = {  # what may stand in a column
    "tongue": {"eastern", "chat", "balinese", "javanese", "name"},
    "certainty": {"sure", "maybe"},
    "kind": {"function", "content", "place"},
}


class LexiconError(ValueError):
    """The lexicon file cannot be used; the message names the line and what is wrong."""


@dataclass(frozen=True)
class Entry:
    """One form and the standard words it stands for (empty: the form is dropped)."""

    words: tuple[str, ...]
    standard: str
    tongue: str
    sure: bool
    function_word: bool

    @property
    def is_evidence(self) -> bool:
        """Whether this form alone shows that the writer uses an eastern Malay."""
        return self.sure and self.function_word and self.tongue == "eastern"


@dataclass(frozen=True)
class Lexicon:
    """All entries, keyed by their first word, longest form first."""

    by_first_word: dict[str, tuple[Entry, ...]] = field(default_factory=dict)

    @cached_property
    def evidence(self) -> frozenset[str]:
        """Single words that show an eastern Malay all by themselves."""
        entries = (e for entries in self.by_first_word.values() for e in entries)
        return frozenset(e.words[0] for e in entries if e.is_evidence and len(e.words) == 1)

    def longest_match(self, words: list[str], at: int) -> Entry | None:
        """The longest entry that stands at position `at` of `words` (lower case)."""
        for entry in self.by_first_word.get(words[at], ()):
            if tuple(words[at : at + len(entry.words)]) == entry.words:
                return entry
        return None


def read_lexicon(path: Path = LEXICON_FILE) -> Lexicon:
    """Read a lexicon TSV. Raises LexiconError with the line number for a row that is malformed."""
    found: dict[str, list[Entry]] = {}
    with path.open(encoding="utf-8", newline="") as lines:
        numbered = ((n, line) for n, line in enumerate(lines, 1) if not line.startswith("#"))
        for number, line in numbered:
            row = next(csv.reader([line], delimiter="\t", quoting=csv.QUOTE_NONE))
            if row == COLUMNS:
                continue
            if len(row) != len(COLUMNS) or not row[0].strip():
                raise LexiconError(f"{path.name}, line {number}: expected {COLUMNS}, got {row}")
            for column, value in zip(COLUMNS, row, strict=True):
                if value not in KNOWN.get(column, {value}):
                    raise LexiconError(f"{path.name}, line {number}: '{value}' is not a {column}")
            form, standard, tongue, certainty, kind = row
            entry = Entry(
                words=tuple(plain_word(word) for word in form.split()),
                standard="" if standard == "-" else standard,
                tongue=tongue,
                sure=certainty == "sure",
                function_word=kind == "function",
            )
            found.setdefault(entry.words[0], []).append(entry)
    return Lexicon(
        {
            first: tuple(sorted(entries, key=lambda e: len(e.words), reverse=True))
            for first, entries in found.items()
        }
    )


@lru_cache(maxsize=1)
def default_lexicon() -> Lexicon:
    """The lexicon in nlu_data/, read once."""
    return read_lexicon()
