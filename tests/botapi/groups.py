"""Groups and what their members do in them."""

from .chats import ChatView, typed
from .messages import as_reply_to
from .model import Chat
from .people import Person
from .state import NOT_FOUND, State

NEVER_MET = (403, "Forbidden: bot can't initiate conversation with a user")


class Group(ChatView):
    """A supergroup with the bot in it, which sees all messages, as an administrator does."""

    def __init__(self, state: State, group_id: int, title: str) -> None:
        assert group_id < 0, "Telegram's groups have negative identifiers"
        super().__init__(state, group_id)
        state.chats[self.id] = Chat({"id": group_id, "title": title, "type": "supergroup"})

    def member_sends(self, person: Person, text: str, reply_to_bot: bool = False) -> int:
        """A member's message, if asked as a reply to the bot's newest one in the group."""
        with self._state.change():
            self._meets(person)
            content = typed(text)
            if reply_to_bot:
                said = self._from_bot()
                assert said, f"the bot has said nothing in group {self.id} yet"
                content |= as_reply_to(said[-1].data)
            return self._posts(person.user, content)

    def member_presses(self, person: Person, label: str | None = None, *, data: str | None = None) -> int:
        """A member presses an inline button of the bot's newest message that has it."""
        with self._state.change():
            self._meets(person)
            return self._press(person.user, label, data, None)

    def _meets(self, person: Person) -> None:
        """To be seen in a group is not to have opened a private chat."""
        chat = self._state.chats[person.id]
        chat.refusal = NEVER_MET if chat.refusal == NOT_FOUND else chat.refusal
