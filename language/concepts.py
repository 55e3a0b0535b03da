"""Concepts in a message, whatever language they are said in: "ibu kos", "the landlord" and "yg pny kos" are one thing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

CONCEPTS_FILE = Path(__file__).resolve().parent.parent / "nlu_data" / "lexicon" / "concepts.tsv"
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_PART = re.compile(rf"{_WORD.pattern}\*?")


class ConceptError(ValueError):
    """A line of the concept lexicon cannot be used; `str()` names it."""


@dataclass(frozen=True)
class Concepts:
    """Forms by their first word. A form is a sequence of words; a word that ends in * stands for all its endings."""

    exact: dict[str, list[tuple[tuple[str, ...], str]]]
    open: list[tuple[str, tuple[str, ...], str]]  # first word without its *, the whole form, concept
    shortest: int  # of the open first words

    def found_in(self, text: str) -> set[str]:
        """Names of the concepts a text mentions."""
        words = [word.replace("’", "'") for word in _WORD.findall(text.lower())]
        found = set()
        for at, word in enumerate(words):
            for form, concept in self.exact.get(word, ()):
                if _matches(form, words, at):
                    found.add(concept)
            for form, concept in self._open_at(word):
                if _matches(form, words, at):
                    found.add(concept)
        return found

    def _open_at(self, word: str) -> list[tuple[tuple[str, ...], str]]:
        return _open_forms(self, word)

    def __hash__(self) -> int:  # one lexicon per process: identity will do
        return id(self)


@lru_cache(maxsize=20_000)
def _open_forms(concepts: Concepts, word: str) -> list[tuple[tuple[str, ...], str]]:
    if len(word) < concepts.shortest:
        return []
    return [(form, concept) for first, form, concept in concepts.open if word.startswith(first)]


def _matches(form: tuple[str, ...], words: list[str], at: int) -> bool:
    if at + len(form) > len(words):
        return False
    return all(
        words[at + n].startswith(part[:-1]) if part.endswith("*") else words[at + n] == part
        for n, part in enumerate(form)
    )


@lru_cache(maxsize=1)
def load_concepts(path: Path = CONCEPTS_FILE) -> Concepts:
    """Read the lexicon. Raises ConceptError with the line number for a row that cannot be used."""
    exact: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    open_forms: list[tuple[str, tuple[str, ...], str]] = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#") or line == "concept\tforms":
            continue
        concept, tab, forms = line.partition("\t")
        if not tab or not forms.strip():
            raise ConceptError(
                f"{path.name}, line {number}: expected a concept and its forms, parted by a tab"
            )
        for written in forms.split("|"):
            form = tuple(_PART.findall(written.lower()))
            if not form:
                raise ConceptError(f"{path.name}, line {number}: cannot read the form '{written.strip()}'")
            if form[0].endswith("*"):
                open_forms.append((form[0][:-1], form, concept))
            else:
                exact.setdefault(form[0], []).append((form, concept))
    return Concepts(exact, open_forms, min((len(first) for first, *_ in open_forms), default=0))
