"""A form of the bot filled in on one page by staff: what was ticked and typed, what is still missing, what ends it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from actions.forms.conditions import HEARD, chosen
from actions.forms.model import Form, Option, Slot
from actions.forms.reading import told_answer
from actions.turn import CRISES

PREFIX = "jawab-"  # before the name of a question, in the page
LONGEST = 20_000  # characters of one answer; a long talk fits
ASKED_AGAIN = "asked_again"  # the question that is put once more after danger was heard


@dataclass(frozen=True)
class Sheet:
    """One filled-in page. `values`: as the form keeps answers, with what danger staff heard under HEARD."""

    form: Form
    values: dict[str, str]
    asked_again: bool = False

    def asks(self, slot: Slot) -> bool:
        """Whether this question makes sense after the answers so far."""
        return slot.name in {one.name for one in self.form.asked(self.values)}

    @property
    def ending(self) -> tuple[Slot, Option] | None:
        """The first answer that ends the form with nothing kept: no consent, or the wrong form for this."""
        for slot, option in self._options():
            if option.ends or option.refuses:
                return slot, option
        return None

    @property
    def missing(self) -> list[str]:
        """Questions that want an answer and have none, and the one to be asked again after danger was heard."""
        found = [
            slot.name
            for slot in self.form.asked(self.values)
            if slot.kind != "files" and not slot.may_be_skipped and not self.values.get(slot.name)
        ]
        return found + ([ASKED_AGAIN] if self.wants_asking_again and not self.asked_again else [])

    @property
    def wants_asking_again(self) -> bool:
        """Whether danger was heard of a kind after which this form puts one question a second time."""
        again = self.form.after_danger
        return bool(again and set(again.when) & set(chosen(self.values.get(HEARD, ""))))

    @property
    def dangers(self) -> list[str]:
        """The kinds of danger that were answered or heard: their numbers are to be read out."""
        told = {option.crisis for _slot, option in self._options() if option.crisis}
        return [crisis for crisis in CRISES if crisis in told | set(chosen(self.values.get(HEARD, "")))]

    @property
    def notes(self) -> list[str]:
        """What the form says after some of the answers given (source texts)."""
        return [option.note for _slot, option in self._options() if option.note]

    @property
    def agreed(self) -> bool:
        """Whether the first question, which asks for consent, has a yes: without one nothing may be kept."""
        first = self.form.slots[0]
        option = first.option(self.values.get(first.name, ""))
        return option is not None and not option.ends

    @property
    def posted(self) -> dict[str, list[str]]:
        """The fields of the page as they would be sent again. Answers to questions that no longer apply are gone."""
        fields = {
            PREFIX + slot.name: [value] if slot.kind == "text" else list(chosen(value))
            for slot in self.form.slots
            if (value := self.values.get(slot.name))
        }
        fields[HEARD] = list(chosen(self.values.get(HEARD, "")))
        fields[ASKED_AGAIN] = ["ya"] if self.asked_again else []
        return fields

    def carried(self, option: Option) -> dict[str, str]:
        """What another form need not ask again after this one refused: what was told, and why it was refused."""
        told = {s.from_told: self.values.get(s.name, "") for s in self.form.slots if s.from_told}
        return {key: value for key, value in told.items() if value} | option.carries

    def _options(self) -> list[tuple[Slot, Option]]:
        return [
            (slot, option)
            for slot in self.form.asked(self.values)
            for value in chosen(self.values.get(slot.name, ""))
            if (option := slot.option(value)) is not None
        ]


def empty(form: Form, told: Mapping[str, str]) -> Sheet:
    """A page nobody has written on, but for what was told before (see actions/told.py)."""
    known = {slot.name: answer for slot in form.slots if (answer := told_answer(slot, told))}
    return Sheet(form, known)


def filled(form: Form, posted: Mapping[str, Sequence[str]]) -> Sheet:
    """The page as it was sent. What no option has is no answer; a question left out has its default."""
    values = {HEARD: ",".join(crisis for crisis in CRISES if crisis in posted.get(HEARD, ()))}
    for slot in form.slots:  # in order: which question is asked depends on the answers before it
        if slot.name in {one.name for one in form.asked(values)}:
            values[slot.name] = _answer(slot, posted.get(PREFIX + slot.name, ())) or (slot.default or "")
    return Sheet(form, values, asked_again=bool(posted.get(ASKED_AGAIN)))


def _answer(slot: Slot, given: Sequence[str]) -> str:
    if slot.kind == "text":
        return given[0].replace("\r\n", "\n").strip()[:LONGEST] if given else ""
    known = [option.value for option in slot.options if option.value in given]
    return ",".join(known if slot.kind == "several" else known[:1])
