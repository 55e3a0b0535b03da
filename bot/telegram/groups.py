"""What the bot says in a group: neutral facts at most. Anything about a person's own matter belongs in private."""

from __future__ import annotations

from telegram.ext import ExtBot

from actions import crisis
from actions.answer import best_article
from actions.turn import TOPICS, Button, Part, Reply, Services, Turn
from bot.bands import band, hints_count
from bot.guard import Guard

# Commands that are about somebody's own matter, and where the private chat should open.
PERSONAL = {
    "lapor": "report", "report": "report", "bantu": "help", "gethelp": "help", "mediasi": "mediation",
    "mediation": "mediation", "petugas": "staff", "staff": "staff", "status": "", "hapus": "", "data": "",
    "privasi": "", "lanjut": "", "batal": "", "sembunyikan": "", "tautkan": "",
}  # fmt: skip
# Intents that begin somebody's own matter.
REQUESTS = {"report_discrimination": "report", "talk_to_staff": "staff", "referral_status": "", "privacy": ""}


def reply_in_group(
    turn: Turn, services: Services, guard: Guard, bot: ExtBot[None], command: str | None
) -> tuple[Reply, bool]:
    """The reply, and whether the message it answers should be deleted if the bot may (a report begun in public)."""
    danger = (
        guard.crisis_in(turn.text, hints_count(turn.understood, turn.text))
        or band(turn.understood) == "crisis"
    )
    if command in PERSONAL and not danger:
        return _privately(turn, bot, PERSONAL[command]), True
    if danger or command in ("darurat", "emergency"):
        numbers = Part(crisis.number_lines(turn, services))
        private = _privately(turn, bot, "emergency")
        return Reply((numbers, *private.parts), "crisis", "emergency/now"), False
    intent = turn.understood.intent
    sure = command is None and band(turn.understood) == "answer"
    if sure and intent in REQUESTS:
        return _privately(turn, bot, REQUESTS[intent]), True
    page = best_article(turn, services, intent) if sure and intent in TOPICS else None
    if page is None:
        return _privately(turn, bot, ""), False
    _ = turn.say
    more = Button(
        _("Baca langkahnya secara pribadi"), "private", _link(bot, f"article-{page.id.replace('/', '__')}")
    )
    return Reply((Part(f"{page.title}\n{page.short}", (more,), titled=True),), "answer", page.id), False


def _privately(turn: Turn, bot: ExtBot[None], payload: str) -> Reply:
    _ = turn.say
    text = _(
        "Di grup saya tidak membahas urusan pribadi, supaya tidak dibaca semua orang. Tulis langsung ke saya:"
    )
    button = Button(_("Tulis secara pribadi"), "private", _link(bot, payload))
    return Reply((Part(text, (button,)),), "refuse")


def _link(bot: ExtBot[None], payload: str) -> str:
    return f"{bot.link}?start={payload}" if payload else bot.link
