"""The state of each conversation: language, the form in progress, what was answered last."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlite_utils import Database

from store.database import now
from store.keys import Keyring


@dataclass
class FormState:
    """A form being filled in: its name, the slot asked now, and what was given so far."""

    name: str
    slot: str
    values: dict[str, str] = field(default_factory=dict)
    editing: bool = False  # one slot is being changed from the summary
    token: str = ""  # ties buttons to this very form, so an old message's button changes nothing
    files: list[dict[str, Any]] = field(default_factory=list)  # what is to be fetched once the form is sent
    paused: bool = False  # put aside by the person: nothing asks for it until they come back to it
    # Typed at a question of the form, perhaps a question to us, until the person says which: slot, text, ranking, articles.
    unclear: dict[str, Any] | None = None


@dataclass
class Tracker:
    """What the assistant remembers of a chat. `lang` is None until the person chose or wrote."""

    lang: str | None = None
    form: FormState | None = None
    article: str | None = None
    asked_if_safe: str | None = None  # the crisis intent whose "Sekarang aman?" is open
    # What the last answer answered, personal details taken out, in case it gets a thumbs-down: text, removed, ranking.
    asked: dict[str, Any] | None = None
    pending: dict[str, str] = field(default_factory=dict)  # values told before a form was begun
    talk: dict[str, str] | None = None  # writing to the hotline: the code, and since when nothing was written
    offer: str | None = None  # data of the button a plain "ya" presses; only for the very next message
    choices: list[list[str]] = field(
        default_factory=list
    )  # buttons shown last, as label and data: may be typed
    voice: dict[str, Any] | None = None  # a voice note that waits for "ya, teruskan"
    code_to_note: str | None = None  # the code whose last signs the person is asked for
    hidden: bool = False  # the screen was cleared, and nothing was typed since

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> "Tracker":
        """Of this or an earlier version: what it does not know is left out, what is missing gets its default."""
        known = {name: value for name, value in data.items() if name in cls.__dataclass_fields__}
        form = known.get("form")
        return cls(**{**known, "form": _form(form) if form else None})


def _form(data: dict[str, Any]) -> FormState:
    return FormState(**{name: v for name, v in data.items() if name in FormState.__dataclass_fields__})


def load(db: Database, keys: Keyring, chat: str) -> Tracker:
    """The tracker of a chat; a new one for a chat not seen before."""
    row = next(db.query("select state from trackers where chat = ?", [chat]), None)
    return Tracker.from_dict(keys.unseal(row["state"])) if row else Tracker()


def save(db: Database, keys: Keyring, chat: str, tracker: Tracker) -> None:
    """Keep the tracker, inside the caller's transaction."""
    db.table("trackers").upsert(
        {"chat": chat, "state": keys.seal(tracker.as_dict()), "updated_at": now()}, pk="chat"
    )


def erase(db: Database, chat: str) -> None:
    """Forget a conversation."""
    db.execute("delete from trackers where chat = ?", [chat])


def forget_old(db: Database, days: int = 7) -> None:
    """Erase conversations that have rested for longer than `days`."""
    before = (datetime.now(UTC) - timedelta(days=days)).isoformat(timespec="microseconds")
    db.execute("delete from trackers where updated_at < ?", [before])
