"""What the classifier looks at: words and pieces of words (as normalised and as typed), sentence embedding."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Dict, List, Sequence

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer

from language.clean import clean
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


def fit(texts: Texts, vectors: np.ndarray, config: Dict[str, Any]) -> Dict[str, Any]:
    """Vocabularies and scales, learned from the training messages. `vectors`: one embedding a row.

    The spelling people chose says something too ("sonde", "gak", "pls"), so the typed text is read as well, at a lower
    weight (`typed_weight`); 0 leaves it out. A `dense_weight` of 0 leaves out the embedding.
    """
    state: Dict[str, Any] = {"mean": vectors.mean(axis=0), "spread": vectors.std(axis=0) + 1e-6}
    for view, vectorizers in _vectorizers(config).items():
        state[view] = [v.fit(getattr(texts, view)) for v in vectorizers]
    return state


def kept(state: Dict[str, Any], config: Dict[str, Any]) -> Dict[str, Any]:
    """The same, in numbers and strings a model can be saved with."""
    views = _vectorizers(config)
    return {**state, **{view: [vocabulary.kept(v) for v in state[view]] for view in views}}


def restored(saved: Dict[str, Any], config: Dict[str, Any]) -> Dict[str, Any]:
    """What `fit` gave, from what `kept` made of it."""
    views = {
        view: [vocabulary.restored(v, part) for v, part in zip(vectorizers, saved[view], strict=True)]
        for view, vectorizers in _vectorizers(config).items()
    }
    return {**saved, **views}


def rows(state: Dict[str, Any], texts: Texts, vectors: np.ndarray, config: Dict[str, Any]) -> csr_matrix:
    """One row a message. Every block has about the same length, then its weight."""
    weights = {"normalised": 1.0, "typed": config["typed_weight"]}
    blocks = [
        weights[view] * vectorizer.transform(getattr(texts, view))
        for view in weights
        if view in state
        for vectorizer in state[view]
    ]
    if config["dense_weight"]:
        # Standardised and divided by the root of its width, the embedding weighs about as much as one tf-idf block.
        standard = (vectors - state["mean"]) / state["spread"] / np.sqrt(vectors.shape[1])
        blocks.append(csr_matrix(standard * config["dense_weight"]))
    return hstack(blocks, dtype=np.float32).tocsr()


def _vectorizers(config: Dict[str, Any]) -> Dict[str, List[TfidfVectorizer]]:
    """Two for each view of a message (a field of Texts), not trained yet."""
    low, high = config["pieces"]
    views = {"normalised": [_words(), _pieces(low, high)]}
    if config["typed_weight"]:
        views["typed"] = [_words(), _pieces(low, high)]
    return views


def _words() -> TfidfVectorizer:
    return TfidfVectorizer(
        sublinear_tf=True, ngram_range=(1, 2), token_pattern=r"(?u)\b\w+\b", min_df=2, dtype=np.float32
    )


def _pieces(low: int, high: int) -> TfidfVectorizer:
    return TfidfVectorizer(
        analyzer="char_wb", ngram_range=(low, high), sublinear_tf=True, min_df=2, dtype=np.float32
    )
