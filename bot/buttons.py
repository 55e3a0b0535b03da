"""Pressed buttons, by their data (docs/architecture.md, Buttons)."""

from __future__ import annotations

from actions import (
    answer,
    crisis,
    feedback,
    handover,
    menu,
    my_data,
    requests,
    staff_talk,
    status,
    told,
    voice,
)
from actions.forms import beside, engine
from actions.forms.model import form_names
from actions.turn import CRISES, TOPICS, Button, Part, Reply, Services, Turn
from bot.commands import Act
from locales import LANGUAGES

PLAIN: dict[str, Act] = {
    "menu": menu.menu,
    "more": menu.more,
    "crisis": crisis.choose,
    "report": requests.offer_report,
    "help": handover.offer_help,
    "mediation": handover.offer_mediation,
    "ask_first": requests.ask_first,
    "staff": handover.talk_to_staff,
    "status": status.status,
    "data": my_data.show_data,
    "hide": my_data.hide,
    "erase": my_data.ask_to_erase,
    "erase:yes": my_data.erase,
    "talk:end": staff_talk.end,
    "voice:send": voice.forward,
    "voice:drop": voice.drop,
    "resume": lambda turn, _services: engine.resume(turn) if turn.tracker.form else unknown(turn),
    "voice:quiet": voice.forward_quietly,
    "noted:skip": lambda turn, _services: staff_talk.skip_last_signs(turn),
}


def press(turn: Turn, services: Services, data: str) -> Reply:
    """The reply to a button; one nobody made, or that is no longer valid, is said to be so."""
    what, _, value = data.partition(":")
    if what == "f":
        turn.tracker.asked_if_safe = None  # going on with the form: a later "aman" answers the form
        return engine.press(turn, services, data) if data.count(":") >= 2 else unknown(turn)
    if data in PLAIN:
        return PLAIN[data](turn, services)
    page = services.library.article(value, turn.lang) if value else None
    if page is not None and what in ("article", "sources", "contacts"):
        show = {"article": answer.answer, "sources": answer.sources, "contacts": answer.contacts}
        return show[what](turn, services, page)
    if page is not None and what in ("good", "bad"):
        judge = feedback.thumbs_up if what == "good" else feedback.thumbs_down
        return judge(turn, services, page.id)
    if what == "why":
        return feedback.reason(turn, services, value) or unknown(turn)
    if what == "topic" and value in TOPICS:
        return answer.topic(turn, services, value)
    if what == "crisis" and value in CRISES:
        told.choose(turn, value)
        return crisis.crisis(turn, services, value)
    if what == "form" and value in form_names():
        return requests.begin_form(turn, services, value)
    if what == "lang" and value in LANGUAGES:
        turn.tracker.lang = turn.lang = value
        return menu.start(turn, services)
    if what == "safe" and value in ("yes", "no"):
        return safety(turn, services, safe=value == "yes")
    if what == "news":
        return status.news(turn, services, value)
    if what == "noted":
        return staff_talk.ask_for_last_signs(turn, services, value)
    if what == "write":
        return staff_talk.write_to(turn, services, value)
    if what == "none":
        text = turn.say("Baik. Coba tulis dengan kata lain, atau pilih topiknya:")
        return Reply((Part(text), menu.menu_part(turn)), "fallback")
    return unknown(turn)


def safety(turn: Turn, services: Services, safe: bool) -> Reply:
    """An answer to "Sekarang aman?"; a form that would ask the same has its answer with this."""
    if turn.tracker.form is not None:
        beside.learn(turn, told.DANGER, "no" if safe else "yes")
    return crisis.safe_answer(turn, services, safe)


def unknown(turn: Turn) -> Reply:
    """A button that is no longer valid."""
    text = turn.say("Tombol itu sudah tidak berlaku, Kak. Pilih lagi dari sini:")
    return Reply((Part(text, (Button(turn.say("« Menu"), "menu"),)), menu.menu_part(turn)), "fallback")
