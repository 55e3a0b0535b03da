"""What a person told, sorted by who may read it how: open, folded because it is heavy, or closed because it says who."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hotline.told import Line, lines
from locales import Translate
from store.sharing import IDENTITY
from store.visibility import EXCLUDES

HEAVY = ("happened", "message")  # a story may hurt whoever reads it unprepared
_ELSEWHERE = ("lang", EXCLUDES)  # the page says these in its own words


@dataclass(frozen=True)
class Facts:
    """The answers of a case. `says_who` tells that there is a name or contact, also while it is closed."""

    plain: tuple[Line, ...]
    heavy: tuple[Line, ...]
    identity: tuple[Line, ...]
    says_who: bool


def facts_of(kind: str, told: Mapping[str, Any], say: Translate, identity_open: bool) -> Facts:
    """The answers in words; those that say who the person is only with `identity_open`."""
    answered = {name: str(value) for name, value in told.items() if value and name not in _ELSEWHERE}
    found = lines(kind, answered, say)
    identity = tuple(line for line in found if line.name in IDENTITY)
    return Facts(
        plain=tuple(line for line in found if line.name not in (*HEAVY, *IDENTITY)),
        heavy=tuple(line for line in found if line.name in HEAVY),
        identity=identity if identity_open else (),
        says_who=bool(identity),
    )
