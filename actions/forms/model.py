"""What a form is made of, and how its YAML file is read."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, model_validator

FOLDER = Path(__file__).parent


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Option(_Strict):
    """One button of a choice. `also`: words that mean the same when typed."""

    value: str
    label: str
    also: list[str] = []
    numbers: tuple[int, int] | None = None  # a typed number in this range means this option
    note: str | None = None  # said when this is chosen
    ends: bool = False  # the form ends here, nothing is kept


class Slot(_Strict):
    """One question. `from_entity` lets an entity of the first message fill it before it is asked."""

    name: str
    ask: str
    label: str
    kind: Literal["choice", "text"]
    options: list[Option] = []
    optional: bool = False
    from_entity: str | None = None
    skip_if: dict[str, str] = {}  # slot name → value that makes this question pointless or unsafe
    in_summary: bool = True

    @model_validator(mode="after")
    def _choices_have_options(self) -> "Slot":
        if (self.kind == "choice") != bool(self.options):
            raise ValueError(f"slot {self.name}: a choice needs options, a text has none")
        return self


class Form(_Strict):
    """A list of questions that ends in a referral of `referral_kind`."""

    name: str
    referral_kind: str
    consent_version: str
    opening: str
    slots: list[Slot]
    done: str

    def slot(self, name: str) -> Slot:
        return next(s for s in self.slots if s.name == name)

    def asked(self, values: dict[str, str]) -> list[Slot]:
        """The questions that make sense after these answers."""
        return [
            slot
            for slot in self.slots
            if not any(values.get(name) == value for name, value in slot.skip_if.items())
        ]


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
