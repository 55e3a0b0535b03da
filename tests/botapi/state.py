"""All that the server knows. It lives in the test's process, so a killed bot loses none of it."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from .bell import Bell
from .faults import Faults
from .messages import StoredMessage
from .model import Call, CallbackQuery, Chat, File, Webhook
from .updates import UpdateQueue
from .wire import JSON, ApiError, bad_request

NOT_FOUND = (400, "Bad Request: chat not found")


class State:
    """The chats, messages, updates and records, changed only inside `with state.change()`."""

    def __init__(self, token: str) -> None:
        self.token = token
        self.me: JSON = {
            "id": int(token.partition(":")[0]),
            "is_bot": True,
            "first_name": "Bot uji",
            "username": "uji_bot",
        }
        self.changed = threading.Condition()  # its lock is re-entrant
        self.bell = Bell()
        self.faults = Faults()
        self.updates = UpdateQueue()
        self.chats: dict[int, Chat] = {}
        self.messages: dict[tuple[int, int], StoredMessage] = {}
        self.queries: dict[str, CallbackQuery] = {}
        self.query_lifetime = 60.0
        self.files: dict[str, File] = {}
        self.webhook: Webhook | None = None
        self.commands: dict[tuple[str, str], dict[str, str]] = {}
        self.profile: dict[tuple[str, str], str] = {}
        self.calls: list[Call] = []
        self.crashes: list[BaseException] = []
        self.polls = 0
        self.poll_ended_by = ""
        self.sequence = 0
        self.version = 0

    @contextmanager
    def change(self) -> Iterator[None]:
        """Holds the lock, and afterwards wakes all that wait, in the tests and in the server."""
        with self.changed:
            try:
                yield
            finally:
                self.version += 1
                self.changed.notify_all()
                self.bell.ring()

    def next_sequence(self) -> int:
        self.sequence += 1
        return self.sequence

    def writable_chat(self, chat_id: Any) -> Chat:
        """The chat, if the bot may write to it now."""
        if chat_id in (None, ""):
            raise bad_request("chat_id is empty")
        chat = self.chats.get(chat_id) if isinstance(chat_id, int) else None
        if chat is None or chat.refusal:
            raise ApiError(*(chat.refusal if chat and chat.refusal else NOT_FOUND))
        return chat

    def store(self, chat: Chat, sender: JSON, content: JSON, **kept: Any) -> StoredMessage:
        """Puts a new message into a chat; its number also tells its place among all others."""
        number = self.next_sequence()
        data: JSON = {"message_id": number, "from": sender, "chat": chat.info} | {"date": int(time.time())}
        by_bot = sender["id"] == self.me["id"]
        message = StoredMessage(data | content, by_bot, number, **kept)
        self.messages[chat.info["id"], number] = message
        return message

    def keep_file(self, folder: str, suffix: str, content: bytes, size: int | None = None) -> JSON:
        """Keeps a file and gives the identifiers Telegram puts into messages."""
        with self.changed:
            number = len(self.files)
            file_id = f"BQACAgUAAxkBAAIB{number:08d}"
            size = len(content) if size is None else size
            self.files[file_id] = File(file_id, f"{folder}/file_{number}.{suffix}", content, size)
            return self.files[file_id].identifiers
