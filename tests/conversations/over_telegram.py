"""A person on Telegram, and the bot as a process of its own. What it decides cannot be seen, only what it says and keeps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

from sqlite_utils import Database

from store import trackers
from store.keys import Keyring
from tests.botapi import BotApiServer, BotMessage, Person
from tests.conversations.desk import Desk
from tests.conversations.script import NONE, Kind
from tests.conversations.seen import Seen, find_label

PATIENCE = (
    60.0  # seconds; the bot sends a chat one message a second, and others talk with it at the same time
)
LONGEST_TEXT = 4096


class OverTelegram:
    """One of the people who talk with the running bot."""

    def __init__(self, telegram: BotApiServer, person: Person, db: Database, keys: Keyring) -> None:
        self._telegram, self._person = telegram, person
        self._db, self._keys = db, keys
        self.desk = Desk(db, keys)
        self.chat = keys.name_of(person.id)

    def says(self, texts: Sequence[str]) -> Seen:
        pieces = [text[at : at + LONGEST_TEXT] for text in texts for at in range(0, len(text), LONGEST_TEXT)]
        return self._does(lambda: [self._person.sends(piece) for piece in pieces][-1])

    def presses(self, label: str) -> Seen:
        there = [shown for message in reversed(self._person.received()) for shown in message.buttons]
        return self._does(lambda: self._person.presses(find_label(label, there)))

    def sends(self, kind: Kind, words: str | None) -> Seen:
        person = self._person
        acts: dict[Kind, Callable[[], int]] = {
            "photo": lambda: person.sends_photo(caption=words),
            "voice": person.sends_voice,
            "document": lambda: person.sends_document(caption=words),
            "large document": lambda: person.sends_document(caption=words, file_size=12_000_000),
            "location": person.sends_location,
            "sticker": person.sends_sticker,
            "contact": person.sends_contact,
            "poll": person.sends_poll,
            "dice": person.sends_dice,
        }
        return self._does(acts[kind])

    def staff(self, deed: str, code: str, words: str | None) -> Seen:
        before = self._person.received()
        delivered = self.desk.does(deed, code, words)
        self._until_all_is_sent()
        return self._seen(before, delivered)

    def waits(self, span: timedelta) -> None:
        raise NotImplementedError("over Telegram the clock is the real one")

    def _does(self, act: Callable[[], int]) -> Seen:
        before = self._person.received()
        update = act()
        self._telegram.waits_until(lambda: self._is_done(update), PATIENCE, "an answer")
        self._until_all_is_sent()
        return self._seen(before)

    def _is_done(self, update: int) -> bool:
        rows = self._db.query("select 1 from inbox where update_id = ? and status = 'done'", [update])
        return next(rows, None) is not None

    def _until_all_is_sent(self) -> None:
        def sent() -> bool:
            waiting = "select 1 from outbox where chat = ? and status in ('queued', 'sending')"
            return next(self._db.query(waiting, [self.chat]), None) is None

        self._telegram.waits_until(sent, PATIENCE, "the last message")

    def _seen(self, before: list[BotMessage], delivered: str | None = None) -> Seen:
        now = self._person.received()
        known = {message.message_id: message for message in before}
        # A question may also take the place of the one that was answered: then its buttons are there again.
        new = [
            m for m in now if m.message_id not in known or (m.buttons and m.raw != known[m.message_id].raw)
        ]
        form = trackers.load(self._db, self._keys, self.chat).form
        return Seen(
            texts=tuple(message.text for message in new),
            buttons=tuple(label for message in new for label in message.buttons),
            form=f"{form.name}/{form.slot}" if form else NONE,
            cleared=bool(known) and known.keys().isdisjoint(message.message_id for message in now),
            delivery=delivered,
        )
