"""How a script is written: who does what, and what the assistant should do. README.md tells it to those who write."""

from __future__ import annotations

import difflib
import re
from datetime import timedelta
from functools import cache
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from actions.forms.model import SUMMARY, form_names, load_form
from actions.turn import Decision
from bot.incoming import OtherKind
from knowledge.library import Library, load_library

NONE = "none"  # no article, no form, nothing stored
# What may be looked at in a case besides the answers to the form's questions.
OF_A_CASE = (
    "kind", "lang", "urgent", "regency", "status", "files", "hidden_from", "announced", "may_write_first",
)  # fmt: skip
DAYS = ("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu")
_CLOCK = re.compile(rf"({'|'.join(DAYS)}) ([01]\d|2[0-3])\.([0-5]\d)", re.IGNORECASE)
_SPAN = re.compile(r"(\d+) (minute|hour|day)s?")
QUOTES = (
    "What begins with a quote or holds a colon and a space stands in quotes from end to end; between [ and ] also what"
    " holds a comma or a question mark."
)
MOST_LISTED = 40
ACTIONS = ("says", "presses", "sends", "staff", "waits")

Kind = OtherKind | Literal["large document"]
Deed = Literal["takes", "replies", "replies at a safe hour", "closes"]
Delivery = Literal["queued", "waiting", "blocked", "only at hours"]


def _words(value: Any) -> Any:
    if not isinstance(value, str):
        raise ValueError(f"these are not words. {QUOTES}")
    if not value.strip():
        raise ValueError("there is nothing here")
    return value


def _some(value: Any) -> Any:
    return value if isinstance(value, list) else [value]


def _span(value: Any) -> Any:
    match = _SPAN.fullmatch(str(value))
    if match is None:
        raise ValueError("write for example 20 minutes, 3 hours, 2 days")
    return timedelta(**{f"{match[2]}s": int(match[1])})


def _clock(value: Any) -> Any:
    match = _CLOCK.fullmatch(str(value))
    if match is None:
        raise ValueError("write a day and an hour, for example Minggu 22.30")
    return DAYS.index(match[1].lower()), int(match[2]), int(match[3])


Words = Annotated[str, BeforeValidator(_words)]
Some = Annotated[list[Words], BeforeValidator(_some)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Step(_Strict):
    """One thing that happens, and what is expected of the reply to it."""

    says: Some | None = None  # several: sent in quick succession
    presses: Some | None = None  # several: one after another
    sends: Kind | None = None
    staff: Deed | None = None
    waits: Annotated[timedelta, BeforeValidator(_span)] | None = None
    words: Words | None = None  # under a photo; what staff write

    decision: Annotated[list[Decision], BeforeValidator(_some)] | None = None
    article: Some | None = None
    form: Words | None = None
    contains: Some = []
    lacks: Some = []
    buttons: Some = []
    no_buttons: Some = []
    language: Literal["id", "en"] | None = None
    filed: bool | None = None
    case: dict[str, Any] = {}
    same_answer: bool = False  # word for word that of the step before
    clears_screen: bool | None = None
    silent: bool = False  # the person hears nothing
    delivery: Delivery | None = None
    known: Words | None = None  # why this is not so yet

    @property
    def told(self) -> str:
        """What happens, in one line."""
        name = next(name for name in ACTIONS if getattr(self, name) is not None)
        value = getattr(self, name)
        shown = " | ".join(value) if isinstance(value, list) else str(value)
        return f"{name} {shown if len(shown) <= 90 else shown[:89] + '…'}"

    @model_validator(mode="after")
    def _is_one_thing(self) -> "Step":
        done = [name for name in ACTIONS if getattr(self, name) is not None]
        if len(done) != 1:
            raise ValueError(
                f"a step is exactly one of {', '.join(ACTIONS)}; here: {', '.join(done) or 'none'}"
            )
        replies = bool(self.staff and self.staff.startswith("replies"))
        if self.words is not None and not (self.sends or replies):
            raise ValueError("words belong to what is sent, or to what staff reply")
        if replies and self.words is None:
            raise ValueError("staff reply something: add words")
        if self.staff is None and (self.delivery or self.silent):
            raise ValueError("delivery and silent belong to what staff do")
        self._names_what_there_is()
        return self

    def _names_what_there_is(self) -> None:
        for article in self.article or []:
            if article != NONE and _library().article(article, "id") is None:
                raise ValueError(f"there is no article {article}{perhaps(article, _articles())}")
        if self.form is not None and self.form not in _questions():
            raise ValueError(f"there is no form and question {self.form}{perhaps(self.form, _questions())}")
        for name in self.case:
            if name not in (*OF_A_CASE, *_answers()):
                raise ValueError(
                    f"nothing of a case is called {name}{perhaps(name, [*OF_A_CASE, *_answers()])}"
                )


class Script(_Strict):
    """A conversation. `name` is that of its file."""

    name: str
    title: Words
    who: Words
    telegram: bool = False
    app: Literal["id", "en"] = "id"  # the language of the person's phone
    clock: Annotated[tuple[int, int, int], BeforeValidator(_clock)] | None = None
    hotline: Literal["open", "none"] = "open"
    steps: Annotated[list[Step], Field(min_length=1)]

    @model_validator(mode="after")
    def _can_be_played(self) -> "Script":
        if self.telegram and (self.clock or self.hotline == NONE or any(step.waits for step in self.steps)):
            raise ValueError("over Telegram the hotline is there and the clock is the real one")
        if self.telegram and any(step.sends == "video" for step in self.steps):
            raise ValueError("the stand-in for Telegram sends no video")
        unseen = [
            step for step in self.steps if step.known and (step.decision or step.article or step.language)
        ]
        if self.telegram and unseen:
            raise ValueError("what is known to be wrong cannot be seen over Telegram: leave out telegram")
        if self.steps[0].same_answer:
            raise ValueError("the first answer has none before it")
        return self


def perhaps(wrong: str, right: list[str]) -> str:
    """What was probably meant."""
    near = difflib.get_close_matches(wrong, right, 1)
    if near:
        return f"; did you mean '{near[0]}'?"
    return f"; there are: {', '.join(right)}" if len(right) <= MOST_LISTED else ""


@cache
def _library() -> Library:
    return load_library()


@cache
def _articles() -> list[str]:
    return sorted(article.id for article in _library().published())


@cache
def _answers() -> list[str]:
    return sorted({slot.name for name in form_names() for slot in load_form(name).slots})


@cache
def _questions() -> list[str]:
    forms = [(name, slot.name) for name in form_names() for slot in load_form(name).slots]
    return [NONE, *(f"{name}/{slot}" for name, slot in [*forms, *((name, SUMMARY) for name in form_names())])]
