"""What staff may teach the model: a sentence of their own, under a label it knows, with nobody in it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

from knowledge.examples import held_out, nearness
from knowledge.library import Library
from language.anonymise import anonymised

LONGEST = 400  # characters; the model reads no more of a sentence than two such lines
FEWEST_WORDS = 2
TOO_NEAR = 0.6

Why = Literal["label", "length", "personal", "too_near", "held_out"]


class Unfit(ValueError):
    """The sentence cannot be taught. `why`: its label is unknown, it is too short or too long, holds something
    personal, is nearly the person's own, or is one the model is measured with."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why: Why = why


def labels(library: Library, intents: Collection[str], topics: Collection[str]) -> list[str]:
    """What a sentence may be taught as: every intent (a topic only while it has articles), every published article."""
    articles = sorted(article.id for article in library.published())
    begun = {id.split("/")[0] for id in articles}
    return [*(intent for intent in intents if intent not in topics or intent in begun), *articles]


def check(text: str, label: str, told: str, known_labels: Collection[str]) -> str:
    """The sentence with its spaces put right, if it may stand for what was `told`. Raises Unfit."""
    text = " ".join(text.split())
    if label not in known_labels:
        raise Unfit("label")
    if len(text.split()) < FEWEST_WORDS or len(text) > LONGEST:
        raise Unfit("length")
    if anonymised(text).found or "[" in text:
        raise Unfit("personal")
    if nearness(text, told) >= TOO_NEAR:
        raise Unfit("too_near")
    if any(text.lower() == other.lower() for other in held_out()):
        raise Unfit("held_out")
    return text
