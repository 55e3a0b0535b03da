"""What the classifier looks at: words and pieces of words (as normalised and as typed), concepts, sentence embedding."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Any, Dict, List, Sequence

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer

from language.clean import clean
from language.concepts import load_concepts
from language.normalise import normalise
from nlu_components import vocabulary


@dataclass(frozen=True)
class Texts:
    """The same messages twice: in standard Indonesian words, and as people typed them (lower case)."""

    normalised: List[str]
    typed: List[str]

    @classmethod
    def of(cls, texts: Sequence[str], rewritten: bool = True) -> "Texts":
        """`rewritten=False` leaves the words as they are in both views, to see what the normaliser is worth."""
        typed = [clean(text).lower() for text in texts]
        return cls([normalise(text) or text for text in texts] if rewritten else typed, typed)

    @cached_property
    def concepts(self) -> List[str]:
        """The concepts each message mentions, in either view, as one line."""
        known = load_concepts()
        return [
            " ".join(sorted(known.found_in(standard) | known.found_in(typed)))
            for standard, typed in zip(self.normalised, self.typed, strict=True)
        ]


def fit_features(texts: Texts, vectors: np.ndarray, config: Dict[str, Any]) -> Dict[str, Any]:
    """Vocabularies and scales, learned from the training messages. `vectors`: one embedding a row.

    The spelling people chose says something too ("sonde", "gak", "pls"), so the typed text is read as well, at a lower
    weight (`typed_weight`); 0 leaves it out. A `dense_weight` of 0 leaves out the embedding.
    """
    state: Dict[str, Any] = {"mean": vectors.mean(axis=0), "spread": vectors.std(axis=0) + 1e-6}
    for view, vectorizers in _vectorizers(config).items():
        state[view] = [v.fit(lines) for v, lines in zip(vectorizers, _lines(texts, view), strict=True)]
    return state


def kept(state: Dict[str, Any], config: Dict[str, Any]) -> Dict[str, Any]:
    """The same, in numbers and strings a model can be saved with."""
    views = _vectorizers(config)
    return {**state, **{view: [vocabulary.kept(v) for v in state[view]] for view in views}}


def restored(saved: Dict[str, Any], config: Dict[str, Any]) -> Dict[str, Any]:
    """What `fit_features` gave, from what `kept` made of it."""
    views = {
        view: [vocabulary.restored(v, part) for v, part in zip(vectorizers, saved[view], strict=True)]
        for view, vectorizers in _vectorizers(config).items()
    }
    return {**saved, **views}


def features(state: Dict[str, Any], texts: Texts, vectors: np.ndarray, config: Dict[str, Any]) -> csr_matrix:
    """One row a message. Every block has about the same length, then its weight."""
    weights = {"normalised": 1.0, "typed": config["typed_weight"], "concepts": config["concept_weight"]}
    blocks = [
        weights[view] * vectorizer.transform(lines)
        for view in weights
        if view in state
        for vectorizer, lines in zip(state[view], _lines(texts, view), strict=True)
    ]
    if config["dense_weight"]:
        # Standardised and divided by the root of its width, the embedding weighs about as much as one tf-idf block.
        standard = (vectors - state["mean"]) / state["spread"] / np.sqrt(vectors.shape[1])
        blocks.append(csr_matrix(standard * config["dense_weight"]))
    return hstack(blocks, dtype=np.float32).tocsr()


def _vectorizers(config: Dict[str, Any]) -> Dict[str, List[TfidfVectorizer]]:
    """Two for each view of a message, not trained yet."""
    low, high = config["pieces"]
    views = {"normalised": [_words(), _pieces(low, high)]}
    if config["typed_weight"]:
        views["typed"] = [_words(), _pieces(low, high)]
    if config["concept_weight"]:
        views["concepts"] = [_concepts(1), _concepts(3)]
    return views


def _lines(texts: Texts, view: str) -> List[List[str]]:
    """What the two vectorizers of a view read."""
    if view == "concepts":
        return [texts.concepts, [_pairs(line) for line in texts.concepts]]
    lines = texts.normalised if view == "normalised" else texts.typed
    return [lines, lines]


def _words() -> TfidfVectorizer:
    return TfidfVectorizer(
        sublinear_tf=True, ngram_range=(1, 2), token_pattern=r"(?u)\b\w+\b", min_df=2, dtype=np.float32
    )


def _concepts(least: int) -> TfidfVectorizer:
    return TfidfVectorizer(token_pattern=r"\S+", lowercase=False, min_df=least, dtype=np.float32)


def _pairs(line: str) -> str:
    """Two concepts in one message say more than each alone: night+boss, paper+debt."""
    return " ".join(f"{a}+{b}" for a, b in combinations(line.split(), 2))


def _pieces(low: int, high: int) -> TfidfVectorizer:
    return TfidfVectorizer(
        analyzer="char_wb", ngram_range=(low, high), sublinear_tf=True, min_df=2, dtype=np.float32
    )
