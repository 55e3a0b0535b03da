"""Which questions of a form show, as rules for the browser: they follow the answers at once and need no JavaScript.

Only what is asked stays on the screen; the server decides again when the page is sent.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from actions.forms.conditions import HEARD
from actions.forms.model import Form
from actions.turn import CRISES
from hotline.phone_form import ASKED_AGAIN, PREFIX

_HIDE = "{ display: none; }"


def rules(form: Form) -> str:
    """The style sheet of a form. A browser that does not know :has() shows all questions and remarks."""
    return "@supports selector(:has(*)) {\n" + "\n".join(_rules(form)) + "\n}\n"


def _rules(form: Form) -> Iterator[str]:
    for slot in form.slots:
        question = f"#tanya-{slot.name}"
        if slot.ask_if:
            yield f"#kasus:not(:has({_any(slot.ask_if)})) {question} {_HIDE}"
        if slot.skip_if:
            yield f"#kasus:has({_any(slot.skip_if)}) {question} {_HIDE}"
        for option in slot.options:
            if option.note or option.crisis or option.refuses or option.ends:
                chosen = _any({slot.name: [option.value]})
                yield f"#kasus:not(:has({chosen})) #kalau-{slot.name}-{option.value} {_HIDE}"
    for crisis in CRISES:
        yield f"#kasus:not(:has({_any({HEARD: [crisis]})})) #dengar-{crisis} {_HIDE}"
    if form.after_danger:
        heard = _any({HEARD: form.after_danger.when})
        yield f"#kasus:not(:has({heard})) #tanya-{ASKED_AGAIN} {_HIDE}"


def _any(conditions: Mapping[str, Sequence[str]]) -> str:
    return ", ".join(
        f'[name="{name if name == HEARD else PREFIX + name}"][value="{value}"]:checked'
        for name, values in conditions.items()
        for value in values
    )
