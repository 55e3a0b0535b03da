"""Conditions on answers, as the forms' YAML states them: which question is asked, which case is urgent."""

from __future__ import annotations

from collections.abc import Mapping

HEARD = "heard"  # stands among the answers when danger was heard while the form was open: the crisis intent

Conditions = dict[str, list[str]]  # slot name (or "heard") → answers; one of them is enough


def matches(conditions: Conditions, values: Mapping[str, str]) -> bool:
    """Whether at least one of the answers is among those the conditions name."""
    return any(one in wanted for name, wanted in conditions.items() for one in chosen(values.get(name, "")))


def chosen(value: str) -> list[str]:
    """The options a stored answer stands for: several are kept joined by commas."""
    return [one for one in value.split(",") if one]


def check(conditions: Conditions, possible: Mapping[str, set[str]], where: str) -> None:
    """Raises ValueError for a question or answer that is not there: a slip in a YAML file would open a door unseen."""
    for name, wanted in conditions.items():
        if not wanted or not set(wanted) <= possible.get(name, set()):
            raise ValueError(f"{where}: no earlier question '{name}' with the answers {', '.join(wanted)}")
