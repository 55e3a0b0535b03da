"""A message as the server keeps it, and as a test is shown it."""

import copy
from dataclasses import dataclass, field

from .markup import Markup
from .wire import JSON


@dataclass(frozen=True)
class Attachment:
    """A file the bot sent; `known` holds its identifiers if Telegram has had it before."""

    name: str
    content: bytes
    known: JSON | None = None


@dataclass(frozen=True)
class BotMessage:
    """A snapshot of one message of the bot, as the chat showed it at that moment."""

    chat_id: int
    message_id: int
    date: int
    text: str
    buttons: list[str]
    """Labels of the inline buttons, row by row."""
    keyboard: list[str]
    """Labels of the reply keyboard that came with the message."""
    history: list[str]
    """Earlier texts, oldest first; empty for a message never edited."""
    entities: list[JSON]
    file: bytes | None
    file_name: str | None
    raw: JSON
    """The whole message as the Bot API has it."""


def as_reply_to(original: JSON) -> JSON:
    """The field of a reply. Telegram shows one level only: what is quoted quotes nothing."""
    quoted = {key: value for key, value in original.items() if key != "reply_to_message"}
    return {"reply_to_message": quoted}


@dataclass
class StoredMessage:
    """A message in a chat, from either side, as it now stands."""

    data: JSON
    by_bot: bool
    sequence: int
    markup: Markup = field(default_factory=Markup)
    attachment: Attachment | None = None
    edited: int = 0
    """Sequence number of the last edit, which may be later than other messages'."""
    history: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return str(self.data.get("text", self.data.get("caption", "")))

    @property
    def inline_rows(self) -> list[list[JSON]]:
        rows: list[list[JSON]] = self.data.get("reply_markup", {}).get("inline_keyboard", [])
        return rows

    def show(self) -> BotMessage:
        data = copy.deepcopy(self.data)
        return BotMessage(
            chat_id=data["chat"]["id"],
            message_id=data["message_id"],
            date=data["date"],
            text=self.text,
            buttons=[button["text"] for row in self.inline_rows for button in row],
            keyboard=[button["text"] for row in self.markup.keyboard for button in row],
            history=list(self.history),
            entities=data.get("entities") or data.get("caption_entities") or [],
            file=self.attachment.content if self.attachment else None,
            file_name=self.attachment.name if self.attachment else None,
            raw=data,
        )
