"""The updates that wait for the bot, with Telegram's rules for offsets and wanted types."""

from typing import Any

from .wire import JSON

TYPES = {
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "business_connection",
    "business_message",
    "edited_business_message",
    "deleted_business_messages",
    "message_reaction",
    "message_reaction_count",
    "inline_query",
    "chosen_inline_result",
    "callback_query",
    "shipping_query",
    "pre_checkout_query",
    "purchased_paid_media",
    "poll",
    "poll_answer",
    "my_chat_member",
    "chat_member",
    "chat_join_request",
    "chat_boost",
    "removed_chat_boost",
}
# An empty list means these, not "all": the three others must be asked for by name.
DEFAULT = TYPES - {"chat_member", "message_reaction", "message_reaction_count"}
FIRST_ID = 500_000_001


class UpdateQueue:
    """Updates stay until a higher offset or a successful push confirms them."""

    def __init__(self) -> None:
        self.pending: list[JSON] = []
        self.wanted = DEFAULT
        self.asked_for: list[str] | None = None
        self._next_id = FIRST_ID

    def wants(self, allowed_updates: Any) -> None:
        """Remembers allowed_updates; absent keeps what was asked for before."""
        if isinstance(allowed_updates, list):
            asked_for = [str(kind) for kind in allowed_updates]
            self.asked_for, self.wanted = asked_for or None, TYPES & set(asked_for) or DEFAULT

    def add(self, update: JSON) -> int:
        """Queues an update and gives its id; an unwanted type uses up an id but is not kept."""
        update_id = int(update.get("update_id", self._next_id))
        self._next_id = max(self._next_id, update_id) + 1
        kinds = update.keys() & TYPES
        # An unknown type is kept: a later Telegram may send what this list does not know.
        if not kinds or kinds & self.wanted:
            self.pending.append({"update_id": update_id} | update)
        return update_id

    def read(self, offset: int, limit: int) -> list[JSON]:
        """Forgets what the offset confirms, then gives what is left, oldest first."""
        if offset < 0:
            self.pending = self.pending[offset:]
        else:
            self.pending = [kept for kept in self.pending if kept["update_id"] >= offset]
        return self.pending[:limit]

    def confirm(self, update_id: int) -> None:
        """Forgets one update: the webhook took it."""
        self.pending = [kept for kept in self.pending if kept["update_id"] != update_id]
