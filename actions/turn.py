"""What actions are given (Turn, Services) and what they return (Reply)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Literal

from sqlite_utils import Database

from actions.hours import Hours
from knowledge.library import Library
from knowledge.search import Search
from locales import Translate, translator
from store import staff
from store.keys import Keyring
from store.trackers import Tracker

CRISES = ("emergency", "gender_violence", "trafficking", "self_harm")
TOPICS = (
    "rights", "housing", "employment", "residency", "adat_rules", "police_encounter", "legal_aid",
    "mediation", "pre_migration", "provocation", "community", "health", "education",
)  # fmt: skip
REQUESTS = ("report_discrimination", "talk_to_staff", "referral_status", "privacy")
TALK = (
    "greet", "goodbye", "thank", "affirm", "deny", "bot_help", "feedback_negative", "out_of_scope",
)  # fmt: skip
INTENTS = TOPICS + CRISES + REQUESTS + TALK

Decision = Literal["answer", "clarify", "fallback", "crisis", "form", "status", "talk", "handover", "refuse"]


@dataclass(frozen=True)
class Entity:
    """A found detail: `start` and `end` are offsets into the text that was understood."""

    entity: str
    value: str
    start: int
    end: int


@dataclass(frozen=True)
class Understanding:
    """What the model made of a message. `degraded`: the model could not be asked."""

    intent: str | None = None
    confidence: float = 0.0
    ranking: tuple[tuple[str, float], ...] = ()
    entities: tuple[Entity, ...] = ()
    articles: tuple[tuple[str, float], ...] = ()  # article ids and bare intents, best first
    others: tuple[str, ...] = ()  # topics that other parts of a long message are about
    degraded: bool = False

    def confidence_of(self, intents: tuple[str, ...]) -> float:
        """The share of confidence that falls on these intents together."""
        return sum(confidence for name, confidence in self.ranking if name in intents)


@dataclass(frozen=True)
class Attachment:
    """Something sent that is not text. `file_id` says how to fetch it later; a location is `text` at once."""

    kind: str  # photo | voice | video | document | location
    mime: str
    size: int  # bytes, as far as Telegram tells; 0 if it does not
    file_id: str | None = None
    text: str | None = None
    caption: str | None = None

    def as_dict(self) -> dict[str, Any]:
        return {name: value for name, value in self.__dict__.items() if value is not None}


@dataclass(frozen=True)
class Button:
    """A choice under a message. `data` comes back when it is pressed; Telegram allows it 64 bytes.

    With `url` it opens an address instead, and `data` only names it.
    """

    label: str
    data: str
    url: str | None = None

    def __post_init__(self) -> None:
        if len(self.data.encode()) > 64:
            raise ValueError(f"callback data over 64 bytes: {self.data}")


@dataclass(frozen=True)
class Part:
    """One message of a reply. With `titled` its first line is a heading."""

    text: str
    buttons: tuple[Button, ...] = ()
    titled: bool = False


@dataclass(frozen=True)
class Reply:
    """All that is said in one turn, and what was decided."""

    parts: tuple[Part, ...]
    decision: Decision
    article: str | None = None
    also: tuple[tuple[str, str | None], ...] = ()
    referral: str | None = None
    in_place: bool = False  # takes the place of the message whose button was pressed
    # What both sides wrote so far is deleted from the chat, as far as Telegram allows.
    clears_screen: bool = False

    def with_parts(self, *more: Part) -> "Reply":
        """The same reply with messages added at its end."""
        return replace(self, parts=self.parts + more)


@dataclass(frozen=True)
class Hotline:
    """Who stands behind the assistant. `practice` opens reports without an operator (terminal only)."""

    name: str | None = None
    contact: str | None = None
    answers_within: str | None = None  # in words; None: two days
    hours: Hours | None = None  # when somebody is there; None: not told
    case_days: int = 180  # how long a case is kept after it was closed
    evidence_days: int = 90  # and its evidence
    deadlines: Mapping[str, int] = field(
        default_factory=dict
    )  # hours until a first answer (store/deadlines.py)
    practice: bool = False

    def described(self, say: Translate) -> str:
        """Name and contact of whoever reads what is sent."""
        if self.name is None:
            return say("(percobaan: tidak ada petugas)")
        return f"{self.name} ({self.contact})" if self.contact else self.name

    def within(self, say: Translate) -> str:
        """When people may expect an answer, in words."""
        return self.answers_within or say("2 x 24 jam")

    def takes_reports(self, db: Database) -> bool:
        """Reports open only when someone named is there to read them."""
        return self.practice or bool(self.name and self.contact and staff.anyone_active(db))


@dataclass(frozen=True)
class Services:
    """What actions may use."""

    library: Library
    search: Search
    db: Database
    keys: Keyring
    hotline: Hotline


@dataclass
class Turn:
    """One thing a person did, and all that is known about it. Actions may change the tracker."""

    text: str
    lang: str
    tracker: Tracker
    today: date
    chat: str  # HMAC name
    reply_to: int | None = None  # chat id, for a referral that may be answered
    understood: Understanding = field(default_factory=Understanding)
    attachment: Attachment | None = None
    moment: datetime | None = None  # now, where people are (Bali)

    @property
    def say(self) -> Translate:
        """Turns a source text into the language of this turn."""
        return translator(self.lang)
