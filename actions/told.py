"""What a person told before a form: it answers the form's questions, so that nothing is asked twice.

Kept in the tracker for the day: "kemarin" and "sekarang aman" are no longer true tomorrow.
"""

from __future__ import annotations

from actions.turn import CRISES, TOPICS, Turn

DETAILS = ("place", "date", "basis")  # entities worth keeping
ABOUT = "about"  # the topic or crisis of what was said last
DANGER = "danger"  # the answer to "Sekarang aman?": yes or no
# What help may be asked for. "emergency" may be anything, and a dark hour has its own help: they tell no need.
NEEDS = (*TOPICS, "gender_violence", "trafficking")
_DAY = "day"


def remember(turn: Turn, intent: str | None) -> None:
    """Keep the details of a message. One about another need starts afresh: its place and date are not the old ones'."""
    known = _today(turn)
    if intent in NEEDS and intent != known.get(ABOUT):
        known = {ABOUT: str(intent)}
    if intent in CRISES:
        known.pop(DANGER, None)  # whether it is safe must be asked anew
    known |= {e.entity: e.value for e in turn.understood.entities if e.entity in DETAILS}
    _keep(turn, known)


def choose(turn: Turn, intent: str) -> None:
    """A kind of danger was chosen by button: it is the need now, and what was told belongs to it."""
    known = _today(turn)
    known.pop(DANGER, None)
    _keep(turn, known | ({ABOUT: intent} if intent in NEEDS else {}))


def put(turn: Turn, details: dict[str, str]) -> None:
    """Keep details that were told otherwise than in a message: by a button, or in a form that ended."""
    _keep(turn, _today(turn) | details)


def take(turn: Turn) -> dict[str, str]:
    """What was told today; forgotten here from now on."""
    known = _today(turn)
    turn.tracker.pending = {}
    return known


def _keep(turn: Turn, known: dict[str, str]) -> None:
    turn.tracker.pending = known | {_DAY: turn.today.isoformat()} if known else {}


def _today(turn: Turn) -> dict[str, str]:
    known = dict(turn.tracker.pending)
    return known if known.pop(_DAY, None) == turn.today.isoformat() else {}
