"""A reply as calls to the Bot API: HTML, keyboards, Telegram's limits."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from typing import Any

from actions.turn import Button, Part, Reply
from bot.telegram.updates import Event

LONGEST_MESSAGE = 4000  # UTF-16 units; Telegram's limit is 4,096 after entities are parsed
MOST_DELETED = 100
SHORT_LABEL = 17  # two such buttons fit side by side on a small phone

Call = tuple[str, dict[str, Any]]


def calls_for(event: Event, reply: Reply) -> list[Call]:
    """Everything one reply needs, in order."""
    pressed = event.pressed
    stays = bool(reply.in_place and pressed and pressed.message_id and len(reply.parts) == 1)
    calls: list[Call] = []
    if pressed is not None:
        calls += _acknowledge(event, edit=not (reply.clears_screen or stays))
    for part in reply.parts:
        calls += _send(event.chat_id, part)
    if (
        stays and pressed and len(calls) == 2
    ):  # the question under which it was pressed changes: no second one below it
        _method, parameters = calls[-1]
        calls[-1] = ("editMessageText", {**parameters, "message_id": pressed.message_id})
    return calls


def deletions(chat_id: int, message_ids: Sequence[int]) -> Iterator[Call]:
    """Take messages off the screen, a hundred at a time (Telegram's limit)."""
    ids = sorted(set(message_ids), reverse=True)  # what was said last goes first
    for at in range(0, len(ids), MOST_DELETED):
        yield "deleteMessages", {"chat_id": chat_id, "message_ids": ids[at : at + MOST_DELETED]}


def _acknowledge(event: Event, edit: bool) -> Iterator[Call]:
    """Stop the button's spinner; a form's question keeps what was chosen and loses its buttons."""
    pressed = event.pressed
    assert pressed is not None
    assert event.incoming is not None
    yield "answerCallbackQuery", {"callback_query_id": pressed.query_id}
    is_form_button = (event.incoming.button or "").startswith("f:")
    if edit and is_form_button and pressed.message_id and pressed.message_text and pressed.label:
        text = f"{pressed.message_text}\n\n✓ {html.escape(pressed.label, quote=False)}"
        yield (
            "editMessageText",
            {
                "chat_id": event.chat_id,
                "message_id": pressed.message_id,
                "text": text,
                "parse_mode": "HTML",
            },
        )


def _send(chat_id: int, part: Part) -> Iterator[Call]:
    pieces = list(split(part.text))
    for number, piece in enumerate(pieces):
        text = html.escape(piece, quote=False)
        if part.titled and number == 0:
            title, newline, rest = text.partition("\n")
            text = f"<b>{title}</b>{newline}{rest}"
        parameters: dict[str, Any] = {
            "chat_id": chat_id,
            "text": text,
            "parse_mode": "HTML",
            "disable_web_page_preview": True,
        }
        if part.buttons and number == len(pieces) - 1:
            parameters["reply_markup"] = {"inline_keyboard": keyboard(part.buttons)}
        yield "sendMessage", parameters


def keyboard(buttons: tuple[Button, ...]) -> list[list[dict[str, str]]]:
    """Rows of buttons: two short ones side by side, a long one alone; bare emoji only beside each other."""
    rows: list[list[dict[str, str]]] = []
    beside = ""  # what may still join the last row
    for button in buttons:
        emoji = not any(character.isalnum() for character in button.label)
        size = "emoji" if emoji else "short" if len(button.label) <= SHORT_LABEL else ""
        target = {"url": button.url} if button.url else {"callback_data": button.data}
        cell = {"text": button.label, **target}
        if size and size == beside:
            rows[-1].append(cell)
            beside = ""
        else:
            rows.append([cell])
            beside = size
    return rows


def split(text: str) -> Iterator[str]:
    """Pieces that Telegram takes, cut at paragraphs, lines or words; never inside a character."""
    while _units(text) > LONGEST_MESSAGE:
        end = _fitting(text)
        cut = max(text.rfind("\n\n", 0, end), 0) or max(text.rfind("\n", 0, end), 0)
        cut = cut or max(text.rfind(" ", 0, end), 0) or end
        yield text[:cut].rstrip()
        text = text[cut:].lstrip()
    yield text


def _fitting(text: str) -> int:
    units = 0
    for position, character in enumerate(text):
        units += 2 if ord(character) > 0xFFFF else 1
        if units > LONGEST_MESSAGE:
            return position
    return len(text)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
