"""From the hotline to the person, through the bot's outbox; the bot alone talks to Telegram."""

from __future__ import annotations

import html

from sqlite_utils import Database

from store import audit, outbox, referrals
from store.keys import Keyring

# The push preview on a locked phone must not tell what the case is about: the code and nothing else comes first.
_TEXTS = {"id": "Ada kabar untuk {code}.\n\n{text}", "en": "There is news for {code}.\n\n{text}"}


LONGEST_REPLY = 3500  # Telegram takes 4,096 with our own words around it


class TooLong(ValueError):
    """A reply that Telegram would not take."""


class MayNotWrite(PermissionError):
    """The person asked to be written to only when they write first, or left no chat."""


class OnlyAtHours(PermissionError):
    """The person named the hours at which a message is safe; nothing goes out before staff have looked at them."""


def reply(
    db: Database, keys: Keyring, code: str, text: str, staff: str, safe_hours_looked_at: bool = False
) -> None:
    """Queue a message to the reporter and note it in the case.

    Raises NoSuchReferral, MayNotWrite, OnlyAtHours, TooLong.
    """
    if len(text.encode("utf-16-le")) // 2 > LONGEST_REPLY:
        raise TooLong
    case = referrals.opened(db, keys, code, staff)
    if case.reply_to is None:
        raise MayNotWrite(code)
    if case.body.get("reply_hours") and not safe_hours_looked_at:
        raise OnlyAtHours(code)
    shown = _TEXTS[case.body.get("lang", "id")].format(code=case.summary.code, text=text)
    outbox.queue(
        db,
        keys,
        keys.name_of(case.reply_to),
        "sendMessage",
        {"chat_id": case.reply_to, "text": html.escape(shown, quote=False), "parse_mode": "HTML"},
        outbox.RECEIPT,
    )
    referrals.add_note(db, keys, code, staff, f"[to the person] {text}")
    audit.record(db, staff, "replied", case.summary.code)
