"""A person and the assistant in one process: kawan.conversation on a real database, with the trained model."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta, tzinfo
from pathlib import Path
from typing import Any, Self

import pytest

from actions.hours import Hours
from actions.turn import Attachment, Button, Hotline, Services
from bot.dialogue import Dialogue
from bot.guard import load_guard
from bot.incoming import Incoming
from bot.nlu import Endpoint, NluClient
from kawan.conversation import Conversation
from knowledge.library import load_library
from knowledge.search import Search
from store import trackers
from store.clock import BALI
from store.database import open_database, write
from store.keys import temporary_keyring
from tests.conversations.desk import CONTACT, NAME, Desk
from tests.conversations.script import NONE, Kind, Script
from tests.conversations.seen import Seen, find_label

LIBRARY = load_library()
SEARCH = Search(LIBRARY)
GUARD = load_guard()
PERSON = 73_510_042
HOURS = Hours.read("Mon-Fri 08:00-20:00, Sat 09:00-13:00")
MONDAY = date(2026, 11, 23)
PATIENCE = 60.0  # seconds: a busy machine must not pass for a message nobody understands
USUALLY = (1, 10, 0)  # a Tuesday morning

_FILES = {
    "photo": Attachment("photo", "image/jpeg", 90_000, "photo-1"),
    "voice": Attachment("voice", "audio/ogg", 30_000, "voice-1"),
    "video": Attachment("video", "video/mp4", 3_000_000, "video-1"),
    "document": Attachment("document", "application/pdf", 200_000, "document-1"),
    "large document": Attachment("document", "application/pdf", 12_000_000, "document-2"),
    "location": Attachment("location", "text/plain", 18, text="-8.72, 115.17"),
}


class _Clock:
    """The moment of the script. Where the code asks for the time it is told this one, always a little later."""

    def __init__(self, patch: pytest.MonkeyPatch, start: tuple[int, int, int]) -> None:
        day, hour, minute = start
        self.moment = datetime.combine(MONDAY + timedelta(days=day), time(hour, minute), BALI)
        clock = self

        class Moment(datetime):
            @classmethod
            def now(cls, tz: tzinfo | None = None) -> Self:
                clock.moment += timedelta(milliseconds=1)
                return cls.fromtimestamp(clock.moment.timestamp(), tz)

        for module in ("bot.turns", "store.database", "store.delivery", "store.trackers", "store.outbox"):
            patch.setattr(f"{module}.datetime", Moment)


class InProcess:
    """One person on a database of her own."""

    def __init__(self, script: Script, nlu: Endpoint, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self._clock = _Clock(patch, script.clock or USUALLY)
        self._app = script.app
        self.db, self.keys = open_database(folder), temporary_keyring()
        self.desk = Desk(self.db, self.keys)
        there = script.hotline != NONE
        if there:
            self.desk.opens()
        hotline = Hotline(NAME, CONTACT, hours=HOURS) if there else Hotline()
        services = Services(LIBRARY, SEARCH, self.db, self.keys, hotline)
        self._client = NluClient(lambda: nlu, timeout=PATIENCE)
        self._talk = Conversation(self._client, services, Dialogue(services, GUARD), str(PERSON))
        self._loop = asyncio.Runner()
        self._shown: list[tuple[Button, ...]] = []  # the buttons on the screen, message by message
        self._heard = 0  # how much of the outbox the person has seen
        self.chat = self.keys.name_of(PERSON)

    def close(self) -> None:
        self._loop.run(self._client.close())
        self._loop.close()
        self.db.close()

    def says(self, texts: Sequence[str]) -> Seen:
        return self._takes(Incoming(text="\n".join(texts), lang=self._app))

    def presses(self, label: str) -> Seen:
        there = [button for row in reversed(self._shown) for button in row]
        found = find_label(label, [button.label for button in there])
        pressed = next(button for button in there if button.label == found)
        if pressed.data.startswith(
            "f:"
        ):  # on Telegram a form's question loses its buttons once one was pressed
            self._shown = [row for row in self._shown if pressed not in row]
        return self._takes(Incoming(button=pressed.data, lang=self._app))

    def sends(self, kind: Kind, words: str | None) -> Seen:
        other = "document" if kind == "large document" else kind
        file = _FILES.get(kind)
        return self._takes(
            Incoming(other=other, lang=self._app, attachment=replace(file, caption=words) if file else None)
        )

    def staff(self, deed: str, code: str, words: str | None) -> Seen:
        delivered = self.desk.does(deed, code, words)
        calls = [call["parameters"] for call in self._sent()]
        rows = [row for call in calls for row in call.get("reply_markup", {}).get("inline_keyboard", [])]
        self._shown += [tuple(Button(b["text"], b["callback_data"]) for b in row) for row in rows]
        return Seen(
            texts=tuple(str(call["text"]) for call in calls),
            buttons=tuple(button["text"] for row in rows for button in row),
            delivery=delivered,
        )

    def waits(self, span: timedelta) -> None:
        """Time passes, and the bot's house-keeping with it."""
        self._clock.moment += span
        with write(self.db):
            trackers.forget_old(self.db)

    def _takes(self, incoming: Incoming) -> Seen:
        turn, reply = self._loop.run(self._talk.take(incoming, PERSON))
        if reply.clears_screen:
            self._shown = []
        self._shown += [part.buttons for part in reply.parts]
        form = turn.tracker.form
        return Seen(
            texts=tuple(part.text for part in reply.parts),
            buttons=tuple(button.label for part in reply.parts for button in part.buttons),
            decision=reply.decision,
            article=reply.article or NONE,
            language=turn.lang,
            form=f"{form.name}/{form.slot}" if form else NONE,
            cleared=reply.clears_screen,
        )

    def _sent(self) -> list[dict[str, Any]]:
        """What the bot would send by itself: the replies of turns do not go through the outbox here."""
        rows = list(
            self.db.query(
                "select id, payload from outbox where chat = ? and id > ?", [self.chat, self._heard]
            )
        )
        self._heard = max([self._heard, *(row["id"] for row in rows)])
        return [self.keys.unseal(row["payload"]) for row in rows]
