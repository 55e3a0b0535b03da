"""Two readings of a message, one by intent and one by article, and the probability they agree on.

The coarse machine tells 29 intents apart. The fine one tells apart all labels of the data (about 150: articles, and
intents without any); its shares of a topic's articles add up to a second opinion on the intent. Their mean is better
than either, and its confidence is set right by one more number, the trust.
"""

from __future__ import annotations

import os
from typing import Any, Dict, List, Tuple

import numpy as np
from scipy.sparse import csr_matrix

from nlu_components import linear

UNSEEN = 0.25  # share of the data kept aside to measure confidence
LEAST_TO_CALIBRATE = 8  # examples of every intent


def fit(rows: csr_matrix, labels: np.ndarray, strength: float) -> Dict[str, Any]:
    """Train both machines. `labels`: an intent or `intent/article` for each row."""
    intents = _intents(labels)
    everything = np.arange(len(labels))
    if np.unique(intents, return_counts=True)[1].min() < LEAST_TO_CALIBRATE:
        model = _machines(rows, labels, [everything], strength)[0]
        return {**model, "trust": 1.0}
    seen, unseen = _parted(rows, intents)
    model, trial = _machines(rows, labels, [everything, seen], strength)
    for name, wanted in (("coarse", intents), ("fine", labels)):
        trial[name]["sharpness"] = linear.measure_sharpness(trial[name], rows[unseen], wanted[unseen])
        model[name]["sharpness"] = trial[name]["sharpness"]
    return {**model, "trust": _trust(trial, rows[unseen], intents[unseen])}


def read(model: Dict[str, Any], rows: csr_matrix) -> Tuple[np.ndarray, np.ndarray]:
    """Probabilities of intents and of labels, one row a message. Columns as in `intents` and `fine` of the model.

    A label's probability is its intent's, times its part within the intent.
    """
    fine = linear.shares(model["fine"], rows)
    mean = _mean(model, linear.shares(model["coarse"], rows), fine) ** model["trust"]
    intents = mean / mean.sum(axis=1, keepdims=True)
    within = fine / (fine @ model["belongs"])[:, model["intent_of"]]
    return intents, intents[:, model["intent_of"]] * within


def ranked(names: List[str], shares: np.ndarray) -> List[Tuple[str, float]]:
    """Names with their probabilities, likeliest first."""
    return [(names[i], float(shares[i])) for i in np.argsort(-shares)]


def _machines(
    rows: csr_matrix, labels: np.ndarray, parts: List[np.ndarray], strength: float
) -> List[Dict[str, Any]]:
    """A pair of machines for each part of the rows. They are trained side by side, each on a core of its own."""
    from joblib import Parallel, delayed

    jobs = [
        delayed(linear.train)(rows[part], wanted[part], strength, balanced)
        for part in parts
        for wanted, balanced in ((_intents(labels), True), (labels, False))
    ]
    # max_nbytes=None: copies rather than shared memory, which scikit-learn cannot sort in place.
    trained = Parallel(n_jobs=min(len(jobs), os.cpu_count() or 1), max_nbytes=None)(jobs)
    return [_pair(coarse, fine) for coarse, fine in zip(trained[::2], trained[1::2], strict=True)]


def _pair(coarse: Dict[str, Any], fine: Dict[str, Any]) -> Dict[str, Any]:
    intent_of = np.array([coarse["labels"].index(label.split("/")[0]) for label in fine["labels"]])
    belongs = np.zeros((len(intent_of), len(coarse["labels"])))
    belongs[np.arange(len(intent_of)), intent_of] = 1
    return {"coarse": coarse, "fine": fine, "intent_of": intent_of, "belongs": belongs}


def _parted(rows: csr_matrix, intents: np.ndarray) -> Tuple[np.ndarray, np.ndarray]:
    from sklearn.model_selection import StratifiedShuffleSplit

    splitter = StratifiedShuffleSplit(1, test_size=UNSEEN, random_state=42)
    seen, unseen = next(splitter.split(rows, intents))
    return seen, unseen


def _trust(trial: Dict[str, Any], unseen: csr_matrix, intents: np.ndarray) -> float:
    """The power of the mean at which messages the machines have not seen are least surprising."""
    mean = _mean(trial, linear.shares(trial["coarse"], unseen), linear.shares(trial["fine"], unseen))
    right = np.array([trial["coarse"]["labels"].index(intent) for intent in intents])

    def trusted(trust: float) -> np.ndarray:
        raised = mean**trust
        return raised / raised.sum(axis=1, keepdims=True)

    return linear.least_surprising(trusted, right, 0.5, 3.0)


def _mean(model: Dict[str, Any], coarse: np.ndarray, fine: np.ndarray) -> np.ndarray:
    return (coarse + fine @ model["belongs"]) / 2


def _intents(labels: np.ndarray) -> np.ndarray:
    return np.array([label.split("/")[0] for label in labels])
