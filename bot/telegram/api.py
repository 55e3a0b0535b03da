"""python-telegram-bot's Bot, set up for us, and its errors sorted by what to do next."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
from telegram import InlineKeyboardMarkup, Message
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.ext import ExtBot
from telegram.request import HTTPXRequest
from telegram.warnings import PTBUserWarning

ALLOWED_UPDATES = ["message", "edited_message", "callback_query", "my_chat_member"]
LONG_POLL = 30  # seconds Telegram holds getUpdates open

Outcome = str  # "again" | "unknown" | "failed" | "blocked" | "fatal"


def build_bot(token: str, api_url: str) -> ExtBot[None]:
    """A bot that talks to `api_url`. httpx would log every address, token included, so it is silenced."""
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)
    return ExtBot(
        token,
        base_url=f"{api_url}/bot",
        base_file_url=f"{api_url}/file/bot",
        request=HTTPXRequest(connection_pool_size=16, read_timeout=15, connect_timeout=10),
        get_updates_request=HTTPXRequest(read_timeout=LONG_POLL + 10, connect_timeout=10),
    )


async def get_raw_updates(bot: ExtBot[None], offset: int | None) -> list[dict[str, Any]]:
    """getUpdates as plain dictionaries: parsing them all at once would let one odd update block the rest."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PTBUserWarning)  # it recommends the parsing method
        updates: Any = await bot.do_api_request(
            "getUpdates",
            api_kwargs={"offset": offset, "timeout": LONG_POLL, "allowed_updates": ALLOWED_UPDATES},
            read_timeout=LONG_POLL + 10,
        )
    return list(updates)


async def call(bot: ExtBot[None], method: str, parameters: dict[str, Any]) -> int | None:
    """One call of the outbox; returns Telegram's number of a message that was sent."""
    known = dict(parameters)
    if "reply_markup" in known:
        known["reply_markup"] = InlineKeyboardMarkup.de_json(known["reply_markup"], bot)
    functions: dict[str, Callable[..., Awaitable[object]]] = {
        "sendMessage": bot.send_message,
        "editMessageText": bot.edit_message_text,
        "answerCallbackQuery": bot.answer_callback_query,
        "deleteMessages": bot.delete_messages,
        "deleteMessage": bot.delete_message,
    }
    result = await functions[method](**known)
    return result.message_id if isinstance(result, Message) and method == "sendMessage" else None


def outcome_of(error: TelegramError) -> tuple[Outcome, float]:
    """What a failed call means: (again | unknown | failed | blocked | fatal, seconds to wait)."""
    if isinstance(error, RetryAfter):
        wait = error.retry_after
        return "again", wait.total_seconds() if hasattr(wait, "total_seconds") else float(wait)
    if isinstance(error, InvalidToken):
        return "fatal", 0
    if isinstance(error, Forbidden):
        return "blocked", 0
    if isinstance(error, BadRequest):
        return "failed", 0
    if isinstance(error, NetworkError):
        return ("again" if _never_left(error) else "unknown"), 0
    return "failed", 0


def _never_left(error: NetworkError) -> bool:
    """Whether Telegram surely did not act on the call: no connection was made, or a proxy refused it."""
    cause = error.__cause__
    if isinstance(cause, (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)):
        return True
    return not isinstance(cause, httpx.HTTPError)  # an answer came: 502 and other server errors
