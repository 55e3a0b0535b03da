"""From Telegram's update to what a person did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from telegram import Bot, CallbackQuery, Message, Update

from bot.incoming import Incoming, OtherKind

_KINDS: tuple[tuple[str, OtherKind], ...] = (
    ("photo", "photo"), ("voice", "voice"), ("audio", "voice"), ("video", "video"), ("video_note", "video"),
    ("document", "document"), ("sticker", "sticker"), ("animation", "sticker"), ("location", "location"),
    ("contact", "contact"), ("poll", "poll"), ("dice", "dice"),
)  # fmt: skip


class UnreadableUpdate(Exception):
    """An update no part of which can be understood."""


@dataclass(frozen=True)
class Pressed:
    """The button of a callback query: what to acknowledge and which message it stood under."""

    query_id: str
    message_id: int | None
    message_text: str | None
    label: str | None


@dataclass(frozen=True)
class Event:
    """One update, read: who did what where. `sent_at` is None for buttons (they carry no time)."""

    update_id: int
    chat_id: int
    in_group: bool
    incoming: Incoming | None  # None: nothing to answer (the bot was blocked, a name changed …)
    pressed: Pressed | None = None
    sent_at: datetime | None = None

    @property
    def is_plain_text(self) -> bool:
        """A text that may be joined with the ones that follow at once."""
        i = self.incoming
        return bool(i and i.text is not None and i.command is None and not i.edited and not self.in_group)


def chat_to_keep(raw: dict[str, Any], bot_id: int) -> int | None:
    """The chat id of an update that may be stored; None for everything we do not answer.

    From groups only commands, replies to the bot and its buttons; nothing from channels or other bots.
    """
    if "callback_query" in raw:
        message = raw["callback_query"].get("message") or {}
        chat = message.get("chat") or raw["callback_query"].get("from") or {}
        return _chat_id(chat)
    message = raw.get("message") or raw.get("edited_message")
    if not isinstance(message, dict):
        member = raw.get("my_chat_member")
        return _chat_id(member.get("chat") or {}) if isinstance(member, dict) else None
    chat = message.get("chat") or {}
    if chat.get("type") == "channel" or (message.get("from") or {}).get("is_bot"):
        return None
    if chat.get("type") in ("group", "supergroup"):
        answered = ((message.get("reply_to_message") or {}).get("from") or {}).get("id") == bot_id
        if not answered and not str(message.get("text", "")).startswith("/"):
            return None
    return _chat_id(chat)


def read_update(raw: dict[str, Any], bot: Bot) -> Event:
    """Read a stored update. Raises UnreadableUpdate for one that is not as Telegram describes them."""
    try:
        update = Update.de_json(raw, bot)
    except Exception as error:  # de_json raises whatever the odd field happens to break
        raise UnreadableUpdate(type(error).__name__) from None
    if update.callback_query is not None:
        return _from_button(update.update_id, update.callback_query)
    message = update.message or update.edited_message
    if message is not None:
        return _from_message(update.update_id, message, edited=update.edited_message is not None)
    if update.my_chat_member is not None:
        chat = update.my_chat_member.chat
        return Event(update.update_id, chat.id, chat.type != "private", None)
    raise UnreadableUpdate("neither message nor button")


def _from_message(update_id: int, message: Message, edited: bool) -> Event:
    lang = message.from_user.language_code if message.from_user else None
    text = message.text
    incoming: Incoming | None
    if text is not None:
        incoming = Incoming(text=text, edited=edited, lang=lang)
    elif _is_service(message):
        incoming = None
    else:
        kind: OtherKind = next((k for field, k in _KINDS if getattr(message, field)), "other")
        incoming = Incoming(other=kind, edited=edited, lang=lang)
    return Event(update_id, message.chat.id, message.chat.type != "private", incoming, None, message.date)


def _from_button(update_id: int, query: CallbackQuery) -> Event:
    message = query.message if isinstance(query.message, Message) else None
    chat = query.message.chat if query.message else None
    label = None
    if message is not None and message.reply_markup is not None:
        rows = message.reply_markup.inline_keyboard
        label = next((b.text for row in rows for b in row if b.callback_data == query.data), None)
    return Event(
        update_id,
        chat.id if chat else query.from_user.id,
        bool(chat and chat.type != "private"),
        Incoming(button=query.data or "", lang=query.from_user.language_code),
        Pressed(
            query.id,
            message.message_id if message else None,
            message.text_html if message else None,
            label,
        ),
    )


def _is_service(message: Message) -> bool:
    return bool(
        message.new_chat_members or message.left_chat_member or message.pinned_message
        or message.group_chat_created or message.new_chat_title
    )  # fmt: skip


def _chat_id(chat: dict[str, Any]) -> int | None:
    return chat["id"] if isinstance(chat.get("id"), int) else None
