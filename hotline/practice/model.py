"""How an invented case is written down, and what must hold for it to be like a real one."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

from actions.forms.conditions import matches
from actions.forms.model import Form, form_names, load_form
from hotline import labels
from store.casework import OUTCOMES

FOLDER = Path(__file__).parent
Actor = Literal["rosa", "damar"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Said(_Strict):
    """A message or a note, so many days ago."""

    days: float
    who: Literal["person", "rosa", "damar"]
    text: str


class File(_Strict):
    """A piece of evidence: a picture drawn by code, or a text."""

    draw: Literal["chat", "letter", "notice", "receipt"] | None = None
    lines: list[str] = []
    text: str | None = None


class Yes(_Strict):
    """Consent to one referral."""

    how: Literal["in_person", "phone", "bot"]
    days: float
    identity: bool = False


class Step(_Strict):
    days: float
    what: str
    words: str = ""


class Agency(_Strict):
    """A referral to an agency; `follow_up`: the day to look again, counted from today."""

    agency: str
    handover: Literal["warm", "cold"]
    fields: list[str]
    asks: str
    consent: Yes | None = None
    steps: list[Step]
    follow_up: int | None = None


class Party(_Strict):
    side: Literal["starter", "other"]
    name: str
    contact: str = ""
    take_part: bool | None = None
    named: bool | None = None
    how: str = "phone"
    days: float = 0


class Helper(_Strict):
    name: str
    role: str
    accepted_by: list[int] = []


class Session(_Strict):
    """`day`: the day, counted from today."""

    day: int
    time: str
    place: str
    parties: list[int]
    helpers: list[int] = []
    status: Literal["planned", "held", "cancelled"]
    words: str = ""


class Agreement(_Strict):
    text: str
    days: float
    accepted_by: list[int] = []


class Ending(_Strict):
    how: str
    words: str
    days: float


class Mediation(_Strict):
    status: Literal["preparing", "running", "agreed", "ended"]
    screened: float
    parties: list[Party]
    helpers: list[Helper] = []
    sessions: list[Session] = []
    agreement: Agreement | None = None
    ending: Ending | None = None


class Case(_Strict):
    """One invented case. All times are days ago, so that the set is always fresh."""

    kind: str
    days: float
    told: dict[str, str]
    status: Literal["new", "in_progress", "waiting", "closed"] = "new"
    source: Literal["bot", "phone", "in_person"] = "bot"
    priority: Literal["urgent", "normal"] | None = None  # None: as the form would make it
    assigned: Actor | None = None
    outcome: str | None = None
    closed: float | None = None
    restricted: bool = False
    tags: list[str] = []
    messages: list[Said] = []
    notes: list[Said] = []
    files: list[File] = []
    agencies: list[Agency] = []
    mediation: Mediation | None = Field(None)

    @property
    def form(self) -> Form:
        """The form a person would have filled in."""
        return next(form for form in map(load_form, form_names()) if form.referral_kind == self.kind)

    @property
    def is_urgent(self) -> bool:
        return self.priority == "urgent" or (
            self.priority is None and matches(self.form.urgent_if, {**self.told, "heard": ""})
        )

    @model_validator(mode="after")
    def _could_be_real(self) -> "Case":
        answers = {name: value for name, value in self.told.items() if name != "lang"}
        if self.form.answers(answers) != answers:
            raise ValueError(f"{self.kind}, {self.days} days: these answers could not be given in the form")
        for slot in self.form.slots:
            for value in (
                self.told.get(slot.name, "").split(",") if slot.options and slot.name in self.told else []
            ):
                if slot.option(value) is None:
                    raise ValueError(f"{slot.name}: {value} is no answer")
        if (self.status == "closed") != (self.outcome in OUTCOMES and self.closed is not None):
            raise ValueError(f"{self.kind}, {self.days} days: closed with an outcome and a day, or neither")
        if self.status != "new" and self.assigned is None:
            raise ValueError(f"{self.kind}, {self.days} days: somebody must have done that")
        if unknown := set(self.tags) - set(labels.TAGS):
            raise ValueError(f"unknown tags {unknown}")
        return self


@cache
def cases() -> tuple[Case, ...]:
    """All invented cases. Raises pydantic's ValidationError for one that could not be real."""
    found = []
    for path in sorted(FOLDER.glob("*.yml")):
        found += [Case.model_validate(one) for one in yaml.safe_load(path.read_text("utf-8"))]
    return tuple(found)
