"""What a form shows: its questions, what is known already, the summary."""

from __future__ import annotations

from collections import Counter
from typing import Any

from actions.forms.conditions import chosen
from actions.forms.model import SUMMARY, Form, Slot, load_form
from actions.turn import Button, Part, Turn
from store.trackers import FormState

LONGEST_SHOWN = 300  # characters of an answer in the summary; what is kept is never cut


def current(turn: Turn) -> tuple[Form, FormState]:
    """The open form and where it stands."""
    assert turn.tracker.form is not None
    return load_form(turn.tracker.form.name), turn.tracker.form


def question(turn: Turn) -> Part:
    """The question (or summary) the form stands at."""
    form, state = current(turn)
    if state.slot == SUMMARY:
        return _summary(turn)
    slot = form.slot(state.slot)
    _ = turn.say
    number, total = step(turn)
    text = f"({number}/{total}) {_(slot.ask)}"
    picked = chosen(state.values.get(slot.name, "")) if slot.kind == "several" else []
    buttons = [
        _button(state, f"☑ {_(o.label)}" if o.value in picked else _(o.label), f"set:{o.value}")
        for o in slot.options
    ]
    if slot.kind == "several":
        text += "\n" + _("Boleh pilih beberapa, lalu tekan Selesai.")
    if slot.kind == "files" and state.files:
        text += "\n\n" + _("Sudah diterima: {what}.").format(what=kinds_of(turn, state.files))
        picked = [slot.name]
        buttons.append(_button(state, _("Hapus lampiran"), "clear"))
    if picked:
        buttons.append(_button(state, _("Selesai"), "done"))
    elif slot.may_be_skipped:
        buttons.append(_button(state, _("Lewati"), "skip"))
    if state.slot != form.slots[0].name:
        buttons.append(_button(state, _("« Kembali"), "back"))
        buttons.append(_button(state, _("Nanti saja"), "pause"))
    return Part(text, tuple(buttons))


def kinds_of(turn: Turn, files: list[dict[str, Any]]) -> str:
    """What was sent so far: "2 foto, 1 pesan suara"."""
    _ = turn.say
    names = {
        "photo": _("foto"),
        "voice": _("pesan suara"),
        "video": _("video"),
        "document": _("dokumen"),
        "location": _("lokasi"),
        "text": _("catatan"),
    }
    counted = Counter(file["kind"] for file in files)
    return ", ".join(f"{times} {names[kind]}" for kind, times in counted.items())


def step(turn: Turn) -> tuple[int, int]:
    """Which question of how many this is (the summary counts as the last)."""
    form, state = current(turn)
    names = [slot.name for slot in form.asked(state.values)] + [SUMMARY]
    return names.index(state.slot) + 1, len(names)


def known_before(turn: Turn) -> Part:
    """What was told before the form began, to be seen before anything is asked."""
    form, state = current(turn)
    _ = turn.say
    lines = [_line(turn, slot) for slot in form.asked(state.values) if slot.name in state.values]
    head = _("Ini sudah Kakak ceritakan, jadi tidak saya tanya lagi. Masih bisa diubah sebelum dikirim:")
    return Part("\n".join([head, *lines]))


def what_to_change(turn: Turn) -> Part:
    """A button for every answer of the summary."""
    form, state = current(turn)
    slots = [slot for slot in form.asked(state.values) if slot.in_summary]
    buttons = tuple(_button(state, turn.say(slot.label), f"edit:{slot.name}") for slot in slots)
    return Part(turn.say("Mana yang mau diubah?"), buttons)


def _summary(turn: Turn) -> Part:
    form, state = current(turn)
    _ = turn.say
    lines = [_line(turn, slot) for slot in form.asked(state.values) if slot.in_summary]
    buttons = (
        _button(state, _("✅ Kirim"), "send"),
        _button(state, _("✏️ Ubah"), "edit"),
        _button(state, _("Nanti saja"), "pause"),
        _button(state, _("Batal"), "cancel"),
    )
    return Part("\n".join([_("Ini yang akan dikirim:"), *lines]), buttons)


def _line(turn: Turn, slot: Slot) -> str:
    state = current(turn)[1]
    value = state.values.get(slot.name, "")
    if slot.kind == "files" and state.files:
        value = kinds_of(turn, state.files)
    if slot.options:
        labels = [option.label for option in slot.options if option.value in chosen(value)]
        value = ", ".join(turn.say(label) for label in labels)
    shown = value if len(value) <= LONGEST_SHOWN else f"{value[: LONGEST_SHOWN - 1]}…"
    return f"• {turn.say(slot.label)}: {shown or '–'}"


def _button(state: FormState, label: str, what: str) -> Button:
    return Button(label, f"f:{state.token}:{what}")
