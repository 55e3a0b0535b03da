"""The staff's Telegram group: an urgent case is announced there by its code, and one of them takes it by a button.

The group hears a code, that it is urgent, and where the console is: nothing else. The button works only for a Telegram
account that a member of staff has linked (/tautkan), and only for cases she may see.
"""

from __future__ import annotations

import asyncio
import sqlite3
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from sqlite_utils import Database

from store import alerts, assignment, digest, outbox, staff_links, visibility
from store.assignment import AlreadyTaken
from store.casework import NotAllowed
from store.clock import BALI
from store.keys import Keyring
from store.referrals import NoSuchReferral
from store.writer import Writer

log = structlog.get_logger()
LOOK_AGAIN = 3.0  # seconds
KINDS = ("urgent_referral",)
MINE = "Saya ambil"  # the words on the button
TAKE = "take:"


@dataclass(frozen=True)
class StaffGroup:
    """`chat_id` of the group, the address of the console, and the hour (0-23, Bali) of the daily digest."""

    chat_id: int
    console_url: str
    digest_hour: int = 8


async def announce_forever(writer: Writer, keys: Keyring, group: StaffGroup) -> None:
    """Put what is new into the outbox; the sender does the rest, after a restart too."""
    while True:
        try:
            await writer.run(announce, keys, group, datetime.now(BALI))
        except sqlite3.Error as error:
            log.error("store.cannot_write", error=str(error))
        await asyncio.sleep(LOOK_AGAIN)


def announce(db: Database, keys: Keyring, group: StaffGroup, moment: datetime) -> None:
    """Urgent cases nobody was told of yet, and once a day the numbers."""
    for alert in alerts.to_announce(db, KINDS, "announced_at"):
        _tell(db, keys, group, alert["subject"])
        alerts.announced(db, alert["id"], "announced_at")
    day = moment.date().isoformat()
    if moment.hour >= group.digest_hour and not alerts.was_raised(db, "digest", day):
        alerts.raise_alert(db, "digest", day)
        text = f"Ringkasan {moment:%d-%m-%Y}\n{digest.in_words(digest.numbers(db))}\n{group.console_url}/"
        _queue(db, keys, group.chat_id, "sendMessage", {"chat_id": group.chat_id, "text": text})


def take(db: Database, keys: Keyring, code: str, user_id: int) -> str:
    """[Saya ambil] was pressed; what to tell whoever pressed it. A stranger learns nothing of the case."""
    member = staff_links.member_behind(db, keys, user_id)
    if member is None:
        return "Akun Telegram ini belum tertaut. Minta kode di konsol, lalu kirim /tautkan KODE ke bot."
    try:
        code = visibility.find(db, member, code)
        assignment.take(db, keys, code, member)
    except (NoSuchReferral, NotAllowed):
        return "Kasus ini tidak bisa Anda ambil."
    except AlreadyTaken:
        return "Sudah diambil orang lain."
    return "Anda mengambil kasus ini. Buka konsol untuk membacanya."


def answer_button(
    db: Database,
    keys: Keyring,
    group: StaffGroup | None,
    chat_id: int,
    data: str,
    user_id: int,
    query_id: str,
) -> bool:
    """Handle a button of the staff's group. False when it is none of ours."""
    if group is None or chat_id != group.chat_id or not data.startswith(TAKE):
        return False
    text = take(db, keys, data.removeprefix(TAKE), user_id)
    parameters = {"callback_query_id": query_id, "text": text, "show_alert": True}
    _queue(db, keys, chat_id, "answerCallbackQuery", parameters)
    if text.startswith("Anda mengambil"):
        done = f"{data.removeprefix(TAKE)} sudah diambil."
        _queue(db, keys, chat_id, "sendMessage", {"chat_id": chat_id, "text": done})
    return True


def _tell(db: Database, keys: Keyring, group: StaffGroup, code: str) -> None:
    if not visibility.known_to_all(db, code):  # someone in the group may be the one who must not know
        text = f"Ada kasus mendesak untuk koordinator.\n{group.console_url}/"
        _queue(db, keys, group.chat_id, "sendMessage", {"chat_id": group.chat_id, "text": text})
        return
    parameters: dict[str, Any] = {
        "chat_id": group.chat_id,
        "text": f"🔴 {code}: mendesak\n{group.console_url}/kasus/{code}",
        "disable_web_page_preview": True,
        "reply_markup": {"inline_keyboard": [[{"text": MINE, "callback_data": f"{TAKE}{code}"}]]},
    }
    _queue(db, keys, group.chat_id, "sendMessage", parameters)


def _queue(db: Database, keys: Keyring, chat_id: int, method: str, parameters: dict[str, Any]) -> None:
    outbox.queue(db, keys, keys.name_of(chat_id), method, parameters, outbox.CRISIS)
