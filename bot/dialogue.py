"""From something a person did to a reply: guard, commands, buttons, form, intent, in that order.

Runs inside one write transaction (store.database.write): what it changes and what it says commit together.
"""

from __future__ import annotations

import re
from dataclasses import replace

from actions import answer, crisis, feedback, menu, offers, requests, talk, told, unsure
from actions.forms import beside, engine
from actions.forms.model import form_names
from actions.forms.reading import says_word
from actions.forms.screens import question
from actions.second_need import offer_others
from actions.turn import CRISES, TALK, TOPICS, Button, Part, Reply, Services, Turn
from bot.bands import band, likeliest_crisis, uneasy
from bot.guard import Guard
from bot.incoming import Incoming
from bot.other_kinds import other_kind
from locales import LANGUAGES

_HAS_WORD = re.compile(r"[^\W_]")
_MENU_WORD = re.compile(r"\W*(menu|bantuan|help|mulai|start)\W*", re.IGNORECASE)
_EMERGENCY_WORD = re.compile(r"\W*(darurat|emergency|sos|bahaya)\W*", re.IGNORECASE)


class Dialogue:
    """Decides what to say. Holds no state of its own: everything lies in the turn's tracker and the store."""

    def __init__(self, services: Services, guard: Guard) -> None:
        self._services = services
        self._guard = guard

    def respond(self, turn: Turn, incoming: Incoming) -> Reply:
        """The reply to one thing a person did; changes `turn.tracker`."""
        if incoming.button is not None:
            return self._pressed(turn, incoming.button)
        if incoming.other is not None:
            return self._with_open_form(turn, other_kind(turn, incoming.other))
        danger = self._guard.crisis_in(turn.text)
        if incoming.command is not None and danger is None:
            return self._command(turn, *incoming.command)
        return self._text(turn, danger)

    # --- text -------------------------------------------------------------------------------------

    def _text(self, turn: Turn, danger: str | None) -> Reply:
        understood = turn.understood
        in_form = turn.tracker.form is not None
        if danger is None and band(understood) == "crisis" and not (in_form and beside.only_answers(turn)):
            danger = likeliest_crisis(understood)
        if _EMERGENCY_WORD.fullmatch(turn.text):
            return self._with_open_form(turn, crisis.choose(turn, self._services))
        if turn.tracker.asked_if_safe and (not in_form or "aman" in turn.text.lower()):
            safe = crisis.typed_safety(turn.text)
            if safe is not None:
                return self._with_open_form(turn, self._safety(turn, safe))
        if danger is not None:
            return self._danger(turn, danger)
        turn.tracker.asked_if_safe = None  # talking about something else: a later "ya" is no answer to it
        if in_form and says_word(turn.text, "cancel"):
            return engine.cancel(turn)
        if _MENU_WORD.fullmatch(turn.text):
            return self._with_open_form(turn, menu.menu(turn, self._services))
        if not _HAS_WORD.search(turn.text):
            return self._wordless(turn)
        if in_form:
            return self._in_form(turn)
        told.remember(turn, understood.intent if band(understood) == "answer" else None)
        reply = offer_others(turn, self._services, self._by_intent(turn))
        return self._with_way_out(turn, reply)

    def _danger(self, turn: Turn, intent: str) -> Reply:
        """Numbers first. Inside a form, what was typed is kept where it answers the open question."""
        in_form = turn.tracker.form is not None
        taken = engine.take(turn, self._services) if in_form and beside.answers_too(turn) else None
        reply = crisis.crisis(turn, self._services, intent)
        if turn.tracker.form is None:
            if taken is not None:  # the form does not take this: it says why, and where help is
                return reply.with_parts(*taken.parts)
            told.remember(turn, intent)
            return reply
        saved = turn.say("Yang Kakak isi tadi tetap tersimpan di sini. Kalau sudah aman, kita lanjut:")
        questions = beside.hear(turn, intent)
        if beside.asks_if_safe(turn):  # the same question twice would confuse: the form's own is enough
            reply = replace(reply, parts=reply.parts[:-1])
            turn.tracker.asked_if_safe = None
        return reply.with_parts(Part(saved), *questions)

    def _safety(self, turn: Turn, safe: bool) -> Reply:
        """An answer to "Sekarang aman?"; a form that would ask the same has its answer with this."""
        if turn.tracker.form is not None:
            beside.learn(turn, told.DANGER, "no" if safe else "yes")
        return crisis.safe_answer(turn, self._services, safe)

    def _in_form(self, turn: Turn) -> Reply:
        """A question mark leaves a free-text question for an answer; then the form goes on."""
        asks = turn.text.rstrip().endswith("?") and turn.understood.intent in TOPICS
        if asks and band(turn.understood) == "answer":
            return self._with_open_form(turn, self._by_intent(turn))
        return engine.take(turn, self._services)

    def _by_intent(self, turn: Turn) -> Reply:
        understood = turn.understood
        intent = understood.intent
        level = band(understood)
        if level == "clarify" and len(unsure.readings(turn, self._services)) >= 2:
            return unsure.clarify(turn, self._services)
        if level != "answer" or intent is None:
            return unsure.fall_back(turn, self._services)
        if intent in TALK:
            return talk.ACTIONS[intent](turn, self._services)
        if intent in TOPICS:
            page = answer.best_article(turn, self._services, intent)
            if page is None:
                return answer.topic(turn, self._services, intent)
            return answer.answer(turn, self._services, page)
        return {
            "report_discrimination": requests.offer_report,
            "talk_to_staff": requests.talk_to_staff,
            "referral_status": requests.status,
            "privacy": requests.privacy,
        }[intent](turn, self._services)

    def _with_way_out(self, turn: Turn, reply: Reply) -> Reply:
        """An ordinary answer to a message that may be about danger keeps the emergency button in sight."""
        has_one = any(b.data.startswith("crisis") for part in reply.parts for b in part.buttons)
        if has_one or not uneasy(turn.understood):
            return reply
        text = turn.say("Kalau Kakak atau orang lain sedang dalam bahaya, tekan ini:")
        return reply.with_parts(Part(text, (Button(turn.say("🆘 Darurat"), "crisis"),)))

    def _wordless(self, turn: Turn) -> Reply:
        text = turn.say("Saya belum bisa membaca itu, Kak. Tulis dengan kata-kata, atau pilih:")
        reply = Reply((Part(text), menu.menu_part(turn)), "fallback")
        return self._with_open_form(turn, reply)

    # --- commands ---------------------------------------------------------------------------------

    def _command(self, turn: Turn, name: str, rest: str) -> Reply:
        services = self._services
        if name == "start" and rest:
            return self._with_open_form(turn, self._deep_link(turn, rest))
        if name in ("batal", "cancel"):
            if turn.tracker.form is None:
                return Reply(
                    (Part(turn.say("Tidak ada formulir yang sedang diisi.")), menu.menu_part(turn)), "talk"
                )
            return engine.cancel(turn)
        if name == "status":
            return self._with_open_form(turn, requests.status(turn, services, rest or None))
        plain = {
            "start": menu.start,
            "bantuan": menu.bot_help,
            "help": menu.bot_help,
            "menu": menu.menu,
            "petugas": requests.talk_to_staff,
            "staff": requests.talk_to_staff,
            "darurat": crisis.choose,
            "lapor": requests.offer_report,
            "bantu": offers.offer_help,
            "gethelp": offers.offer_help,
            "mediasi": offers.offer_mediation,
            "mediation": offers.offer_mediation,
            "privasi": requests.privacy,
            "hapus": requests.ask_to_erase,
        }
        if name in plain:
            return self._with_open_form(turn, plain[name](turn, services))
        if name in ("bahasa", "language"):
            return self._with_open_form(turn, self._ask_language(turn))
        text = turn.say("Perintah itu belum saya kenal, Kak. Ini yang bisa dipakai:")
        helped = menu.bot_help(turn, services)
        return self._with_open_form(turn, Reply((Part(text), *helped.parts), "fallback"))

    def _deep_link(self, turn: Turn, payload: str) -> Reply:
        """t.me/<bot>?start=report, help, mediation, article-housing__evicted-suddenly (the slash travels as __)."""
        offered = {
            "report": requests.offer_report,
            "help": offers.offer_help,
            "mediation": offers.offer_mediation,
        }
        if payload in offered:
            return offered[payload](turn, self._services)
        if payload.startswith("article-"):
            page = self._services.library.article(
                payload.removeprefix("article-").replace("__", "/"), turn.lang
            )
            if page:
                return answer.answer(turn, self._services, page)
        return menu.start(turn, self._services)

    def _ask_language(self, turn: Turn) -> Reply:
        buttons = tuple(Button(name, f"lang:{code}") for code, name in LANGUAGES.items())
        return Reply((Part("Bahasa / Language:", buttons),), "talk")

    # --- buttons ----------------------------------------------------------------------------------

    def _pressed(self, turn: Turn, data: str) -> Reply:
        services = self._services
        what, _, value = data.partition(":")
        if what == "f":
            turn.tracker.asked_if_safe = None  # going on with the form: a later "aman" answers the form
            return engine.press(turn, services, data) if data.count(":") >= 2 else self._unknown_button(turn)
        reply = self._simple_button(turn, what, value)
        return self._with_open_form(turn, reply)

    def _simple_button(self, turn: Turn, what: str, value: str) -> Reply:
        services = self._services
        page = services.library.article(value, turn.lang) if value else None
        if page is not None and what in ("article", "sources", "contacts"):
            show = {"article": answer.answer, "sources": answer.sources, "contacts": answer.contacts}
            return show[what](turn, services, page)
        if page is not None and what in ("good", "bad"):
            judge = feedback.thumbs_up if what == "good" else feedback.thumbs_down
            return judge(turn, services, page.id)
        if what == "why":
            return feedback.reason(turn, services, value) or self._unknown_button(turn)
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
            return self._safety(turn, safe=value == "yes")
        plain = {
            "menu": menu.menu,
            "more": menu.more,
            "crisis": crisis.choose,
            "report": requests.offer_report,
            "help": offers.offer_help,
            "mediation": offers.offer_mediation,
            "ask_first": requests.ask_first,
            "staff": requests.talk_to_staff,
            "status": requests.status,
            "erase": requests.erase if value == "yes" else requests.ask_to_erase,
        }
        if what in plain and value in ("", "yes"):
            return plain[what](turn, services)
        if what == "noted":
            return Reply((Part(turn.say("Bagus. Terima kasih sudah berani bercerita, Kak.")),), "talk")
        if what == "none":
            text = turn.say("Baik. Coba tulis dengan kata lain, atau pilih topiknya:")
            return Reply((Part(text), menu.menu_part(turn)), "fallback")
        return self._unknown_button(turn)

    def _unknown_button(self, turn: Turn) -> Reply:
        text = turn.say("Tombol itu sudah tidak berlaku, Kak. Pilih lagi dari sini:")
        return Reply((Part(text), menu.menu_part(turn)), "fallback")

    def _with_open_form(self, turn: Turn, reply: Reply) -> Reply:
        """After anything that is not the form itself, the open question is asked again."""
        if turn.tracker.form is None or reply.decision == "form":
            return reply
        again = turn.say("Kita lanjutkan formulirnya (atau /batal):")
        return reply.with_parts(Part(again), question(turn))
