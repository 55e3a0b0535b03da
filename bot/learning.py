"""What a turn teaches: questions that were not understood go to the NLU inbox, without anything personal."""

from __future__ import annotations

from actions.turn import TALK, Reply, Services, Turn
from bot.incoming import Incoming
from language.anonymise import anonymised
from store import nlu_inbox

_REASONS = {"clarify": "clarified", "fallback": "fell_back"}


def learn_from(turn: Turn, services: Services, incoming: Incoming, reply: Reply) -> None:
    """Keep a text that got a question back or no answer; remember an answered one in case of a thumbs-down.

    Nothing is kept of what is typed into a form, of commands, of danger, and of what no model has read.
    """
    understood = turn.understood
    if incoming.text is None or incoming.command is not None or turn.tracker.form is not None:
        return
    if understood.intent in TALK and reply.decision == "clarify":
        return  # "bukan itu": what was misunderstood is the question before, and that is kept already
    if understood.intent is None or understood.degraded or reply.decision not in ("answer", *_REASONS):
        return
    stripped = anonymised(turn.text)
    ranking = [(name, round(confidence, 3)) for name, confidence in understood.ranking[:3]]
    if reply.decision == "answer":
        articles = [(name, round(confidence, 3)) for name, confidence in understood.articles[:4]]
        turn.tracker.asked = {
            "text": stripped.text, "removed": stripped.found, "ranking": ranking, "articles": articles,
        }  # fmt: skip
        return
    nlu_inbox.keep(
        services.db,
        services.keys,
        _REASONS[reply.decision],
        stripped.text,
        stripped.found,
        ranking,
        turn.today,
    )
