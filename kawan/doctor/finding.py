"""What a look at the system found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

State = Literal["ok", "look", "mend"]


@dataclass(frozen=True)
class Finding:
    """One line. `look`: nothing is broken, somebody should look; `mend`: somebody must act. `says` tells what to do."""

    about: str
    state: State
    says: str


def ok(about: str, says: str) -> Finding:
    return Finding(about, "ok", says)


def look(about: str, says: str) -> Finding:
    return Finding(about, "look", says)


def mend(about: str, says: str) -> Finding:
    return Finding(about, "mend", says)
