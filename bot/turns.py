"""One turn, the same for every front end: load the tracker, decide, keep the tracker. Inside a write transaction."""

from __future__ import annotations

from datetime import datetime

from actions.turn import Reply, Services, Turn, Understanding
from bot.dialogue import Dialogue
from bot.incoming import Incoming
from bot.learning import learn_from
from language.detect import detect_language
from store import tallies, trackers
from store.clock import BALI


def take_turn(
    services: Services,
    dialogue: Dialogue,
    chat: str,
    incoming: Incoming,
    understood: Understanding,
    reply_to: int | None = None,
) -> tuple[Turn, Reply]:
    """Answer one thing a person did. `chat` is the HMAC name, `reply_to` the chat id kept with a referral."""
    tracker = trackers.load(services.db, services.keys, chat)
    lang = tracker.lang or ("en" if incoming.lang and incoming.lang.startswith("en") else "id")
    if incoming.text is not None and incoming.command is None:
        lang = detect_language(incoming.text, otherwise=lang)
    text = incoming.text or ""
    moment = datetime.now(BALI)
    turn = Turn(text, lang, tracker, moment.date(), chat, reply_to, understood, incoming.attachment, moment)
    reply = dialogue.respond(turn, incoming)
    learn_from(turn, services, incoming, reply)
    _count(turn, services, reply)
    trackers.save(services.db, services.keys, chat, tracker)
    return turn, reply


def _count(turn: Turn, services: Services, reply: Reply) -> None:
    """For the statistics: what was decided, and which topic was asked about. No chat, no words."""
    tallies.count(services.db, turn.today, "decision", reply.decision, turn.lang)
    intent = turn.understood.intent
    if intent is not None and reply.decision in ("answer", "crisis", "refuse", "handover"):
        tallies.count(services.db, turn.today, "topic", intent, turn.lang)
    if reply.article is not None:
        tallies.count(services.db, turn.today, "article", reply.article, turn.lang)
