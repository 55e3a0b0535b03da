"""What a form is made of, and how its YAML file is read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, model_validator

from actions.forms.conditions import HEARD, Conditions, check, matches
from actions.turn import CRISES

FOLDER = Path(__file__).parent
SUMMARY = "summary"  # the step after the last question


def _known_crisis(name: str) -> str:
    if name not in CRISES:
        raise ValueError(f"{name} is none of {', '.join(CRISES)}")
    return name


Crisis = Annotated[str, AfterValidator(_known_crisis)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Way(_Strict):
    """A button that leads on from a refusal."""

    label: str
    data: str


class Option(_Strict):
    """One button of a choice. `also`: words that mean the same when typed."""

    value: str
    label: str
    also: list[str] = []
    numbers: tuple[int, int] | None = None  # a typed number in this range means this option
    note: str | None = None  # said when this is chosen
    crisis: Crisis | None = None  # the numbers of this crisis are shown when this is chosen
    ends: bool = False  # the form ends here, nothing is kept
    refuses: str | None = None  # the form ends here with this reason; `ways` lead to the right help
    ways: list[Way] = []
    carries: dict[str, str] = {}  # what a form opened after the refusal need not ask (see `Slot.from_told`)

    @model_validator(mode="after")
    def _a_refusal_leads_on(self) -> "Option":
        if bool(self.refuses) != bool(self.ways) or (self.carries and not self.refuses):
            raise ValueError(f"option {self.value}: a refusal needs ways, and nothing else has any")
        return self


class Slot(_Strict):
    """One question. `from_told`: the detail told before that answers it (see actions/told.py)."""

    name: str
    ask: str
    label: str
    kind: Literal["choice", "several", "text", "files"]  # files: photos, voice notes, documents, a place
    options: list[Option] = []
    optional: bool = False
    default: str | None = None  # what stands when it is left out
    from_told: str | None = None
    ask_if: Conditions = {}  # asked only after one of these answers
    skip_if: Conditions = {}  # pointless or unsafe after any of these answers
    in_summary: bool = True
    takes_questions: bool = False  # a question typed here is for the staff: the assistant does not answer it

    @property
    def may_be_skipped(self) -> bool:
        return self.optional or self.default is not None

    def option(self, value: str) -> Option | None:
        return next((o for o in self.options if o.value == value), None)

    @model_validator(mode="after")
    def _choices_have_options(self) -> "Slot":
        if (self.kind in ("choice", "several")) != bool(self.options):
            raise ValueError(f"slot {self.name}: a choice needs options, nothing else has any")
        if self.kind == "files" and (not self.optional or self.from_told):
            raise ValueError(f"slot {self.name}: files are never compulsory, and never told before")
        if self.default is not None and self.option(self.default) is None:
            raise ValueError(f"slot {self.name}: its default is none of its options")
        return self


class Recheck(_Strict):
    """The question that is asked once more after danger of these kinds was heard, and why."""

    slot: str
    when: list[Crisis]
    note: str


class Form(_Strict):
    """A list of questions that ends in a referral of `referral_kind`."""

    name: str
    referral_kind: str
    consent_version: str
    opening: str
    slots: list[Slot]
    done: str
    urgent_if: Conditions = {}
    may_write_if: Conditions = {}  # after one of these answers staff may write to the person first
    after_danger: Recheck | None = None

    def slot(self, name: str) -> Slot:
        return next(s for s in self.slots if s.name == name)

    def asked(self, values: Mapping[str, str]) -> list[Slot]:
        """The questions that make sense after these answers."""
        return [slot for slot, _ in self._walk(values)]

    def answers(self, values: Mapping[str, str]) -> dict[str, str]:
        """What was answered, without answers to questions that no longer make sense (a minor's contact)."""
        return {slot.name: value for slot, value in self._walk(values) if value}

    def next_open(self, values: Mapping[str, str]) -> str:
        """The first question nobody has answered or left out; the summary when there is none."""
        return next((s.name for s in self.asked(values) if s.name not in values), SUMMARY)

    def _walk(self, values: Mapping[str, str]) -> Iterator[tuple[Slot, str]]:
        known = {HEARD: values.get(HEARD, "")}
        for slot in self.slots:
            if (not slot.ask_if or matches(slot.ask_if, known)) and not matches(slot.skip_if, known):
                known[slot.name] = values.get(slot.name, "")
                yield slot, known[slot.name]

    @model_validator(mode="after")
    def _conditions_look_back(self) -> "Form":
        known = {HEARD: set(CRISES)}
        for slot in self.slots:
            check(slot.ask_if, known, f"{self.name}, slot {slot.name}, ask_if")
            check(slot.skip_if, known, f"{self.name}, slot {slot.name}, skip_if")
            known[slot.name] = {option.value for option in slot.options}
        check(self.urgent_if, known, f"{self.name}, urgent_if")
        check(self.may_write_if, known, f"{self.name}, may_write_if")
        if self.after_danger and self.after_danger.slot not in known:
            raise ValueError(f"{self.name}, after_danger: there is no slot {self.after_danger.slot}")
        return self


@cache
def load_form(name: str) -> Form:
    """The form of that name. Raises KeyError for a name there is no file for."""
    path = FOLDER / f"{name}.yml"
    if name not in form_names():
        raise KeyError(name)
    return Form.model_validate(yaml.safe_load(path.read_text("utf-8")))


@cache
def form_names() -> tuple[str, ...]:
    """All forms there are."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yml")))
