"""Runs any form: ask, take, go back, skip, show the summary, change, send.

The state lies in the tracker, so a restart or a week's pause changes nothing. Buttons carry the token of the form they
belong to: a button of an old form is recognised and changes nothing.
"""

from __future__ import annotations

import secrets

from actions import attachments, crisis, told
from actions.forms import filing, unclear
from actions.forms.conditions import chosen
from actions.forms.model import SUMMARY, Option, Slot, load_form
from actions.forms.reading import says_no, says_word, told_answer, typed_option, typed_options
from actions.forms.screens import current, known_before, question, what_to_change
from actions.turn import Attachment, Button, Part, Reply, Services, Turn
from store import evidence
from store.trackers import FormState


def begin(turn: Turn, services: Services, name: str) -> Reply:
    """Open a form: who reads it and when, what is known already, then the first question."""
    form = load_form(name)
    known = told.take(turn)
    prefilled = {slot.name: value for slot in form.slots if (value := told_answer(slot, known))}
    turn.tracker.form = FormState(name, form.slots[0].name, prefilled, token=secrets.token_hex(3))
    opening = turn.say(form.opening).format(
        operator=services.hotline.described(turn.say),
        answers_within=services.hotline.within(turn.say),
    )
    parts = [Part(opening), *([known_before(turn)] if prefilled else []), question(turn)]
    return Reply(tuple(parts), "form")


def press(turn: Turn, services: Services, data: str) -> Reply:
    """A form button: `f:<token>:<what>[:<value>]`."""
    _prefix, token, what, *rest = data.split(":", 3)
    value = rest[0] if rest else ""
    state = turn.tracker.form
    if state is None or state.token != token:
        text = turn.say("Tombol itu dari formulir yang sudah selesai atau dibatalkan.")
        return Reply((Part(text),), "fallback")
    form = load_form(state.name)
    slot = form.slot(state.slot) if state.slot != SUMMARY else None
    option = slot.option(value) if slot and what == "set" else None
    if slot and option:
        return _toggle(turn, option) if slot.kind == "several" else _choose(turn, services, option)
    if slot and what == "told" and slot.kind == "text" and unclear.kept(state):
        return take_kept(turn)
    if slot and what == "done" and state.values.get(slot.name):
        return _accept(turn, state.values[slot.name])
    if slot and what == "clear" and slot.kind == "files":
        return _clear_files(turn, slot)
    if what == "pause":
        return pause(turn)
    if slot and what == "skip" and slot.may_be_skipped:
        return _skip(turn, services, slot)
    if what == "back":
        return _back(turn)
    if what == "send" and state.slot == SUMMARY:
        return filing.send(turn, services, form)
    if what == "edit" and state.slot == SUMMARY and not value:
        return Reply((what_to_change(turn),), "form")
    if what == "edit" and value in {s.name for s in form.asked(state.values)}:
        state.slot, state.editing = value, True
    if what == "cancel":
        return cancel(turn)
    return Reply((question(turn),), "form")


def take(turn: Turn, services: Services) -> Reply:
    """A typed answer."""
    form, state = current(turn)
    text = turn.text.strip()
    if says_word(text, "pause"):
        return pause(turn)
    if state.slot == SUMMARY:
        return _at_summary(turn, services, text)
    slot = form.slot(state.slot)
    if says_word(text, "back"):
        return _back(turn)
    if slot.may_be_skipped and says_word(text, "skip"):
        return _skip(turn, services, slot)
    if slot.kind == "choice":
        option = typed_option(text, slot, turn.say)
        return _choose(turn, services, option) if option else _ask_for_a_button(turn)
    if slot.kind == "several":
        if state.values.get(slot.name) and says_word(text, "done"):
            return _accept(turn, state.values[slot.name])
        found = typed_options(text, slot, turn.say)
        return _accept(turn, ",".join(o.value for o in found)) if found else _ask_for_a_button(turn)
    if slot.kind == "files":
        return _typed_for_files(turn, slot, text)
    before = unclear.kept(state)  # whoever writes on instead of saying what it was goes on with the story
    if before and text:
        text = f"{before}\n{text}"
    return _accept(turn, text) if text else Reply((question(turn),), "form")


def take_kept(turn: Turn) -> Reply:
    """What was typed before and was not clear is the answer."""
    _form, state = current(turn)
    return _accept(turn, unclear.kept(state))


def take_file(turn: Turn) -> Reply | None:
    """Something sent that is not text, where the form asks for it (or shows its summary); None elsewhere."""
    form, state = current(turn)
    asked = [slot for slot in form.asked(state.values) if slot.kind == "files"]
    if turn.attachment is None or not asked or state.slot not in (asked[0].name, SUMMARY):
        return None
    return _add_file(turn, asked[0], turn.attachment)


def pause(turn: Turn) -> Reply:
    """[Nanti saja]: nothing asks for the form until the person comes back to it."""
    _form, state = current(turn)
    state.paused = True
    text = turn.say(
        "Baik, kita simpan dulu. Isinya menunggu tujuh hari dan belum dikirim ke siapa pun. Tulis /lanjut kapan saja."
    )
    return Reply((Part(text),), "form")


