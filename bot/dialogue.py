"""From something a person did to a reply: guard, commands, buttons, talk with staff, form, intent, in that order.

Runs inside one write transaction (store.database.write): what it changes and what it says commit together.
"""

from __future__ import annotations

import re
from dataclasses import replace

from actions import (
    answer,
    crisis,
    handover,
    menu,
    minors,
    my_data,
    requests,
    staff_talk,
    status,
    talk,
    told,
    unsure,
)
from actions.forms import beside, engine, unclear
from actions.forms.beside import with_open_form
from actions.forms.reading import says_word
from actions.refusals import refused_wish
from actions.safety_words import tells_of_leaving, typed_safety
from actions.second_need import offer_others
from actions.turn import TALK, TOPICS, Button, Part, Reply, Services, Turn
from bot import follow_up, steering
from bot.bands import Where, band, hints_count, is_danger, likeliest_crisis, uneasy
from bot.buttons import press, safety
from bot.commands import run_command
from bot.doors import door
from bot.guard import Guard
from bot.incoming import Incoming
from bot.other_kinds import other_kind

_HAS_WORD = re.compile(r"[^\W_]")

_LEAVES_TALK = ("start", "menu", "bantuan", "help")  # commands that mean: talk with the assistant again


class Dialogue:
    """Decides what to say. Holds no state of its own: everything lies in the turn's tracker and the store."""

    def __init__(self, services: Services, guard: Guard) -> None:
        self._services = services
        self._guard = guard

    def respond(self, turn: Turn, incoming: Incoming) -> Reply:
        """The reply to one thing a person did; changes `turn.tracker`."""
        offer, turn.tracker.offer = turn.tracker.offer, None  # a yes counts only right after the question
        if incoming.text is not None:
            turn.tracker.hidden = (
                False  # who types is the person; buttons on a cleared screen anyone may press
            )
        reply = self._reply(turn, incoming, offer)
        turn.tracker.choices = follow_up.choices_of(reply)
        return self._with_news(turn, reply)

    def _reply(self, turn: Turn, incoming: Incoming, offer: str | None) -> Reply:
        services = self._services
        staff_talk.is_open(turn)  # one that has rested too long ends here
        if incoming.button is not None:
            return self._button(turn, incoming.button)
        if incoming.other is not None:
            return self._other(turn, incoming)
        if (
            incoming.command is not None
            and incoming.command[0] in _LEAVES_TALK
            and turn.tracker.talk is not None
        ):
            staff_talk.end(turn, services)
        heard = danger = self._guard.crisis_in(turn.text)
        if heard and not hints_count(turn.understood, turn.text):
            danger = self._guard.crisis_in(turn.text, hints=False)
        if steering.HIDE.fullmatch(turn.text):
            return my_data.hide(turn, services)
        if incoming.command is not None and danger is None:
            return with_open_form(turn, run_command(turn, services, *incoming.command))
        return self._text(turn, danger, offer, hinted=heard != danger)

    # --- text -------------------------------------------------------------------------------------

    def _text(self, turn: Turn, danger: str | None, offer: str | None, hinted: bool) -> Reply:
        """`hinted`: the guard has a hint of danger that the model overruled."""
        services, understood = self._services, turn.understood
        in_form = turn.tracker.form is not None and not turn.tracker.form.paused
        # A bare "selesai" or "batal" steers; what the model reads into one word is no danger. The guard still counts.
        only_steers = steering.END.fullmatch(turn.text) or (in_form and beside.only_answers(turn))
        in_talk = turn.tracker.talk is not None
        where: Where = "talk" if in_talk else "form" if in_form else "chat"
        if danger is None and is_danger(understood, where) and not only_steers:
            danger = likeliest_crisis(understood)
        if steering.EMERGENCY.fullmatch(turn.text):
            return with_open_form(turn, crisis.choose(turn, services))
        clear = "aman" in turn.text.lower() or tells_of_leaving(turn.text)
        if turn.tracker.asked_if_safe and (not in_form or clear):
            safe = typed_safety(turn.text, turn.tracker.asked_if_safe)
            if safe is not None:
                return with_open_form(turn, safety(turn, services, safe))
        if danger is not None:
            return self._danger(turn, danger)
        turn.tracker.asked_if_safe = None  # talking about something else: a later "ya" is no answer to it
        if in_talk:
            reply = self._to_staff(turn)
            return self._with_way_out(turn, reply) if hinted or is_danger(understood) else reply
        if in_form and says_word(turn.text, "cancel"):
            return engine.cancel(turn)
        if steering.MENU.fullmatch(turn.text):
            return with_open_form(turn, menu.menu(turn, services))
        if not _HAS_WORD.search(turn.text):
            return self._wordless(turn)
        if in_form:
            reply = self._in_form(turn)
            doubtful = hinted or (is_danger(understood) and not only_steers)
            return self._with_way_out(turn, reply) if doubtful else reply
        return self._free_text(turn, offer, hinted)

    def _free_text(self, turn: Turn, offer: str | None, hinted: bool) -> Reply:
        """No form, no talk, no danger: perhaps a word about what was shown before, else what the message is about."""
        services = self._services
        if turn.tracker.form is not None and says_word(turn.text, "resume"):
            return engine.resume(turn)
        if pressed := follow_up.chosen(turn, offer):
            return self._button(turn, pressed)
        if steering.END.fullmatch(turn.text):
            return staff_talk.end(turn, services)
        if named := door(turn.text):
            return self._button(turn, named)
        leaning = staff_talk.last_signs(turn) or follow_up.about_the_last_answer(turn, services)
        if leaning is not None:
            return leaning
        told.remember(turn, turn.understood.intent if band(turn.understood) == "answer" else None)
        reply = offer_others(turn, services, self._by_intent(turn))
        child = minors.protection(turn, services, turn.understood.intent)
        if child is not None and reply.decision in ("answer", "clarify"):
            reply = reply.with_parts(child)
        return self._with_way_out(turn, reply) if hinted or uneasy(turn.understood) else reply

    def _danger(self, turn: Turn, intent: str) -> Reply:
        """Numbers first. Inside a form, what was typed is kept where it answers the open question; in a talk with
        staff it reaches them, and hurries the case."""
        services = self._services
        in_form = turn.tracker.form is not None and not turn.tracker.form.paused
        taken = engine.take(turn, services) if in_form and beside.answers_too(turn) else None
        reply = crisis.crisis(turn, services, intent)
        child = minors.protection(turn, services, intent)
        if child is not None:
            reply = replace(reply, parts=(*reply.parts[:-1], child, reply.parts[-1]))
        if turn.tracker.talk is not None:
            return reply.with_parts(staff_talk.forward(turn, services, urgent=True))
        if turn.tracker.form is None or not in_form:
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

    def _to_staff(self, turn: Turn) -> Reply:
        """A talk with staff is open: words go to them, until the person ends it or wants the menu."""
        assert turn.tracker.talk is not None
        code = turn.tracker.talk["code"]
        if steering.END.fullmatch(turn.text):
            return staff_talk.end(turn, self._services)
        if steering.MENU.fullmatch(turn.text):
            staff_talk.end(turn, self._services)
            return menu.menu(turn, self._services)
        return Reply((staff_talk.forward(turn, self._services),), "handover", referral=code)

    def _in_form(self, turn: Turn) -> Reply:
        """A question mark leaves a free-text question for an answer; then the form goes on. What only may be a question
        is asked about."""
        choice = unclear.typed_choice(turn)
        if choice is not None:
            return self._asked(turn) if choice == "asks" else engine.take_kept(turn)
        if beside.is_for_staff(turn):
            return engine.take(turn, self._services)
        level, answered = band(turn.understood), turn.understood.intent in (*TOPICS, "privacy", "bot_help")
        if level == "answer" and answered and turn.text.rstrip().endswith("?"):
            return with_open_form(turn, self._by_intent(turn))
        understood = level in ("answer", "clarify")
        if understood and beside.asks_for_words(turn) and unclear.sounds_like_a_question(turn.text):
            return unclear.ask(turn)
        return engine.take(turn, self._services)

    def _asked(self, turn: Turn) -> Reply:
        """What was typed in a form and kept is a question: it is answered as outside of a form, then the form goes on."""
        return with_open_form(turn, self._by_intent(unclear.as_asked(turn)))

    def _by_intent(self, turn: Turn) -> Reply:
        services, intent = self._services, turn.understood.intent
        level = band(turn.understood)
        if level == "clarify" and (refused := refused_wish(turn, services)):
            return refused
        if level == "clarify" and len(unsure.readings(turn, services)) >= 2:
            return unsure.clarify(turn, services)
        if level != "answer" or intent is None:
            return unsure.fall_back(turn, services)
        if intent in TALK:
            return talk.ACTIONS[intent](turn, services)
        if intent in TOPICS:
            before = turn.tracker.article
            page = answer.best_article(turn, services, intent)
            if page is None:
                return answer.topic(turn, services, intent)
            same = page.id == before and follow_up.leans_back(turn.text)
            lead = turn.say("Yang paling dekat dengan pertanyaan itu masih halaman ini:") if same else ""
            return answer.answer(turn, services, page, lead)
        return {
            "report_discrimination": requests.offer_report,
            "talk_to_staff": handover.talk_to_staff,
            "referral_status": status.status,
            "privacy": requests.privacy,
        }[intent](turn, services)

    # --- what is added to a reply -----------------------------------------------------------------

    def _with_way_out(self, turn: Turn, reply: Reply) -> Reply:
        """An ordinary answer to a message that may be about danger keeps the emergency button in sight."""
        if any(b.data.startswith("crisis") for part in reply.parts for b in part.buttons):
            return reply  # it has one
        text = turn.say("Kalau Kakak atau orang lain sedang dalam bahaya, tekan ini:")
        return reply.with_parts(Part(text, (Button(turn.say("🆘 Darurat"), "crisis"),)))

    def _with_news(self, turn: Turn, reply: Reply) -> Reply:
        """The hotline wrote to somebody who wants to be told only when writing first: now is the time. Not on a
        screen that was just cleared, and not beside danger or a form."""
        quiet = turn.tracker.hidden or reply.clears_screen or reply.decision in ("crisis", "form", "status")
        if quiet or turn.tracker.talk is not None:
            return reply
        hint = status.news_part(turn, self._services)
        return reply.with_parts(hint) if hint else reply

    def _wordless(self, turn: Turn) -> Reply:
        text = turn.say("Saya belum bisa membaca itu, Kak. Tulis dengan kata-kata, atau pilih:")
        return with_open_form(turn, Reply((Part(text), menu.menu_part(turn)), "fallback"))

    # --- buttons and other kinds --------------------------------------------------------------------

    def _button(self, turn: Turn, data: str) -> Reply:
        if turn.tracker.talk is not None and data.partition(":")[0] in ("menu", "topic", "article", "form"):
            staff_talk.end(
                turn, self._services
            )  # who goes on to something else talks with the assistant again
        form = turn.tracker.form
        if form is not None and data == f"f:{form.token}:asks" and unclear.kept(form):
            return self._asked(turn)
        return with_open_form(turn, press(turn, self._services, data))

    def _other(self, turn: Turn, incoming: Incoming) -> Reply:
        assert incoming.other is not None
        services, tracker = self._services, turn.tracker
        danger = self._guard.crisis_in(turn.attachment.caption or "") if turn.attachment else None
        if tracker.talk is not None and turn.attachment is not None:
            code = tracker.talk["code"]
            receipt = staff_talk.forward(turn, services, urgent=danger is not None)
            if danger is not None:
                return crisis.crisis(turn, services, danger).with_parts(receipt)
            return Reply((receipt,), "handover", referral=code)
        taken = None
        if tracker.form is not None and not tracker.form.paused:
            taken = engine.take_file(turn)
        if danger is not None:
            if taken is not None:
                return crisis.crisis(turn, services, danger).with_parts(*beside.hear(turn, danger))
            told.remember(turn, danger)
            return with_open_form(turn, crisis.crisis(turn, services, danger))
        return taken or with_open_form(turn, other_kind(turn, services, incoming.other))
