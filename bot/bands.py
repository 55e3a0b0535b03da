"""How sure the model must be. Chosen on the validation split (tests/nlu/validation_*.jsonl), never on the test split."""

from __future__ import annotations

from typing import Literal

from actions.turn import CRISES, TALK, Understanding
from bot.segments import segments

# Danger goes first: a false alarm shows phone numbers, a missed one may cost a life.
CRISIS = 0.25  # of all four crises together; in steps of 0.05 the lowest that keeps false alarms on the split below 3 %
# In a form people answer in bits ("kmrn mlm") and are asked about danger anyway; on the split this bar costs nothing.
CRISIS_IN_FORM = 0.40
# To staff people write in bits ("Namanya Warung Ombak") that look odd without the question before; a human reads them.
CRISIS_TO_STAFF = 0.60
ANSWER = 0.60
CLARIFY = 0.22
# Below the crisis band, but near enough: from here on a hint of the guard counts, and an ordinary answer carries the
# emergency button. Below it, the model has read the whole message and is nearly certain that there is no danger in it; on
# 2,416 messages written after the rules this spared 23 of 25 false alarms of the guard and cost none of 779 dangers.
UNEASY = 0.06
# Small talk is answered only when it is clear: "iya" is harmless, but a need read as a greeting is lost.
TALK_ANSWER = 0.70

Band = Literal["crisis", "answer", "clarify", "fallback"]
Where = Literal["chat", "form", "talk"]


def band(understood: Understanding) -> Band:
    """What the confidence of an understanding allows."""
    if understood.intent is None or understood.degraded:
        return "fallback"
    if understood.confidence_of(CRISES) >= CRISIS:
        return "crisis"
    enough = TALK_ANSWER if understood.intent in TALK else ANSWER
    if understood.confidence >= enough:
        return "answer"
    return "clarify" if understood.confidence >= CLARIFY else "fallback"


def is_danger(understood: Understanding, where: Where = "chat") -> bool:
    """Whether the model is sure enough of danger to show numbers: in the open chat, at an open question of a form, in an
    open talk with staff."""
    enough = {"chat": CRISIS, "form": CRISIS_IN_FORM, "talk": CRISIS_TO_STAFF}[where]
    return band(understood) == "crisis" and understood.confidence_of(CRISES) >= enough


def hints_count(understood: Understanding, text: str) -> bool:
    """Whether the guard's hints are to be believed: unless the model has read this message in one piece and sees no
    danger at all."""
    if understood.intent is None or understood.degraded or len(segments(text)) > 1:
        return True
    return uneasy(understood)


def uneasy(understood: Understanding) -> bool:
    """Whether danger is possible enough to keep the emergency button in sight."""
    return understood.confidence_of(CRISES) >= UNEASY


def likeliest_crisis(understood: Understanding) -> str:
    """The crisis intent that ranks first."""
    return next((name for name, _ in understood.ranking if name in CRISES), "emergency")
