"""Work on the inbox: one chat in order, chats side by side; every turn is one transaction."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

import structlog
from sqlite_utils import Database
from telegram.ext import ExtBot

from actions.turn import Part, Reply, Services, Turn, Understanding
from bot import follow_up
from bot.dialogue import Dialogue
from bot.guard import Guard
from bot.incoming import Incoming
from bot.limits import Buckets
from bot.nlu import NluClient
from bot.steering import never_held_back
from bot.telegram.groups import reply_in_group
from bot.telegram.messages import calls_for, deletions
from bot.telegram.staff_group import StaffGroup, answer_button
from bot.telegram.updates import Event, UnreadableUpdate, read_update
from bot.turns import take_turn
from locales import Translate, translator
from store import alerts, inbox, outbox
from store.clock import today_in_bali
from store.errors import StoreError
from store.inbox import StoredUpdate
from store.trackers import Tracker
from store.writer import Writer

log = structlog.get_logger()
BURST = 1.5  # seconds: texts that follow one another faster are one turn
OUTAGE = timedelta(hours=1)
CHATS_AT_ONCE = 64
AFTER_STORE_ERROR = 2.0  # seconds
LOOK_FOR_DANGER = 0.3  # seconds: how soon a text that comes while others are awaited is seen


class Worker:
    """Turns stored updates into turns of the dialogue, and their replies into the outbox."""

    def __init__(
        self,
        bot: ExtBot[None],
        writer: Writer,
        services: Services,
        nlu: NluClient,
        guard: Guard,
        arrived: asyncio.Event,
        queued: asyncio.Event,
        group: StaffGroup | None = None,
    ) -> None:
        self._bot = bot
        self._writer = writer
        self._services = services
        self._nlu = nlu
        self._guard = guard
        self._dialogue = Dialogue(services, guard)
        self._buckets = Buckets()
        self._group = group
        self._arrived = arrived
        self._queued = queued
        self._busy: dict[str, asyncio.Task[None]] = {}
        self._places = asyncio.Semaphore(CHATS_AT_ONCE)

    async def work_forever(self) -> None:
        """Give every waiting chat its task."""
        self._arrived.set()  # whatever a crash left behind
        while True:
            await self._arrived.wait()
            self._arrived.clear()
            try:
                waiting = await self._writer.run(inbox.chats_waiting)
            except sqlite3.Error as error:
                log.error("store.cannot_work", error=type(error).__name__)
                await asyncio.sleep(AFTER_STORE_ERROR)
                self._arrived.set()
                continue
            for chat in waiting:
                if chat not in self._busy:
                    task = asyncio.create_task(self._work_on(chat))
                    self._busy[chat] = task
                    task.add_done_callback(partial(self._chat_done, chat))

    async def finish(self) -> None:
        """Let the turns in progress end."""
        await asyncio.gather(*self._busy.values(), return_exceptions=True)

    def _chat_done(self, chat: str, _task: "asyncio.Task[None]") -> None:
        self._busy.pop(chat, None)
        self._arrived.set()  # something may have come in the last moment

    async def _work_on(self, chat: str) -> None:
        try:
            await self._work_through(chat)
        except (sqlite3.Error, StoreError) as error:
            log.error("store.cannot_work", error=type(error).__name__)
            await asyncio.sleep(AFTER_STORE_ERROR)

    async def _work_through(self, chat: str) -> None:
        while batch := await self._writer.run(inbox.next_updates, self._services.keys, chat):
            ids = [batch[0].update_id]
            try:
                if batch[0].attempts >= inbox.MOST_ATTEMPTS:
                    await self._quarantine(batch[0])
                    continue
                events = await self._burst(chat, batch)
                ids = [event.update_id for event in events]
                await self._writer.run(inbox.begin, ids)
                async with self._places:
                    await self._turn(chat, events)
            except UnreadableUpdate:
                await self._writer.run(_give_up, batch[0].update_id)
                log.warning("update.unreadable")
            except (sqlite3.OperationalError, StoreError):
                # A full disk, a lock, a wrong key are not the update's fault: the attempt does not count, and
                # the update waits. Any other error of the database may well be, and counts.
                with contextlib.suppress(sqlite3.Error):
                    await self._writer.run(inbox.take_back_attempt, ids)
                raise
            except Exception as error:
                # The attempt is counted; the words of the person must not reach the log.
                log.error("turn.failed", error=type(error).__name__, attempt=batch[0].attempts + 1)
                await asyncio.sleep(0.2 * (batch[0].attempts + 1))
            self._queued.set()

    async def _burst(self, chat: str, batch: list[StoredUpdate]) -> list[Event]:
        """The updates that make one turn: texts in quick succession, the pictures of an album, or all that waited
        through an outage.
        After a failed attempt updates go one by one, so that a bad one does not take others with it."""
        first = self._read(batch[0])
        if not (first.is_plain_text or first.album) or first.steers or batch[0].attempts > 0:
            return [first]
        while True:
            events = [first]
            for stored in batch[1:]:
                try:
                    event = self._read(stored)
                except UnreadableUpdate:
                    break
                if not event.continues(first) or stored.attempts > 0:
                    break
                events.append(event)
            if any(self._guard.crisis_in(e.incoming.text or "") for e in events if e.incoming):
                return events
            quiet = (datetime.now(UTC) - _received(batch[len(events) - 1])).total_seconds()
            if quiet >= BURST:
                return events
            await asyncio.sleep(min(BURST - quiet, LOOK_FOR_DANGER))
            batch = await self._writer.run(inbox.next_updates, self._services.keys, chat)

    async def _turn(self, chat: str, events: list[Event]) -> None:
        event = events[-1]
        ids = [e.update_id for e in events]
        if event.incoming is None:
            await self._writer.run(_membership, chat, event, ids)
            return
        if event.in_group:
            await self._in_group(chat, event, ids)
            return
        incoming = event.incoming
        if incoming.text is not None:
            incoming = replace(incoming, text="\n".join(e.incoming.text or "" for e in events if e.incoming))
        danger = self._guard.crisis_in(incoming.text or "")
        if incoming.edited and not danger:
            await self._writer.run(self._commit, chat, event, ids, self._edited(event))
            return
        always = danger or never_held_back(incoming.text, incoming.button)
        verdict = "go" if always else self._buckets.take(chat)
        if verdict != "go":
            reply = self._too_fast(event, told=verdict == "drop")
            await self._writer.run(self._commit, chat, event, ids, reply)
            return
        understood = Understanding()
        if incoming.text is not None and incoming.command is None:
            understood = await self._understand(chat, incoming.text)
        late = event.sent_at is not None and datetime.now(UTC) - event.sent_at > OUTAGE
        several = [e.incoming for e in events if e.incoming] if event.album else [incoming]
        await self._writer.run(self._answer, chat, event, ids, several, understood, late)

    async def _understand(self, chat: str, text: str) -> Understanding:
        before = None
        if follow_up.leans_back(text):
            before = await self._writer.run(follow_up.question_before, self._services.keys, chat)
        return await follow_up.understand(self._nlu, text, before)

    def _answer(
        self, db: Database, chat: str, event: Event, ids: list[int],
        several: list[Incoming], understood: Understanding, late: bool,
    ) -> None:  # fmt: skip
        """One transaction: what the turn changes, what it says, and that its updates are done. Of the pictures of an
        album each is taken, and the last answer stands for all."""
        outbox.welcome_back(db, chat)
        on_screen = [*outbox.on_screen(db, chat), *inbox.on_screen(db, chat)]
        for incoming in several:
            turn, reply = take_turn(
                self._services, self._dialogue, chat, incoming, understood, reply_to=event.chat_id
            )
        if reply.clears_screen:
            outbox.drop_waiting(db, chat)
            for method, parameters in deletions(event.chat_id, on_screen):
                outbox.queue(db, self._services.keys, chat, method, parameters, outbox.CRISIS)
        if understood.degraded:
            alerts.raise_alert(db, "nlu_down")
        if late:
            sorry = turn.say("Maaf, Kak, saya sempat tidak aktif dan baru membaca pesan Kakak sekarang.")
            reply = replace(reply, parts=(Part(sorry), *reply.parts))
        self._commit(db, chat, event, ids, reply)

    def _commit(self, db: Database, chat: str, event: Event, ids: list[int], reply: Reply) -> None:
        weight = outbox.ORDINARY
        if reply.decision == "crisis":
            weight = outbox.CRISIS
        elif reply.referral:
            weight = outbox.RECEIPT
        for method, parameters in calls_for(event, reply):
            # An older change of the same message that still waits must not undo this one: changes never overtake.
            after_others = method == "editMessageText" and weight == outbox.CRISIS
            own = outbox.RECEIPT if after_others else weight
            outbox.queue(db, self._services.keys, chat, method, parameters, own)
        inbox.finish(db, ids)

    async def _in_group(self, chat: str, event: Event, ids: list[int]) -> None:
        """Commands, replies to the bot and its buttons; nothing of it is kept, and no tracker is touched."""
        incoming = event.incoming
        assert incoming is not None
        if await self._writer.run(self._staff_button, event, ids):
            return
        understood = Understanding()
        if incoming.text is not None and incoming.command is None:
            understood = await self._nlu.understand(incoming.text)
        lang = "en" if incoming.lang and incoming.lang.startswith("en") else "id"
        turn = Turn(incoming.text or "", lang, Tracker(), today_in_bali(), chat, understood=understood)
        command = incoming.command[0] if incoming.command else None
        reply, in_public = reply_in_group(turn, self._services, self._guard, self._bot, command)

        def commit(db: Database) -> None:
            if in_public and event.message_id is not None:
                parameters = {"chat_id": event.chat_id, "message_id": event.message_id}
                outbox.queue(db, self._services.keys, chat, "deleteMessage", parameters, outbox.CRISIS)
            self._commit(db, chat, event, ids, reply)

        await self._writer.run(commit)

    def _staff_button(self, db: Database, event: Event, ids: list[int]) -> bool:
        """[Saya ambil] in the staff's own group."""
        pressed, data, who = event.pressed, event.incoming and event.incoming.button, event.sender
        if pressed is None or not data or who is None:
            return False
        keys = self._services.keys
        ours = answer_button(db, keys, self._group, event.chat_id, data, who, pressed.query_id)
        if ours:
            inbox.finish(db, ids)
        return ours

    def _too_fast(self, event: Event, told: bool) -> Reply:
        _ = _translator_of(event)
        text = _(
            "Pelan-pelan ya, Kak, pesannya banyak sekali. Tunggu satu menit, lalu tulis lagi. Bahaya sekarang? "
            "Tulis «darurat» atau telepon 110."
        )
        return Reply(() if told else (Part(text),), "fallback")

    def _edited(self, event: Event) -> Reply:
        _ = _translator_of(event)
        text = _(
            "Pesan yang diubah tidak saya baca ulang, Kak. Kalau ada yang mau diperbaiki, kirim sebagai pesan baru."
        )
        return Reply((Part(text),), "fallback")

    async def _quarantine(self, stored: StoredUpdate) -> None:
        """Three attempts failed: set it aside, tell the person and the staff."""
        try:
            event: Event | None = self._read(stored)
        except UnreadableUpdate:
            event = None
        await self._writer.run(self._set_aside, stored, event)

    def _set_aside(self, db: Database, stored: StoredUpdate, event: Event | None) -> None:
        inbox.finish(db, [stored.update_id], "quarantined")
        alerts.raise_alert(db, "quarantine", str(stored.update_id))
        if event is not None:
            _ = _translator_of(event)
            text = _(
                "Maaf, Kak, pesan tadi gagal saya proses. Coba tulis dengan kata lain. Bahaya sekarang? Telepon 110."
            )
            for method, parameters in calls_for(
                replace(event, pressed=None), Reply((Part(text),), "fallback")
            ):
                outbox.queue(db, self._services.keys, stored.chat, method, parameters, outbox.RECEIPT)

    def _read(self, stored: StoredUpdate) -> Event:
        return read_update(stored.payload, self._bot)


def _translator_of(event: Event) -> Translate:
    """By the language of the person's app, where no tracker is read."""
    lang = event.incoming.lang if event.incoming else None
    return translator("en" if lang and lang.startswith("en") else "id")


def _membership(db: Database, chat: str, event: Event, ids: list[int]) -> None:
    """The person blocked the bot, or let it back in."""
    if event.back:
        outbox.welcome_back(db, chat)
    elif event.gone:
        outbox.park(db, chat, 0)
    inbox.finish(db, ids)


def _give_up(db: Database, update_id: int) -> None:
    inbox.finish(db, [update_id], "quarantined")
    alerts.raise_alert(db, "quarantine", str(update_id))


def _received(stored: StoredUpdate) -> datetime:
    return datetime.fromisoformat(stored.received_at)
