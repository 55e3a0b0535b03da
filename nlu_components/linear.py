"""Linear support vector machines, and how their margins become probabilities one can believe."""

from __future__ import annotations

from typing import Any, Dict

import numpy as np
from scipy.sparse import csr_matrix

DEFAULT_SHARPNESS = 6.0  # about what is measured with the full data; for data too small to measure it


def train(rows: csr_matrix, labels: np.ndarray, strength: float, balanced: bool) -> Dict[str, Any]:
    """One weight vector a label. `strength` is the machine's C; `balanced` gives rare labels more weight."""
    from sklearn.svm import LinearSVC

    weight = "balanced" if balanced else None
    machine = LinearSVC(C=strength, class_weight=weight, random_state=42).fit(rows, labels)
    return {
        # Column by column in memory, so that a message takes its few words' columns without a copy of all.
        "weights": np.asfortranarray(_both_sides(machine.coef_), dtype=np.float32),
        "offsets": _both_sides(machine.intercept_[:, None])[:, 0].astype(np.float32),
        "labels": [str(label) for label in machine.classes_],
        "sharpness": DEFAULT_SHARPNESS,
    }


def shares(model: Dict[str, Any], rows: csr_matrix) -> np.ndarray:
    """Probabilities, one row a message, one column a label: softmax of sharpness x margin."""
    return _softmax(margins(model, rows) * model["sharpness"])


def measure_sharpness(model: Dict[str, Any], unseen: csr_matrix, labels: np.ndarray) -> float:
    """The sharpness at which messages the machine has not seen are least surprising (temperature scaling,
    Guo et al. 2017). `labels`: what each of them means; labels the machine does not know are left out."""
    known = np.isin(labels, model["labels"])
    far = margins(model, unseen[np.flatnonzero(known)])
    places = {label: at for at, label in enumerate(model["labels"])}
    right = np.array([places[label] for label in labels[known]])
    return least_surprising(lambda sharpness: _softmax(far * sharpness), right, 0.5, 15.0)


def least_surprising(shares_at: Any, right: np.ndarray, low: float, high: float) -> float:
    """The number between `low` and `high` for which `shares_at(number)` gives the right columns most probability."""
    from scipy.optimize import minimize_scalar

    def surprise(number: float) -> float:
        given = shares_at(number)[np.arange(len(right)), right]
        return float(-np.log(np.maximum(given, 1e-12)).mean())

    return float(minimize_scalar(surprise, bounds=(low, high), method="bounded").x)


def margins(model: Dict[str, Any], rows: csr_matrix) -> np.ndarray:
    """How far each message lies on the side of each label; below zero: on the other."""
    return np.asarray(rows @ model["weights"].T) + model["offsets"]


def kept(model: Dict[str, Any]) -> Dict[str, Any]:
    """The same without the zeros, three quarters of all weights: packing them took half a minute of every training."""
    filled = csr_matrix(model["weights"])
    weights = {
        "values": filled.data,
        "columns": filled.indices,
        "ends": filled.indptr,
        "width": filled.shape[1],
    }
    return {**model, "weights": weights}


def restored(saved: Dict[str, Any]) -> Dict[str, Any]:
    """The machine that was kept."""
    part = saved["weights"]
    shape = (len(saved["labels"]), part["width"])
    filled = csr_matrix((part["values"], part["columns"], part["ends"]), shape=shape)
    return {**saved, "weights": filled.toarray(order="F")}


def _both_sides(values: np.ndarray) -> np.ndarray:
    """scikit-learn keeps one row for two labels; one row a label is easier to read."""
    return np.vstack([-values, values]) if len(values) == 1 else values


def _softmax(scores: np.ndarray) -> np.ndarray:
    given = np.exp(scores - scores.max(axis=1, keepdims=True))
    return given / given.sum(axis=1, keepdims=True)
