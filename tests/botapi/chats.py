"""What persons and groups have in common: reading the bot's messages and pressing its buttons."""

import copy
import re
import time

from .messages import BotMessage, StoredMessage
from .model import CallbackQuery, Chat
from .state import State
from .waiting import Condition, wait_until
from .wire import JSON, utf16_length

COMMAND = re.compile(r"(?<!\S)/[A-Za-z0-9_]{1,32}(?:@\w+)?(?!\S)")


def typed(text: str) -> JSON:
    """A typed text with the entities Telegram adds; here those of commands only."""
    assert text.strip(), "no client sends an empty text"
    assert utf16_length(text) <= 4096, "clients split such a text into several messages"
    commands = [
        {
            "type": "bot_command",
            "offset": utf16_length(text[: match.start()]),
            "length": len(match[0]),
        }
        for match in COMMAND.finditer(text)
    ]
    return {"text": text} | ({"entities": commands} if commands else {})


class ChatView:
    """A chat seen from the side of those who talk with the bot."""

    def __init__(self, state: State, chat_id: int) -> None:
        self.id = chat_id
        self._state = state

    def received(self, after: BotMessage | int | None = None) -> list[BotMessage]:
        """The bot's messages as now shown, oldest first, only those `after` a message or its id."""
        last = after.message_id if isinstance(after, BotMessage) else after or 0
        with self._state.changed:
            return [message.show() for message in self._from_bot() if message.sequence > last]

    def on_screen(self) -> list[str]:
        """The texts both sides can still see here, oldest first; empty for what has neither text nor caption."""
        return [message.text for message, _by_bot in self.screen()]

    def screen(self) -> list[tuple[BotMessage, bool]]:
        """Every message that still stands here, oldest first, and whether it is the bot's."""
        with self._state.changed:
            every = self._state.messages.items()
            return [(kept.show(), kept.by_bot) for (chat_id, _), kept in every if chat_id == self.id]

    def waits_for(self, n: int = 1, timeout: float = 10, containing: str | None = None) -> list[BotMessage]:
        """Blocks till n new messages since the last action here, and gives all that came."""

        def came() -> list[BotMessage]:
            new = self.received(after=self._chat.mark)
            return [shown for shown in new if (containing or "") in shown.text]

        self._wait(lambda: len(came()) >= n, timeout, f"{n} new", containing)
        return came()

    def waits_for_edit(self, timeout: float = 10, containing: str | None = None) -> BotMessage:
        """Blocks till the bot edited a message since the last action here, and gives that one."""

        def edited() -> list[StoredMessage]:
            later = [kept for kept in self._from_bot() if kept.edited > self._chat.mark]
            return [kept for kept in later if (containing or "") in kept.text]

        self._wait(lambda: bool(edited()), timeout, "an edit of", containing)
        with self._state.changed:
            return max(edited(), key=lambda message: message.edited).show()

    def _wait(self, condition: Condition, timeout: float, what: str, containing: str | None) -> None:
        wording = f" containing {containing!r}" if containing else ""

        def story() -> str:
            new = [shown.text for shown in self.received(after=self._chat.mark)]
            return f"{what} message(s) in chat {self.id}{wording}; new there: {new}"

        wait_until(self._state, condition, timeout, story)

    @property
    def _chat(self) -> Chat:
        return self._state.chats[self.id]

    def _from_bot(self) -> list[StoredMessage]:
        with self._state.changed:
            every = self._state.messages.items()
            return [kept for (chat_id, _), kept in every if chat_id == self.id and kept.by_bot]

    def _acts(self) -> None:
        """Notes the moment from which the bot's messages count as new."""
        self._chat.mark = self._state.sequence

    def _posts(self, sender: JSON, content: JSON) -> int:
        """Puts a message of someone into the chat and tells the bot."""
        with self._state.change():
            message = self._state.store(self._chat, sender, content)
            self._acts()
            return self._state.updates.add({"message": message.data})

    def _press(self, sender: JSON, label: str | None, data: str | None, on: BotMessage | None) -> int:
        """Presses an inline button; the caller has the lock."""
        message, button = self._find(label, data, on)
        assert "callback_data" in button, f"{button['text']!r} sends nothing to the bot: {button}"
        query_id = str(4_382_000_000_000_000 + len(self._state.queries))
        self._state.queries[query_id] = CallbackQuery(sender["id"], time.monotonic())
        self._acts()
        query: JSON = {"id": query_id, "from": sender, "message": copy.deepcopy(message)}
        query |= {"chat_instance": str(abs(self.id) * 31), "data": button["callback_data"]}
        return self._state.updates.add({"callback_query": query})

    def _find(self, label: str | None, data: str | None, on: BotMessage | None) -> tuple[JSON, JSON]:
        assert (label is None) != (data is None), "name the button by its label or by its data"
        # A person can press what an old screen still shows: hence messages as once seen.
        seen = [on] if on else [kept.show() for kept in reversed(self._from_bot())]
        offered = []
        for shown in seen:
            rows = shown.raw.get("reply_markup", {}).get("inline_keyboard", [])
            for button in (button for row in rows for button in row):
                if button["text"] == label or (data and button.get("callback_data") == data):
                    return shown.raw, button
                offered.append(f"{button['text']!r} ({button.get('callback_data', 'no data')})")
        raise AssertionError(
            f"no button {label or data!r} in chat {self.id}; there are: {', '.join(offered) or '-'}"
        )
