"""Write docs/forms.md from the forms themselves: python -m actions.forms.diagram (make forms)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from pathlib import Path

from actions.forms.conditions import HEARD, Conditions, matches
from actions.forms.model import SUMMARY, Form, Slot, form_names, load_form
from locales import translator

PAGE = Path(__file__).parents[2] / "docs" / "forms.md"
_HEAD = """# Forms

Drawn from `actions/forms/*.yml` by `make forms`; do not edit by hand. How a form is written is told in
[CONTRIBUTING.md](../CONTRIBUTING.md#add-a-form).

A box is a question. Not drawn, because it holds everywhere: "« Kembali" leads one question back, /batal ends the form
and keeps nothing, a question in the middle is answered and the form goes on, words that only may be one are kept until
the person says which, danger shows numbers and the form waits. What was told before the form began is filled in and its
question passed over; the summary shows it, and every answer can be changed there. After a change only questions that
are now open for the first time are asked.
"""

_say = translator("en")


def forms_page() -> str:
    """The page: what each form leads to, and its states."""
    return _HEAD + "".join(_section(load_form(name)) for name in form_names())


def _section(form: Form) -> str:
    facts = [
        f"becomes a case of the kind `{form.referral_kind}`, with the consent text of {form.consent_version}"
    ]
    if form.urgent_if:
        facts.append(f"urgent if {_any_of(form.urgent_if)}")
    if form.may_write_if:
        facts.append(f"staff may write first if {_any_of(form.may_write_if)}; otherwise the chat is not kept")
    for slot in form.slots:
        facts += [
            f"`{slot.name}` = {option.value} shows the numbers of {option.crisis} at once"
            for option in slot.options
            if option.crisis
        ]
    again = form.after_danger
    if again:
        facts.append(f"`{again.slot}` is asked once more after danger was heard ({', '.join(again.when)})")
    lines = [f"- {fact}" for fact in facts]
    return "\n".join([f"\n## {form.name}\n", *lines, "", "```mermaid", *diagram(form), "```", ""])


def diagram(form: Form) -> Iterator[str]:
    """The form as a state diagram in Mermaid's language."""
    yield "stateDiagram-v2"
    for slot in form.slots:
        yield f'    state "{_say(slot.label)}{_kind(slot)}" as {slot.name}'
    yield f"    [*] --> {form.slots[0].name}"
    for slot in form.slots:
        for option in slot.options:
            if option.ends:
                yield f"    {slot.name} --> [*] : {option.value}, nothing is kept"
            if option.refuses:
                leads = ", ".join(way.data.replace(":", " ") for way in option.ways)
                yield f"    {slot.name} --> refused : {option.value} → {leads}"
        for following in _next(form, slot):
            yield f"    {slot.name} --> {following}{_label(form, slot, following)}"
    yield f"    {SUMMARY} --> sent : send"
    yield f"    {SUMMARY} --> [*] : cancel, nothing is kept"
    yield "    sent --> [*]"
    if any(option.refuses for slot in form.slots for option in slot.options):
        yield "    refused --> [*]"


def _kind(slot: Slot) -> str:
    marks = [
        "several" if slot.kind == "several" else "",
        "may be left out" if slot.optional else "",
        f"left out = {slot.default}" if slot.default else "",
        f"known from {slot.from_told}" if slot.from_told else "",
    ]
    shown = ", ".join(mark for mark in marks if mark)
    return f" ({shown})" if shown else ""


def _next(form: Form, slot: Slot) -> dict[str, list[dict[str, str]]]:
    """What may come after a question, in the form's order, each with the answers before which it does."""
    found: dict[str, list[dict[str, str]]] = {}
    for values in _situations(form):
        names = [s.name for s in form.asked(values)] + [SUMMARY]
        if slot.name in names:
            following = names[names.index(slot.name) + 1]
            found.setdefault(following, []).append(form.answers(values) | {HEARD: values.get(HEARD, "")})
    order = [s.name for s in form.slots] + [SUMMARY]
    return {name: found[name] for name in sorted(found, key=order.index)}


def _situations(form: Form) -> Iterator[dict[str, str]]:
    """All combinations of answers that decide which questions are asked, "no answer" among them."""
    wanted: dict[str, set[str]] = {}
    for slot in form.slots:
        for conditions in (slot.ask_if, slot.skip_if):
            for name, values in conditions.items():
                wanted.setdefault(name, {""}).update(values)
    for combination in product(*(sorted(values) for values in wanted.values())):
        yield dict(zip(wanted, combination, strict=True))


def _label(form: Form, slot: Slot, following: str) -> str:
    """Why this question comes next: its own condition, or that of a question passed over on the way."""
    ways = _next(form, slot)
    if len(ways) == 1:
        return ""
    names = [s.name for s in form.slots] + [SUMMARY]
    conditions: Conditions = {} if following == SUMMARY else form.slot(following).ask_if
    if not conditions:
        for passed in form.slots[names.index(slot.name) + 1 : names.index(following)]:
            conditions = conditions | passed.skip_if
    true = {n: w for n, w in conditions.items() if any(matches({n: w}, known) for known in ways[following])}
    return f" : if {_any_of(true, quote='')}" if true else " : otherwise"


def _any_of(conditions: Conditions, quote: str = "`") -> str:
    """ "age = under_18, or danger was heard"; no colons, which would end a label in Mermaid."""
    parts = []
    for name, values in conditions.items():
        if name == HEARD:
            parts.append(f"danger was heard ({', '.join(values)})" if quote else "danger was heard")
        else:
            parts.append(f"{quote}{name}{quote} = {' or '.join(values)}")
    return ", or ".join(parts)


if __name__ == "__main__":
    PAGE.write_text(forms_page(), "utf-8")
