"""The answers of a case in words: which question each belongs to, and what its options are called."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from actions.forms.conditions import chosen
from actions.forms.model import Form, form_names, load_form
from locales import Translate


@dataclass(frozen=True)
class Line:
    """One answer. `own_words`: told freely, so it may be long, hard to read, or name people."""

    name: str
    label: str
    text: str
    own_words: bool


def form_of(kind: str) -> Form | None:
    """The form that becomes cases of this kind; None for a kind without one."""
    forms = (load_form(name) for name in form_names())
    return next((form for form in forms if form.referral_kind == kind), None)


def lines(kind: str, told: Mapping[str, str], say: Translate) -> list[Line]:
    """The answers in the order of the form's questions; what no question knows stands last, as it was stored."""
    return [*_known(kind, told, say)]


def _known(kind: str, told: Mapping[str, str], say: Translate) -> Iterator[Line]:
    form = form_of(kind)
    slots = {slot.name: slot for slot in form.slots} if form else {}
    for name in sorted(told, key=lambda name: [*slots, name].index(name)):
        slot = slots.get(name)
        if slot is None:
            yield Line(name, name, told[name], True)
        elif slot.options:
            labels = [option.label for option in slot.options if option.value in chosen(told[name])]
            text = ", ".join(say(label) for label in labels) or told[name]
            yield Line(name, say(slot.label), text, False)
        else:
            yield Line(name, say(slot.label), told[name], True)
