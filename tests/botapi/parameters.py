"""Reads a request's parameters: query string, form, multipart form or JSON body alike."""

import json
import re
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from urllib.parse import parse_qsl

from multipart import (  # type: ignore[import-untyped]
    MultipartParser,
    parse_options_header,
)

from .wire import JSON, bad_request

# Forms carry only strings. Telegram knows each parameter's type; so must we, or a text "123"
# would become a number.
INTEGERS = {
    "chat_id",
    "message_id",
    "reply_to_message_id",
    "offset",
    "limit",
    "timeout",
    "max_connections",
}
NESTED = {
    "allowed_updates",
    "caption_entities",
    "commands",
    "entities",
    "link_preview_options",
    "message_ids",
    "reply_markup",
    "reply_parameters",
    "scope",
}
FLAGS = {
    "allow_sending_without_reply",
    "disable_notification",
    "drop_pending_updates",
    "protect_content",
    "show_alert",
}


@dataclass(frozen=True)
class Upload:
    """A file that came inside the request."""

    name: str
    content: bytes


def read_parameters(content_type: str, query: bytes, body: bytes) -> JSON:
    """The parameters with values of their own types; body values win over the query's."""
    kind, options = parse_options_header(content_type)
    found: JSON = dict(_pairs(query))
    if kind == "application/json":
        try:
            decoded = json.loads(body)
        except ValueError as error:
            raise bad_request("can't parse JSON object") from error
        if not isinstance(decoded, dict):
            raise bad_request("object expected as parameters")
        found |= decoded
    elif kind == "multipart/form-data":
        for part in MultipartParser(BytesIO(body), options["boundary"]):
            value = Upload(part.filename, part.raw) if part.filename else part.value
            found[part.name] = value
            part.close()  # a large part lies in a temporary file
    elif kind == "application/x-www-form-urlencoded":
        found |= dict(_pairs(body))
    return {name: _typed(name, value) for name, value in found.items() if value is not None}


def _pairs(encoded: bytes) -> list[tuple[str, str]]:
    return parse_qsl(encoded.decode(), keep_blank_values=True)


def _typed(name: str, value: Any) -> Any:
    if isinstance(value, str):
        if name in INTEGERS:
            # A chat_id may be "@username"; it stays text and is refused where chats are looked up.
            return int(value) if re.fullmatch(r"-?\d+", value) else value
        if name in FLAGS:
            return value.lower() in {"true", "yes", "1"}
        if name in NESTED:
            try:
                return json.loads(value)
            except ValueError as error:
                raise bad_request(f"can't parse {name.replace('_', ' ')} JSON object") from error
    return value


def integer(parameters: JSON, name: str, default: int = 0) -> int:
    """The parameter as a number; what is no number counts as absent, as Telegram has it."""
    value = parameters.get(name, default)
    return value if isinstance(value, int) else default


def string(parameters: JSON, name: str) -> str:
    """The parameter as text; absent counts as empty, as Telegram has it."""
    return str(parameters.get(name, ""))
