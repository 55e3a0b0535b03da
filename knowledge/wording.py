"""How an article may be worded: nothing that must not be said, no numbers of its own, doubt passed on, plain sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from knowledge.library import KnowledgeError
from knowledge.model import Article
from knowledge.readability import HARDEST, lix, sentences

LONGEST_SENTENCE = 25  # words
# An article that rests on a likely fact must pass the doubt on to the reader.
HEDGES = {
    "id": re.compile(r"\b(biasanya|umumnya|dilaporkan|tanya\w*|pastikan|cek|mungkin|bisa berbeda)\b", re.I),
    "en": re.compile(
        r"\b(usually|generally|normally|often|reported\w*|ask|check|may|might|can differ)\b", re.I
    ),
}
PHONE_OR_ADDRESS = re.compile(
    r"(?<![\w./-])(?:\+62|08)[\d -]{6,}|\(0\d{2,3}\)\s?\d|(?<!\w)(?:Jl\.|Jln\.|Jalan [A-Z][a-z]+ (?:[A-Z]|No))|https?://|www\."
)


@dataclass(frozen=True)
class Forbidden:
    """A pattern no article may contain, why, a sample it must catch, and near misses it must let pass."""

    pattern: re.Pattern[str]
    why: str
    sample: str
    allowed: tuple[str, ...] = ()


def read_forbidden(path: Path) -> list[Forbidden]:
    """The rules of knowledge/forbidden.yml. Raises KnowledgeError naming the rule that cannot be read."""
    try:
        entries = yaml.safe_load(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise KnowledgeError(f"{path}: {error}") from None
    if not isinstance(entries, list):
        raise KnowledgeError(f"{path}: must be a list of entries that begin with '- pattern: …'")
    return [_forbidden(path, number, entry) for number, entry in enumerate(entries, 1)]


def check_forbidden(rules: list[Forbidden]) -> Iterator[str]:
    """A pattern that misses its own sample watches nothing; one that hits a near miss cries wolf."""
    for rule in rules:
        if not rule.pattern.search(rule.sample):
            yield f"forbidden.yml: '{rule.why}' does not catch its sample '{rule.sample}'"
        for text in rule.allowed:
            yield from (
                f"forbidden.yml: '{other.why}' must let pass '{text}'"
                for other in rules
                if other.pattern.search(text)
            )


def forbidden_in(article: Article, rules: list[Forbidden]) -> Iterator[str]:
    """Why parts of this article may not be said."""
    for text in (article.title, article.short, *article.steps, *article.basis):
        for rule in rules:
            found = rule.pattern.search(text)
            if found:
                yield f"'{found.group()}': {rule.why}"


def hedged(text: str, lang: str) -> bool:
    """Whether a text passes a doubt on: 'biasanya', 'tanyakan ke …', 'usually', 'ask …'."""
    return bool(HEDGES[lang].search(text))


def plainness(article: Article) -> Iterator[str]:
    """Numbers that belong in the directory, sentences nobody reads to the end, a text too hard for a phone."""
    for text in (article.short, *article.steps, *article.basis):
        found = PHONE_OR_ADDRESS.search(text)
        if found:
            yield f"'{found.group()}': numbers and addresses belong in directory.yml"
        for sentence in sentences(text):
            if len(sentence.split()) > LONGEST_SENTENCE:
                yield f"a sentence of {len(sentence.split())} words: '{sentence[:40]}…'; {LONGEST_SENTENCE} at most"
    measured = lix([article.short, *article.steps], article.lang)
    if measured is not None and measured > HARDEST:
        yield f"is hard to read (LIX {measured:.1f}; {HARDEST} at most): shorter sentences, shorter words"


def _forbidden(path: Path, number: int, entry: Any) -> Forbidden:
    if not isinstance(entry, dict):
        raise KnowledgeError(f"{path}: rule {number}: must have the fields pattern, why and sample")
    for name in ("pattern", "why", "sample"):
        if not isinstance(entry.get(name), str) or not entry[name].strip():
            raise KnowledgeError(f"{path}: rule {number}: '{name}' is missing")
    try:
        pattern = re.compile(entry["pattern"], re.I)
    except re.error as error:
        raise KnowledgeError(f"{path}: rule {number}: the pattern cannot be read: {error}") from None
    return Forbidden(pattern, entry["why"], entry["sample"], tuple(entry.get("allowed") or ()))
