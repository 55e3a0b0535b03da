"""From the hotline to the person, through the bot's outbox; the bot alone talks to Telegram."""

from __future__ import annotations

import html
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from sqlite_utils import Database

from store import audit, messages, outbox, referrals
from store.database import now
from store.keys import Keyring

# The push preview on a locked phone must not tell what the case is about: the words wait behind the button.
_NOTICE = {"id": "Ada kabar untuk {code}.", "en": "There is news for {code}."}
_READ = {"id": "Baca", "en": "Read"}
LONGEST_REPLY = 3500  # Telegram takes 4,096 with our own words around it
LIVE = timedelta(minutes=15)  # who wrote this lately sits at the phone: words may come without a notice first

Way = Literal["queued", "waiting", "blocked"]


class TooLong(ValueError):
    """A reply that Telegram would not take."""


class OnlyAtHours(PermissionError):
    """The person named the hours at which a message is safe; nothing goes out before staff have looked at them."""


def reply(
    db: Database, keys: Keyring, code: str, text: str, staff: str, safe_hours_looked_at: bool = False
) -> Way:
    """Write to the person and keep it in the case. What comes back tells how it goes out: queued (a notice with a
    button; the words themselves if the person wrote within a quarter of an hour), waiting (the person asked to be
    told only when they write), blocked (the person blocked the bot; it goes out when they return).

    Raises NoSuchReferral, OnlyAtHours, TooLong.
    """
    if len(text.encode("utf-16-le")) // 2 > LONGEST_REPLY:
        raise TooLong
    content = referrals.content_of(db, keys, code)
    live = _is_live(content)
    if content.get("live") and not live:
        person_has_left(db, keys, code)  # where the person could be reached for a while is not kept longer
    chat_id = content["live"]["chat_id"] if live else content["reply_to"]
    if content["told"].get("reply_hours") and not safe_hours_looked_at and not live:
        raise OnlyAtHours(code)
    code = referrals.canonical(db, code)
    audit.record(db, staff, "replied", code)
    if chat_id is None:
        messages.from_staff(db, keys, code, staff, text, "waiting", None)
        return "waiting"
    lang = content["told"].get("lang", "id")
    shown = text if live else _NOTICE[lang].format(code=code)
    button = None if live else (_READ[lang], f"news:{code}")
    sent = _queue(db, keys, chat_id, shown, button)
    way: Way = "blocked" if outbox.is_blocked(db, keys.name_of(chat_id)) else "queued"
    messages.from_staff(db, keys, code, staff, text, way, sent)
    if live:  # the words themselves are on the screen: they are no news later
        messages.read_by_person(db, keys, code)
    return way


def way_to(
    db: Database, keys: Keyring, code: str
) -> Literal["live", "hours", "queued", "waiting", "blocked"]:
    """How `reply` would go out if staff wrote now; live: the words come straight onto the person's screen, hours: only
    at the hours the person named. Raises NoSuchReferral."""
    content = referrals.content_of(db, keys, code)
    if _is_live(content):
        return "live"
    if content["reply_to"] is None:
        return "waiting"
    if content["told"].get("reply_hours"):
        return "hours"
    return "blocked" if outbox.is_blocked(db, keys.name_of(content["reply_to"])) else "queued"


def tell_of_change(db: Database, keys: Keyring, code: str) -> bool:
    """A neutral notice that something changed; what, /status tells. False when the person is not to be written to."""
    content = referrals.content_of(db, keys, code)
    chat_id = content["reply_to"]
    if chat_id is None or content["told"].get("reply_hours"):
        return False
    code = referrals.canonical(db, code)
    lang = content["told"].get("lang", "id")
    _queue(db, keys, chat_id, _NOTICE[lang].format(code=code), (_READ[lang], f"news:{code}"))
    return True


def person_is_here(db: Database, keys: Keyring, code: str, chat_id: int) -> None:
    """The person has just written about this case: until `LIVE` is over they may be answered directly."""
    content = referrals.content_of(db, keys, code)
    until = (datetime.now(UTC) + LIVE).isoformat(timespec="microseconds")
    referrals.put_content(db, keys, code, {**content, "live": {"chat_id": chat_id, "until": until}})


def person_has_left(db: Database, keys: Keyring, code: str) -> None:
    """The talk is over: the rule the person chose in the form holds again."""
    content = referrals.content_of(db, keys, code)
    referrals.put_content(db, keys, code, {k: v for k, v in content.items() if k != "live"})


def _is_live(content: dict[str, Any]) -> bool:
    live = content.get("live")
    return bool(live and live["until"] > now())


def _queue(db: Database, keys: Keyring, chat_id: int, text: str, button: tuple[str, str] | None) -> int:
    parameters: dict[str, Any] = {
        "chat_id": chat_id,
        "text": html.escape(text, quote=False),
        "parse_mode": "HTML",
        "disable_web_page_preview": True,
    }
    if button:
        label, data = button
        parameters["reply_markup"] = {"inline_keyboard": [[{"text": label, "callback_data": data}]]}
    return outbox.queue(db, keys, keys.name_of(chat_id), "sendMessage", parameters, outbox.RECEIPT)
