"""One person and the assistant, without Telegram: what `kawan ask` and `kawan chat` run on."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from actions.forms.model import form_names
from actions.forms.screens import step
from actions.turn import Button, Hotline, Reply, Services, Turn, Understanding
from bot import follow_up
from bot.dialogue import Dialogue
from bot.guard import load_guard
from bot.incoming import Incoming
from bot.nlu import NluClient
from bot.turns import take_turn
from knowledge.library import load_library
from knowledge.search import Search
from store.database import open_database, write
from store.keys import Keyring, temporary_keyring


def build_services(db: Database, keys: Keyring, hotline: Hotline) -> Services:
    """Load what actions need."""
    library = load_library()
    return Services(library, Search(library), db, keys, hotline)


class Conversation:
    """Takes lines, gives replies; keeps its tracker in the store like any chat."""

    def __init__(
        self, nlu: NluClient, services: Services, dialogue: Dialogue, chat: str = "terminal"
    ) -> None:
        self._nlu = nlu
        self._services = services
        self._dialogue = dialogue
        self._chat = services.keys.name_of(chat)
        self._buttons: tuple[Button, ...] = ()

    @classmethod
    def for_practice(
        cls, nlu: NluClient, hotline: Hotline, folder: Path | None, keys: Keyring | None = None
    ) -> "Conversation":
        """A conversation on its own database (in memory without a folder). Reports are open, nobody reads them."""
        db = open_database(folder)
        practice = replace(hotline, practice=True)
        services = build_services(db, keys or temporary_keyring(), practice)
        return cls(nlu, services, Dialogue(services, load_guard()))

    def for_chat(self, chat: str) -> "Conversation":
        """Another person on the same database and knowledge."""
        return Conversation(self._nlu, self._services, self._dialogue, chat)

    def close(self) -> None:
        """Close the database (of `for_practice`)."""
        self._services.db.close()

    async def say(self, line: str) -> dict[str, Any]:
        """One line in, one JSON-ready turn out. ":2" presses button 2 of the last reply."""
        button = self._button(line)
        return as_json(*await self.take(Incoming(text=line) if button is None else Incoming(button=button)))

    async def take(self, incoming: Incoming, reply_to: int | None = None) -> tuple[Turn, Reply]:
        """Anything a person can do. `reply_to`: the chat id kept with a case, for a person who has one."""
        understood = Understanding()
        if incoming.text is not None and incoming.command is None:
            before = None
            if follow_up.leans_back(incoming.text):
                before = follow_up.question_before(self._services.db, self._services.keys, self._chat)
            understood = await follow_up.understand(self._nlu, incoming.text, before)
        services = self._services
        with write(services.db):
            turn, reply = take_turn(services, self._dialogue, self._chat, incoming, understood, reply_to)
        self._buttons = tuple(b for part in reply.parts for b in part.buttons)
        return turn, reply

    def _button(self, line: str) -> str | None:
        if not (line.startswith(":") and line[1:].strip().isdigit()):
            return None
        number = int(line[1:])
        if 1 <= number <= len(self._buttons):
            return self._buttons[number - 1].data
        return f"unknown:{number}"


def as_json(turn: Turn, reply: Reply) -> dict[str, Any]:
    """The contract of `kawan ask --json` (docs/architecture.md)."""
    understood, form = turn.understood, turn.tracker.form
    return {
        "text": turn.text,
        "lang": turn.lang,
        "intent": understood.intent,
        "confidence": round(understood.confidence, 4),
        "ranking": [{"intent": n, "confidence": round(c, 4)} for n, c in understood.ranking],
        "entities": [
            {"entity": e.entity, "value": e.value, "start": e.start, "end": e.end}
            for e in understood.entities
        ],
        "decision": reply.decision,
        "article": reply.article,
        "also": [{"intent": intent, "article": article} for intent, article in reply.also],
        "form": (
            {"name": form.name, "slot": form.slot, "step": step(turn)[0]}
            if form and form.name in form_names()
            else None
        ),
        "referral": reply.referral,
        "reply": [
            {"text": p.text, "buttons": [{"label": b.label, "data": b.data} for b in p.buttons]}
            for p in reply.parts
        ],
    }
