"""From Telegram's update to what a person did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from telegram import Bot, CallbackQuery, Message, Update

from actions.turn import Attachment
from bot.incoming import Incoming, OtherKind
from bot.steering import steers

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
    message_id: int | None = None
    sender: int | None = None  # Telegram's number of whoever did it; in a group not the chat's
    back: bool = False  # the person has unblocked the bot
    gone: bool = False  # the person has blocked it
    album: str | None = None  # what ties the pictures of an album together

    @property
    def is_plain_text(self) -> bool:
        """A text that may be joined with the ones that follow at once."""
        i = self.incoming
        return bool(i and i.text is not None and i.command is None and not i.edited and not self.in_group)

    def continues(self, first: "Event") -> bool:
        """Whether this belongs to the same turn as `first`: both plain texts, or pictures of one album."""
        if first.album is not None:
            return self.album == first.album
        return self.is_plain_text and not self.steers

    @property
    def steers(self) -> bool:
        """A lone word such as "darurat" or "sembunyikan": a turn of its own, whatever was sent just before."""
        return bool(self.is_plain_text and self.incoming and steers(self.incoming.text or ""))


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
        private, status = chat.type == "private", update.my_chat_member.new_chat_member.status
        back, gone = private and status == "member", private and status == "kicked"
        return Event(update.update_id, chat.id, not private, None, back=back, gone=gone)
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
        incoming = Incoming(other=kind, edited=edited, lang=lang, attachment=_attachment(message))
    return Event(
        update_id,
        message.chat.id,
        message.chat.type != "private",
        incoming,
        None,
        message.date,
        message.message_id,
        message.from_user.id if message.from_user else None,
        album=message.media_group_id if incoming and incoming.other and not edited else None,
    )


def _attachment(message: Message) -> Attachment | None:
    """What of a message may be kept as evidence: the largest size of a photo, any file, a place."""
    caption = message.caption
    if message.location is not None:
        place = f"{message.location.latitude}, {message.location.longitude}"
        return Attachment("location", "text/plain", len(place), text=place)
    if message.photo:
        photo = message.photo[-1]
        return Attachment("photo", "image/jpeg", photo.file_size or 0, photo.file_id, caption=caption)
    for kind, file in (
        ("voice", message.voice or message.audio),
        ("video", message.video or message.video_note),
        ("document", message.document if not message.animation else None),
    ):
        if file is not None:
            mime = getattr(file, "mime_type", None) or _USUAL[kind]
            return Attachment(kind, mime, file.file_size or 0, file.file_id, caption=caption)
    return None


_USUAL = {"voice": "audio/ogg", "video": "video/mp4", "document": "application/octet-stream"}


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
        sender=query.from_user.id,
    )


def _is_service(message: Message) -> bool:
    return bool(
        message.new_chat_members or message.left_chat_member or message.pinned_message
        or message.group_chat_created or message.new_chat_title
    )  # fmt: skip


def _chat_id(chat: dict[str, Any]) -> int | None:
    return chat["id"] if isinstance(chat.get("id"), int) else None
