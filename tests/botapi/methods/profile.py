"""getMe, setMyCommands, setMyDescription and setMyShortDescription."""

import re
from typing import Any

from ..parameters import string
from ..state import State
from ..wire import JSON, bad_request, utf16_length
from .registry import method

MOST_COMMANDS = 100
LIMITS = {"description": 512, "short_description": 120}


@method("getMe")
def get_me(state: State, _parameters: JSON) -> JSON:
    return state.me | {
        "can_join_groups": True,
        "can_read_all_group_messages": True,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


@method("setMyCommands")
def set_my_commands(state: State, parameters: JSON) -> bool:
    commands = parameters.get("commands")
    if not isinstance(commands, list) or len(commands) > MOST_COMMANDS:
        raise bad_request("can't parse commands")
    scope = (parameters.get("scope") or {"type": "default"})["type"]
    state.commands[scope, _language(parameters)] = dict(map(_command, commands))
    return True


@method("setMyDescription")
def set_my_description(state: State, parameters: JSON) -> bool:
    return _describe(state, parameters, "description")


@method("setMyShortDescription")
def set_my_short_description(state: State, parameters: JSON) -> bool:
    return _describe(state, parameters, "short_description")


def _command(value: Any) -> tuple[str, str]:
    if not isinstance(value, dict):
        raise bad_request("expected an Object as bot command")
    # Telegram forgives the slash before a command.
    name = str(value.get("command", "")).strip().removeprefix("/")
    if not re.fullmatch(r"[a-z0-9_]{1,32}", name):
        raise bad_request("BOT_COMMAND_INVALID")
    description = str(value.get("description", "")).strip()
    if not 1 <= utf16_length(description) <= 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return name, description


def _describe(state: State, parameters: JSON, which: str) -> bool:
    text = string(parameters, which).strip()
    if utf16_length(text) > LIMITS[which]:
        raise bad_request(f"{which.replace('_', ' ')} is too long")
    state.profile[which, _language(parameters)] = text
    return True


def _language(parameters: JSON) -> str:
    code = string(parameters, "language_code")
    if not re.fullmatch(r"(?:[a-z]{2})?", code):
        raise bad_request("invalid language code specified")
    return code
