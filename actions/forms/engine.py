"""Runs any form: ask, take, go back, skip, show the summary, change, send.

The state lies in the tracker, so a restart or a week's pause changes nothing. Buttons carry the token of the form they
belong to: a button of an old form is recognised and changes nothing.
"""

from __future__ import annotations

import secrets

from actions.forms import filing
from actions.forms.model import Form, Option, Slot, load_form
from actions.forms.reading import says_word, typed_option
from actions.turn import Button, Part, Reply, Services, Turn
from store.trackers import FormState

SUMMARY = "summary"


def begin(turn: Turn, services: Services, name: str) -> Reply:
    """Open a form: who reads it and when, then the first question."""
    form = load_form(name)
    prefilled = {
        slot.name: value
        for slot in form.slots
        if slot.from_entity and (value := _prefill(slot, turn.tracker.pending))
    }
    turn.tracker.pending = {}
    turn.tracker.form = FormState(name, form.slots[0].name, prefilled, token=secrets.token_hex(3))
    opening = turn.say(form.opening).format(
        operator=services.hotline.described(turn.say),
        answers_within=services.hotline.within(turn.say),
    )
    return Reply((Part(opening), question(turn)), "form")


def question(turn: Turn) -> Part:
    """The question (or summary) the form stands at."""
    form, state = _current(turn)
    if state.slot == SUMMARY:
        return _summary(turn)
    slot = form.slot(state.slot)
    _ = turn.say
    buttons = [_button(state, turn.say(o.label), f"set:{o.value}") for o in slot.options]
    if slot.optional:
        buttons.append(_button(state, _("Lewati"), "skip"))
    if state.slot != form.slots[0].name:
        buttons.append(_button(state, _("« Kembali"), "back"))
    number, total = step(turn)
    return Part(f"({number}/{total}) {_(slot.ask)}", tuple(buttons))


def step(turn: Turn) -> tuple[int, int]:
    """Which question of how many this is (the summary counts as the last)."""
    form, state = _current(turn)
    names = [slot.name for slot in form.asked(state.values)] + [SUMMARY]
    return names.index(state.slot) + 1, len(names)


def press(turn: Turn, services: Services, data: str) -> Reply:
    """A form button: `f:<token>:<what>[:<value>]`."""
    _ = turn.say
    _prefix, token, what, *value = data.split(":", 3)
    state = turn.tracker.form
    if state is None or state.token != token:
        return Reply((Part(_("Tombol itu dari formulir yang sudah selesai atau dibatalkan.")),), "fallback")
    form = load_form(state.name)
    if what == "set" and state.slot != SUMMARY:
        options = {o.value: o for o in form.slot(state.slot).options}
        if value and value[0] in options:
            return _choose(turn, options[value[0]])
    if what == "skip" and state.slot != SUMMARY and form.slot(state.slot).optional:
        return _accept(turn, None)
    if what == "back":
        return _back(turn)
    if what == "send" and state.slot == SUMMARY:
        return filing.send(turn, services, form)
    if what == "edit" and state.slot == SUMMARY and not value:
        return Reply((_what_to_change(turn),), "form")
    if what == "edit" and value and value[0] in {s.name for s in form.asked(state.values)}:
        state.slot, state.editing = value[0], True
        return Reply((question(turn),), "form")
    if what == "cancel":
        return cancel(turn)
    return Reply((question(turn),), "form")


def take(turn: Turn, services: Services) -> Reply:
    """A typed answer."""
    form, state = _current(turn)
    _ = turn.say
    text = turn.text.strip()
    if state.slot == SUMMARY:
        if says_word(text, "send"):
            return filing.send(turn, services, form)
        if says_word(text, "edit"):
            return Reply((_what_to_change(turn),), "form")
        return Reply(
            (Part(_("Tekan Kirim, atau tulis «kirim», «ubah», atau «batal».")), question(turn)), "form"
        )
    slot = form.slot(state.slot)
    if says_word(text, "back"):
        return _back(turn)
    if slot.optional and says_word(text, "skip"):
        return _accept(turn, None)
    if slot.kind == "choice":
        option = typed_option(text, slot, turn.say)
        if option is None:
            return Reply(
                (
                    Part(_("Tekan salah satu tombol, ya Kak, atau tulis nomor urutnya (1, 2, …).")),
                    question(turn),
                ),
                "form",
            )
        return _choose(turn, option)
    if not text:
        return Reply((question(turn),), "form")
    return _accept(turn, text)


def cancel(turn: Turn) -> Reply:
    """/batal: forget what was filled in."""
    turn.tracker.form = None
    return Reply(
        (Part(turn.say("Baik, dibatalkan. Tidak ada yang dikirim dan isinya sudah saya hapus.")),), "form"
    )


def _choose(turn: Turn, option: Option) -> Reply:
    if option.ends:
        return cancel(turn)
    reply = _accept(turn, option.value)
    if option.note:
        return Reply((Part(turn.say(option.note)), *reply.parts), "form")
    return reply


def _accept(turn: Turn, value: str | None) -> Reply:
    form, state = _current(turn)
    if value is None:
        state.values.pop(state.slot, None)
    else:
        state.values[state.slot] = value
    if state.editing:
        state.slot, state.editing = SUMMARY, False
    else:
        state.slot = _after(form, state)
    return Reply((question(turn),), "form")


def _after(form: Form, state: FormState) -> str:
    asked = form.asked(state.values)
    names = [slot.name for slot in asked]
    for slot in asked[names.index(state.slot) + 1 :]:
        if not (slot.from_entity and slot.name in state.values):  # told before: shown in the summary
            return slot.name
    return SUMMARY


def _back(turn: Turn) -> Reply:
    form, state = _current(turn)
    if state.editing:
        state.slot, state.editing = SUMMARY, False
        return Reply((question(turn),), "form")
    names = [slot.name for slot in form.asked(state.values)] + [SUMMARY]
    state.slot = names[max(0, names.index(state.slot) - 1)]
    return Reply((question(turn),), "form")


def _summary(turn: Turn) -> Part:
    form, state = _current(turn)
    _ = turn.say
    lines = [_("Ini yang akan dikirim:")]
    for slot in form.asked(state.values):
        if slot.in_summary:
            lines.append(f"• {_(slot.label)}: {_shown(turn, slot, state.values.get(slot.name))}")
    buttons = (
        _button(state, _("✅ Kirim"), "send"),
        _button(state, _("✏️ Ubah"), "edit"),
        _button(state, _("Batal"), "cancel"),
    )
    return Part("\n".join(lines), buttons)


def _what_to_change(turn: Turn) -> Part:
    form, state = _current(turn)
    slots = [slot for slot in form.asked(state.values) if slot.in_summary]
    buttons = tuple(_button(state, turn.say(slot.label), f"edit:{slot.name}") for slot in slots)
    return Part(turn.say("Mana yang mau diubah?"), buttons)


def _shown(turn: Turn, slot: Slot, value: str | None) -> str:
    if value is None:
        return "–"
    for option in slot.options:
        if option.value == value:
            return turn.say(option.label)
    return value if len(value) <= 300 else value[:299] + "…"


def _prefill(slot: Slot, pending: dict[str, str]) -> str | None:
    told = pending.get(slot.from_entity or "")
    if told is None or slot.kind == "text":
        return told
    option = typed_option(told, slot, lambda text: text)
    return option.value if option else None


def _button(state: FormState, label: str, what: str) -> Button:
    return Button(label, f"f:{state.token}:{what}")


def _current(turn: Turn) -> tuple[Form, FormState]:
    assert turn.tracker.form is not None
    return load_form(turn.tracker.form.name), turn.tracker.form
