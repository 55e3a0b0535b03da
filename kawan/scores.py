"""What is counted when messages have been judged: accuracy, danger, calibration, bands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from actions.turn import CRISES, TALK, TOPICS, Understanding
from actions.unsure import MOST_CHOICES
from bot.bands import band

BINS = 15


@dataclass(frozen=True)
class Message:
    """One labelled message; `accept` are other intents a reasonable reader would also choose."""

    text: str
    intent: str
    accept: tuple[str, ...]
    lang: str
    register: str

    def fits(self, intent: str | None) -> bool:
        return intent == self.intent or intent in self.accept

    @property
    def is_danger(self) -> bool:
        return self.intent in CRISES

    @property
    def may_be_danger(self) -> bool:
        return bool({self.intent, *self.accept} & set(CRISES))

    @property
    def in_scope(self) -> bool:
        """Something the assistant is there for, not talk."""
        return self.intent not in TALK


@dataclass(frozen=True)
class Judged:
    """What was made of one message. `guarded`: the crisis guard fired; `seconds`: how long the model took."""

    message: Message
    understood: Understanding
    guarded: bool
    seconds: float

    @property
    def right(self) -> bool:
        return self.message.fits(self.understood.intent)

    @property
    def right_in_three(self) -> bool:
        return any(self.message.fits(name) for name, _ in self.understood.ranking[:3])

    @property
    def alarmed(self) -> bool:
        """The model alone would show the crisis page."""
        return band(self.understood) == "crisis"

    @property
    def offered(self) -> bool:
        """A right reading is among the buttons of a clarifying question."""
        buttons = [name for name, _ in self.understood.ranking if name not in TALK][:MOST_CHOICES]
        return any(self.message.fits(name) for name in buttons)


def share(rows: Iterable[Judged], holds: Callable[[Judged], bool]) -> float:
    """The part of the rows for which something holds; 0 when there are none."""
    found = [holds(row) for row in rows]
    return sum(found) / len(found) if found else 0.0


def by(rows: Sequence[Judged], key: Callable[[Message], str]) -> dict[str, float]:
    """Accuracy within each group."""
    groups = sorted({key(row.message) for row in rows})
    return {g: share((r for r in rows if key(r.message) == g), lambda r: r.right) for g in groups}


def f1(rows: Sequence[Judged], intent: str) -> float:
    """Harmonic mean of precision and recall of one intent; an accepted alternative counts as a hit."""
    hits = sum(r.understood.intent == intent and r.right for r in rows)
    said = sum(r.understood.intent == intent for r in rows)
    missed = sum(r.message.intent == intent and not r.right for r in rows)
    return 2 * hits / (said + hits + missed) if said + hits + missed else 0.0


def macro_f1(rows: Sequence[Judged]) -> float:
    """The mean F1 of all intents that occur: rare intents count as much as frequent ones."""
    intents = sorted({row.message.intent for row in rows})
    return sum(f1(rows, intent) for intent in intents) / len(intents) if intents else 0.0


def calibration_error(rows: Sequence[Judged]) -> float:
    """Expected calibration error: how far confidence and accuracy lie apart, over 15 equal bins of confidence."""
    bins: dict[int, list[Judged]] = {}
    for row in rows:
        bins.setdefault(min(BINS - 1, int(row.understood.confidence * BINS)), []).append(row)
    gaps = (
        abs(sum(r.understood.confidence for r in group) - sum(r.right for r in group))
        for group in bins.values()
    )
    return sum(gaps) / len(rows) if rows else 0.0


def bands(rows: Sequence[Judged]) -> dict[str, float]:
    """How many messages fall into each band, and how well each band keeps its promise."""
    at = {name: [r for r in rows if band(r.understood) == name] for name in ("answer", "clarify", "fallback")}
    in_scope = [r for r in rows if r.message.in_scope and not r.message.is_danger]
    asked = [r for r in at["clarify"] if r.message.in_scope]
    return {
        "crisis": share(rows, lambda r: r.alarmed),
        **{name: len(found) / len(rows) for name, found in at.items()},
        "answered right": share(at["answer"], lambda r: r.right),
        "in scope answered": share(in_scope, lambda r: band(r.understood) == "answer"),
        "clarify offers the right one": share(asked, lambda r: r.offered),
    }


def confusions(rows: Sequence[Judged]) -> Counter[tuple[str, str]]:
    """How often an intent was taken for another, accepted alternatives not counted."""
    return Counter((row.message.intent, row.understood.intent or "nothing") for row in rows if not row.right)


def topics_first(intents: Iterable[str]) -> list[str]:
    """Intents in the order people know them: topics, danger, the rest."""
    order = [*TOPICS, *CRISES]
    return sorted(intents, key=lambda name: (order.index(name) if name in order else len(order), name))
