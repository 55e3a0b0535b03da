"""Checks reply_markup: the shapes Telegram takes and the refusals it gives."""

from dataclasses import dataclass, field
from typing import Any

from .wire import JSON, bad_request

ACTIONS = {
    "callback_data",
    "url",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
}
MOST_BUTTONS = 100
CALLBACK_DATA_BYTES = 64


@dataclass(frozen=True)
class Markup:
    """A checked reply_markup: either an inline keyboard, or one of the others, or nothing."""

    inline: JSON | None = None
    keyboard: list[list[JSON]] = field(default_factory=list)
    removes_keyboard: bool = False
    # Telegram edits only messages with an inline keyboard or with no markup at all.
    editable: bool = True


def read_markup(value: Any) -> Markup:
    """The checked form of a reply_markup parameter, absent included."""
    if value is None:
        return Markup()
    if not isinstance(value, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in value:
        rows = _rows(value["inline_keyboard"], "inline keyboard")
        for row in rows:
            for button in row:
                _check_inline(button)
        kept = [row for row in rows if row]
        return Markup(inline={"inline_keyboard": kept} if kept else None)
    if "keyboard" in value:
        rows = _rows(value["keyboard"], "keyboard")
        return Markup(keyboard=rows, editable=False)
    if value.get("remove_keyboard") or value.get("force_reply"):
        return Markup(removes_keyboard=bool(value.get("remove_keyboard")), editable=False)
    if value:
        raise bad_request("can't parse reply keyboard markup JSON object")
    return Markup()


def _rows(value: Any, what: str) -> list[list[JSON]]:
    if not isinstance(value, list) or not all(isinstance(row, list) for row in value):
        raise bad_request(f"can't parse {what}: an Array of Arrays of buttons is expected")
    rows = [[_button(button, what) for button in row] for row in value]
    if sum(map(len, rows)) > MOST_BUTTONS:
        raise bad_request("reply markup is too long")
    return rows


def _button(value: Any, what: str) -> JSON:
    if isinstance(value, str) and what == "keyboard":
        value = {"text": value}
    if not isinstance(value, dict) or not isinstance(value.get("text"), str):
        raise bad_request(f'can\'t parse {what} button: Field "text" must be of type String')
    if not value["text"].strip():
        raise bad_request(f"can't parse {what} button: Text of the button must be non-empty")
    return value


def _check_inline(button: JSON) -> None:
    actions = ACTIONS & button.keys()
    if not actions:
        raise bad_request(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if len(actions) > 1:
        raise bad_request("can't parse inline keyboard button: exactly one action is allowed")
    if "callback_data" in button:
        data = button["callback_data"]
        # Bytes, not characters: an emoji counts four.
        if not isinstance(data, str) or not 1 <= len(data.encode()) <= CALLBACK_DATA_BYTES:
            raise bad_request("BUTTON_DATA_INVALID")
    if "url" in button and "." not in str(button["url"]) and ":" not in str(button["url"]):
        raise bad_request("BUTTON_URL_INVALID")
