"""A third opinion, on one question alone: is this danger? A machine that has only to part all crises from everything else
draws another line than those that must tell thirty intents apart; together they miss fewer dangers at the same alarms.
"""

from __future__ import annotations

from typing import Any, Dict, List

import numpy as np
from scipy.sparse import csr_matrix

from nlu_components import linear

SMALLEST = 1e-6


def is_danger(intents: np.ndarray, crises: List[str]) -> np.ndarray:
    """The same intents in two words: "danger" and "calm"."""
    return np.where(np.isin(intents, crises), "danger", "calm")


def agree(machine: Dict[str, Any], rows: csr_matrix, told: np.ndarray, truth: np.ndarray) -> Dict[str, Any]:
    """How much the machine's margin and the probability `told` by the others count for each other: a logistic
    regression on messages that none of them has seen (stacking, Wolpert 1992)."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=1e3).fit(_opinions(machine, rows, told), truth == "danger")
    return {"slopes": model.coef_[0], "offset": float(model.intercept_[0])}


def weighed(
    machine: Dict[str, Any], rows: csr_matrix, intents: np.ndarray, of_danger: np.ndarray
) -> np.ndarray:
    """Probabilities of intents in which danger as a whole is what all agree on; within danger, and within the
    rest, proportions stay. `of_danger`: which columns are crises."""
    told = intents[:, of_danger].sum(axis=1).clip(SMALLEST, 1 - SMALLEST)
    agreed = 1 / (1 + np.exp(-(_opinions(machine, rows, told) @ machine["slopes"] + machine["offset"])))
    part = np.where(of_danger, (agreed / told)[:, None], ((1 - agreed) / (1 - told))[:, None])
    given = intents * part
    return np.asarray(given / given.sum(axis=1, keepdims=True))


def _opinions(machine: Dict[str, Any], rows: csr_matrix, told: np.ndarray) -> np.ndarray:
    """One row a message: what the others told, and how far on the side of danger the machine sees it."""
    return np.column_stack([_logit(told), linear.margins(machine, rows)[:, 1]])


def _logit(share: np.ndarray) -> np.ndarray:
    share = share.clip(SMALLEST, 1 - SMALLEST)
    return np.asarray(np.log(share / (1 - share)))
