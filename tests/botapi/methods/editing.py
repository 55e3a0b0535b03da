"""editMessageText, editMessageReplyMarkup, deleteMessage and deleteMessages."""

import time
from typing import Any

from ..markup import read_markup
from ..messages import StoredMessage
from ..parameters import integer
from ..state import NOT_FOUND, State
from ..wire import JSON, ApiError, bad_request
from .registry import method
from .sending import read_text

MOST_AT_ONCE = 100
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly "
    "the same as a current content and reply markup of the message"
)
TEXT_FIELDS = ("text", "entities")


@method("editMessageText")
def edit_message_text(state: State, parameters: JSON) -> JSON:
    content = read_text(parameters)
    message = _own_message(state, parameters)
    if "text" not in message.data:
        raise bad_request("there is no text in the message to edit")
    return _edit(state, message, parameters, content)


@method("editMessageReplyMarkup")
def edit_message_reply_markup(state: State, parameters: JSON) -> JSON:
    message = _own_message(state, parameters)
    kept = {key: message.data[key] for key in TEXT_FIELDS if key in message.data}
    return _edit(state, message, parameters, kept)


@method("deleteMessage")
def delete_message(state: State, parameters: JSON) -> bool:
    chat_id = _chat_id(state, parameters)
    found = state.messages.get((chat_id, integer(parameters, "message_id")))
    if found is None:
        raise bad_request("message to delete not found")
    if not _deletable(found):
        raise bad_request("message can't be deleted")
    del state.messages[chat_id, found.data["message_id"]]
    return True


@method("deleteMessages")
def delete_messages(state: State, parameters: JSON) -> bool:
    chat_id, numbers = _chat_id(state, parameters), parameters.get("message_ids")
    if not isinstance(numbers, list) or not numbers:
        raise bad_request("message identifiers are not specified")
    if len(numbers) > MOST_AT_ONCE:
        raise bad_request("too many message identifiers specified")
    # Telegram skips, without a word, what is not there or may not go.
    for number in numbers:
        found = state.messages.get((chat_id, number))
        if found and _deletable(found):
            del state.messages[chat_id, number]
    return True


def _chat_id(state: State, parameters: JSON) -> int:
    chat_id = parameters.get("chat_id")
    if not isinstance(chat_id, int) or chat_id not in state.chats:
        raise ApiError(*NOT_FOUND)
    return chat_id


def _deletable(message: StoredMessage) -> bool:
    # In groups the bot is no administrator here, so others' messages are not its to delete.
    return message.by_bot or message.data["chat"]["type"] == "private"


def _own_message(state: State, parameters: JSON) -> StoredMessage:
    if not integer(parameters, "message_id"):
        raise bad_request("message identifier is not specified")
    found = state.messages.get((_chat_id(state, parameters), parameters["message_id"]))
    if found is None:
        raise bad_request("message to edit not found")
    if not found.by_bot or not found.markup.editable:
        raise bad_request("message can't be edited")
    return found


def _edit(state: State, message: StoredMessage, parameters: JSON, content: JSON) -> JSON:
    markup = read_markup(parameters.get("reply_markup"))
    if not markup.editable:
        raise bad_request("inline keyboard expected")
    if markup.inline:
        content["reply_markup"] = markup.inline
    edited = (*TEXT_FIELDS, "reply_markup")
    before: dict[str, Any] = {key: message.data[key] for key in edited if key in message.data}
    if before == content:
        raise bad_request(NOT_MODIFIED)
    if before.get("text") != content.get("text"):
        message.history.append(message.text)
    # A new dictionary: those already handed out must not change under a test's eyes.
    rest = {key: value for key, value in message.data.items() if key not in edited}
    message.data = rest | content | {"edit_date": int(time.time())}
    message.edited = state.next_sequence()
    return message.data