def resume(turn: Turn) -> Reply:
    """/lanjut: the open question again."""
    _form, state = current(turn)
    state.paused = False
    return Reply((Part(turn.say("Kita lanjutkan dari sini:")), question(turn)), "form")


def cancel(turn: Turn) -> Reply:
    """/batal: forget what was filled in."""
    turn.tracker.form = None
    text = turn.say("Baik, dibatalkan. Tidak ada yang dikirim dan isinya sudah saya hapus.")
    return Reply((Part(text),), "form")


def _at_summary(turn: Turn, services: Services, text: str) -> Reply:
    if says_word(text, "send"):
        return filing.send(turn, services, current(turn)[0])
    if says_word(text, "edit"):
        return Reply((what_to_change(turn),), "form")
    if says_word(text, "back"):
        return _back(turn)
    hint = turn.say("Tekan Kirim, atau tulis «kirim», «ubah», atau «batal».")
    return Reply((Part(hint), question(turn)), "form")


def _choose(turn: Turn, services: Services, option: Option) -> Reply:
    if option.ends:
        return cancel(turn)
    if option.refuses:
        return _refuse(turn, option)
    reply = _accept(turn, option.value)
    if option.note:
        reply = Reply((Part(turn.say(option.note)), *reply.parts), "form")
    if option.crisis:
        numbers = crisis.numbers(turn, services, option.crisis)
        reply = Reply((numbers, *reply.parts), "crisis", f"{option.crisis}/now")
    return reply


def _refuse(turn: Turn, option: Option) -> Reply:
    """The wrong form for this: why, and the right help. What was told goes along, so that it is not asked again."""
    form, state = current(turn)
    assert option.refuses is not None
    answers = form.answers(state.values)
    carried = {slot.from_told: answers[slot.name] for slot in form.slots if slot.name in answers}
    told.put(turn, {key: value for key, value in carried.items() if key} | option.carries)
    turn.tracker.form = None
    buttons = tuple(Button(turn.say(way.label), way.data) for way in option.ways)
    return Reply((Part(turn.say(option.refuses), buttons),), "refuse")


def _toggle(turn: Turn, option: Option) -> Reply:
    """One of several: chosen, or no longer chosen; the question stays until "Selesai"."""
    form, state = current(turn)
    picked = {*chosen(state.values.get(state.slot, ""))} ^ {option.value}
    state.values[state.slot] = ",".join(o.value for o in form.slot(state.slot).options if o.value in picked)
    return Reply((question(turn),), "form", in_place=True)


def _add_file(turn: Turn, slot: Slot, attachment: Attachment) -> Reply:
    _form, state = current(turn)
    refused = attachments.refusal(turn, held=len(state.files))
    if refused and attachment.caption and len(state.files) < evidence.MOST_PER_CASE:
        attachment = _written(attachment.caption)  # the file is too large; what was written under it is not
    elif refused:
        return Reply((Part(refused), question(turn)), "form")
    state.files.append({**attachment.as_dict(), "slot": slot.name})
    state.values[slot.name] = str(len(state.files))
    return Reply((*([Part(refused)] if refused else []), question(turn)), "form")


def _typed_for_files(turn: Turn, slot: Slot, text: str) -> Reply:
    """Words where files are asked for: "selesai" and "lewati" steer, anything else is kept as written evidence."""
    _form, state = current(turn)
    if says_word(text, "done") or says_no(text) or not text:
        return _accept(turn, state.values.get(slot.name, ""))
    return _add_file(turn, slot, _written(text))


def _written(text: str) -> Attachment:
    return Attachment("text", "text/plain", len(text.encode()), text=text)


def _clear_files(turn: Turn, slot: Slot) -> Reply:
    _form, state = current(turn)
    state.files = []
    state.values.pop(slot.name, None)
    return Reply((question(turn),), "form", in_place=True)


def _skip(turn: Turn, services: Services, slot: Slot) -> Reply:
    default = slot.option(slot.default) if slot.default is not None else None
    return _choose(turn, services, default) if default else _accept(turn, "")


def _accept(turn: Turn, value: str) -> Reply:
    """Keep an answer ("" for a question left out) and go to the next one that is still open."""
    form, state = current(turn)
    state.values[state.slot] = value
    state.slot, state.editing = form.next_open(state.values), False
    state.unclear = None
    return Reply((question(turn),), "form")


def _back(turn: Turn) -> Reply:
    form, state = current(turn)
    names = [slot.name for slot in form.asked(state.values)] + [SUMMARY]
    state.slot = SUMMARY if state.editing else names[max(0, names.index(state.slot) - 1)]
    state.editing, state.unclear = False, None
    return Reply((question(turn),), "form")


def _ask_for_a_button(turn: Turn) -> Reply:
    text = turn.say("Tekan salah satu tombol, ya Kak, atau tulis nomor urutnya (1, 2, …).")
    return Reply((Part(text), question(turn)), "form")
