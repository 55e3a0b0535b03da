"""What the knowledge base is made of. The YAML files are validated against these shapes."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Language = Literal["id", "en"]
LANGUAGES: tuple[Language, ...] = ("id", "en")
KINDS = (
    "police", "ambulance", "rescue", "women_children", "mental_health", "human_rights", "ombudsman", "legal_aid",
    "labour", "health", "civil_registry", "adat", "government", "community", "worship", "content_report", "fact_check",
)  # fmt: skip


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Fact(_Strict):
    """One statement with its source. Only `verified` ones may be stated flatly."""

    status: Literal["verified", "likely", "unsure"]
    says: str
    says_en: str
    law: str | None = None
    source: str
    checked: date
    valid_until: date | None = None


class Channel(_Strict):
    """One way to reach an agency. `value` is what is dialled or opened, `show` how it is written."""

    type: Literal["phone", "sms", "whatsapp", "web", "email", "address"]
    value: str
    show: str | None = None
    confidence: Literal["verified", "likely"]

    @property
    def shown(self) -> str:
        return self.show or self.value


class TestCall(_Strict):
    """A named human has called this contact and reached it."""

    by: str
    on: date


class Contact(_Strict):
    """An agency or service people may turn to."""

    name: str
    name_en: str
    kind: str
    helps: str
    helps_en: str
    area: str
    area_en: str
    channels: list[Channel]
    hours: str | None = None
    hours_en: str | None = None
    cost: str | None = None
    cost_en: str | None = None
    languages: list[str] = Field(default_factory=lambda: ["id"])
    source: list[str]
    verified_on: date | None = None
    confidence: Literal["verified", "likely"]
    crisis: bool = False
    test_called: TestCall | None = None


class CalendarDay(_Strict):
    """One adat day on one date, and the article that tells more about it."""

    date: date
    name: str
    article: str
    source: str
    status: Literal["verified", "likely"]
    note: str
    note_en: str


class FrontMatter(_Strict):
    """The head of an article file."""

    id: str
    intent: str
    title: str
    facts: list[str]
    contacts: list[str]
    offers: list[str]
    related: list[str]
    reviewed: date
    reviewed_by: str | None
    review_by: date
    status: Literal["published", "draft"]


class Article(FrontMatter):
    """An article in one language: a short answer, steps, and what it rests on."""

    lang: Language
    short: str
    steps: list[str]
    basis: list[str]
