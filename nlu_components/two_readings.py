"""Two readings of a message, one by intent and one by article, and the probability they agree on.

The coarse machine tells 29 intents apart. The fine one tells apart all labels of the data (about 150: articles, and
intents without any); its shares of a topic's articles add up to a second opinion on the intent. Their mean is better
than either, and its confidence is set right by one more number, the trust. Whether it is danger at all is weighed
once more (danger.py).
"""

from __future__ import annotations

import os
from typing import Any, Dict, List, Tuple

import numpy as np
from scipy.sparse import csr_matrix

from nlu_components import danger, linear

MACHINES = ("coarse", "fine", "danger")
UNSEEN = 0.25  # share of the data kept aside to measure confidence
LEAST_TO_CALIBRATE = 8  # examples of every intent


def fit(rows: csr_matrix, labels: np.ndarray, strength: float, crises: List[str]) -> Dict[str, Any]:
    """Train all machines. `labels`: an intent or `intent/article` for each row; `crises`: intents that are danger."""
    intents = _intents(labels)
    if np.unique(intents, return_counts=True)[1].min() < LEAST_TO_CALIBRATE:
        model = _machines([(rows, labels)], strength, [])[0]
        return {**model, "trust": 1.0}
    seen, unseen = _parted(rows, intents)
    known = crises if set(intents) & set(crises) and set(intents) - set(crises) else []
    model, trial = _machines([(rows, labels), (rows[seen], labels[seen])], strength, known)
    for name, wanted in (("coarse", intents), ("fine", labels)):
        trial[name]["sharpness"] = linear.measure_sharpness(trial[name], rows[unseen], wanted[unseen])
        model[name]["sharpness"] = trial[name]["sharpness"]
    trial["trust"] = model["trust"] = _trust(trial, rows[unseen], intents[unseen])
    if known:
        told = _trusted(trial, rows[unseen])[:, trial["of_danger"]].sum(axis=1)
        truth = danger.is_danger(intents[unseen], known)
        model["danger"].update(danger.agree(trial["danger"], rows[unseen], told, truth))
    return model


def read(model: Dict[str, Any], rows: csr_matrix) -> Tuple[np.ndarray, np.ndarray]:
    """Probabilities of intents and of labels, one row a message. Columns as in `coarse` and `fine` of the model.

    A label's probability is its intent's, times its part within the intent.
    """
    intents = _trusted(model, rows)
    if "danger" in model:
        intents = danger.weighed(model["danger"], rows, intents, model["of_danger"])
    fine = linear.shares(model["fine"], rows)
    within = fine / (fine @ model["belongs"])[:, model["intent_of"]]
    return intents, intents[:, model["intent_of"]] * within


def kept(model: Dict[str, Any]) -> Dict[str, Any]:
    """The same as it is saved with the model."""
    return {**model, **{name: linear.kept(model[name]) for name in MACHINES if name in model}}


def restored(saved: Dict[str, Any]) -> Dict[str, Any]:
    """What `fit` gave, from what `kept` made of it."""
    return {**saved, **{name: linear.restored(saved[name]) for name in MACHINES if name in saved}}


def ranked(names: List[str], shares: np.ndarray) -> List[Tuple[str, float]]:
    """Names with their probabilities, likeliest first."""
    return [(names[i], float(shares[i])) for i in np.argsort(-shares)]


def _machines(
    parts: List[Tuple[csr_matrix, np.ndarray]], strength: float, crises: List[str]
) -> List[Dict[str, Any]]:
    """A set of machines for each part: rows and their labels. They are trained side by side, each on a core of its own."""
    from joblib import Parallel, delayed

    # The one with the most labels takes longest and goes first, so that no core is left idle at the end.
    kinds = {"fine": (strength, False), "coarse": (strength, True), "danger": (1.0, False)}
    names = [name for name in kinds if crises or name != "danger"]
    jobs = (  # handed out one by one: a job that waits is a copy of its rows
        delayed(linear.train)(rows, _wanted(name, labels, crises), *kinds[name])
        for name in names
        for rows, labels in parts
    )
    cores = min(len(names) * len(parts), os.cpu_count() or 1)
    # max_nbytes=None: copies rather than shared memory, which scikit-learn cannot sort in place.
    trained = Parallel(n_jobs=cores, pre_dispatch="n_jobs", max_nbytes=None)(jobs)
    return [
        _joined(dict(zip(names, trained[at :: len(parts)], strict=True)), crises) for at in range(len(parts))
    ]


def _wanted(name: str, labels: np.ndarray, crises: List[str]) -> np.ndarray:
    """What one of the machines is to tell apart."""
    if name == "fine":
        return labels
    intents = _intents(labels)
    return danger.is_danger(intents, crises) if name == "danger" else intents


def _joined(machines: Dict[str, Any], crises: List[str]) -> Dict[str, Any]:
    """The machines, and which intent each label of the fine one belongs to."""
    coarse, fine = machines["coarse"], machines["fine"]
    intent_of = np.array([coarse["labels"].index(label.split("/")[0]) for label in fine["labels"]])
    belongs = np.zeros((len(intent_of), len(coarse["labels"])))
    belongs[np.arange(len(intent_of)), intent_of] = 1
    of_danger = np.isin(coarse["labels"], crises)
    return {**machines, "intent_of": intent_of, "belongs": belongs, "of_danger": of_danger}


def _parted(rows: csr_matrix, intents: np.ndarray) -> Tuple[np.ndarray, np.ndarray]:
    from sklearn.model_selection import StratifiedShuffleSplit

    splitter = StratifiedShuffleSplit(1, test_size=UNSEEN, random_state=42)
    seen, unseen = next(splitter.split(rows, intents))
    return seen, unseen


def _trust(trial: Dict[str, Any], unseen: csr_matrix, intents: np.ndarray) -> float:
    """The power of the mean at which messages the machines have not seen are least surprising."""
    mean = _mean(trial, linear.shares(trial["coarse"], unseen), linear.shares(trial["fine"], unseen))
    right = np.array([trial["coarse"]["labels"].index(intent) for intent in intents])
    return linear.least_surprising(lambda trust: _raised(mean, trust), right, 0.5, 3.0)


def _trusted(model: Dict[str, Any], rows: csr_matrix) -> np.ndarray:
    """Probabilities of intents on which the coarse and the fine machine agree."""
    mean = _mean(model, linear.shares(model["coarse"], rows), linear.shares(model["fine"], rows))
    return _raised(mean, model["trust"])


def _raised(mean: np.ndarray, trust: float) -> np.ndarray:
    raised = mean**trust
    return raised / raised.sum(axis=1, keepdims=True)


def _mean(model: Dict[str, Any], coarse: np.ndarray, fine: np.ndarray) -> np.ndarray:
    return (coarse + fine @ model["belongs"]) / 2


def _intents(labels: np.ndarray) -> np.ndarray:
    return np.array([label.split("/")[0] for label in labels])
