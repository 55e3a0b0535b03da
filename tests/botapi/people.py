"""Persons in their private chats with the bot: all that they do gives an update."""

import copy
import time

from . import media, samples
from .chats import ChatView, typed
from .messages import BotMessage, StoredMessage, as_reply_to
from .model import Chat
from .state import NOT_FOUND, State
from .wire import JSON

BLOCKED = (403, "Forbidden: bot was blocked by the user")


class Person(ChatView):
    """A person with a private chat. The bot cannot write there before the person has."""

    def __init__(self, state: State, user: JSON, started: bool) -> None:
        super().__init__(state, user["id"])
        self.user = user
        about = {key: value for key, value in user.items() if key in {"id", "username"}}
        info = about | {"first_name": user["first_name"], "type": "private"}
        assert self.id > 0, "persons have positive identifiers"
        assert self.id not in state.chats, f"person {self.id} is there already"
        state.chats[self.id] = Chat(info, refusal=None if started else NOT_FOUND)

    def sends(self, text: str, reply_to: BotMessage | None = None) -> int:
        """Sends a text; a command at any place in it becomes an entity."""
        quoted = as_reply_to(reply_to.raw) if reply_to else {}
        return self._sends(typed(text) | quoted)

    def presses(
        self, label: str | None = None, *, data: str | None = None, on: BotMessage | None = None
    ) -> int:
        """Presses the newest button so named, be it below a message or in the reply keyboard.

        `on` presses a button of a message as once seen, though the bot may have changed it since.
        """
        with self._state.change():
            key = self._key(label) if label and on is None else None
            if key is None:
                self._open()
                return self._press(self.user, label, data, on)
            if key.get("request_contact"):
                return self.sends_contact()
            return self.sends_location() if key.get("request_location") else self.sends(key["text"])

    def edits(self, text: str) -> int:
        """Edits the person's last text message."""
        with self._state.change():
            self._open()
            own = [kept for kept in self._own() if "text" in kept.data]
            assert own, f"person {self.id} has sent no text yet"
            message = own[-1]
            rest = {key: value for key, value in message.data.items() if key != "entities"}
            message.data = rest | typed(text) | {"edit_date": int(time.time())}
            self._acts()
            return self._state.updates.add({"edited_message": message.data})

    def sends_photo(self, caption: str | None = None, content: bytes = samples.JPEG) -> int:
        return self._sends(media.photo(self._state, content) | _captioned(caption))

    def sends_album(self, *contents: bytes) -> list[int]:
        """Sends several photos chosen at once: Telegram makes a message of each, tied together by one identifier."""
        assert 2 <= len(contents) <= 10, "an album holds two to ten"
        with self._state.change():
            tied = {"media_group_id": f"13{self._state.next_sequence():08d}"}
            return [self._sends(media.photo(self._state, content) | tied) for content in contents]

    def sends_voice(self, duration: int = 1) -> int:
        return self._sends(media.voice(self._state, duration=duration))

    def sends_document(
        self,
        content: bytes = samples.PDF,
        file_name: str = "surat.pdf",
        mime_type: str = "application/pdf",
        caption: str | None = None,
        file_size: int | None = None,
    ) -> int:
        """Sends a file; `file_size` lets a small one pass for a large one."""
        sent = media.document(self._state, content, file_name, mime_type, file_size)
        return self._sends(sent | _captioned(caption))

    def sends_sticker(self, emoji: str = "🙂") -> int:
        return self._sends(media.sticker(self._state, emoji))

    def sends_location(self, latitude: float = -6.2, longitude: float = 106.8) -> int:
        return self._sends({"location": {"latitude": latitude, "longitude": longitude}})

    def sends_contact(self, phone_number: str = "+620000000000") -> int:
        """Sends the person's own contact, as a contact button does."""
        contact = {"phone_number": phone_number, "first_name": self.user["first_name"]}
        return self._sends({"contact": contact | {"user_id": self.id}})

    def sends_poll(self, question: str = "Setuju?", options: tuple[str, ...] = ("Ya", "Tidak")) -> int:
        return self._sends(media.poll(self._state.sequence, question, list(options)))

    def sends_dice(self, value: int = 6) -> int:
        return self._sends({"dice": {"emoji": "🎲", "value": value}})

    def sends_raw(self, update: JSON) -> int:
        """Queues an update as it is, however malformed; it gets an update_id if it has none."""
        with self._state.change():
            self._acts()
            return self._state.updates.add(copy.deepcopy(update))

    def blocks_bot(self) -> int:
        with self._state.change():
            self._chat.refusal = BLOCKED
            return self._changes_membership("member", "kicked")

    def unblocks_bot(self) -> int:
        with self._state.change():
            self._chat.refusal = None
            return self._changes_membership("kicked", "member")

    @property
    def notices(self) -> list[str]:
        """Texts the person was shown in answer to presses of buttons, oldest first."""
        with self._state.changed:
            own = [query for query in self._state.queries.values() if query.from_id == self.id]
            answers = [answer for query in own for answer in query.answers]
            return [answer["text"] for answer in answers if answer.get("text")]

    def _sends(self, content: JSON) -> int:
        with self._state.change():
            self._open()
            return self._posts(self.user, content)

    def _open(self) -> None:
        """Whoever writes opens the chat to the bot, but no client writes to a blocked bot."""
        assert self._chat.refusal != BLOCKED, f"person {self.id} must unblock the bot first"
        self._chat.refusal = None

    def _own(self) -> list[StoredMessage]:
        every = self._state.messages.items()
        return [kept for (chat_id, _), kept in every if chat_id == self.id and not kept.by_bot]

    def _key(self, label: str) -> JSON | None:
        """The key of the reply keyboard so named, unless a message has such a button."""
        if any(label in message.buttons for message in self.received()):
            return None
        keys = [key for row in self._chat.keyboard for key in row]
        return next((key for key in keys if key["text"] == label), None)

    def _changes_membership(self, old: str, new: str) -> int:
        bot = self._state.me
        banned = {"until_date": 0}
        members = {
            status: {"user": bot, "status": status} | (banned if status == "kicked" else {})
            for status in (old, new)
        }
        self._acts()
        change: JSON = {"chat": self._chat.info, "from": self.user, "date": int(time.time())}
        change |= {"old_chat_member": members[old], "new_chat_member": members[new]}
        return self._state.updates.add({"my_chat_member": change})


def _captioned(caption: str | None) -> JSON:
    return {"caption": caption} if caption else {}
