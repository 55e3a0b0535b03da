"""The table of methods; one decorated function per method of the Bot API."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ..state import State
from ..wire import JSON


@dataclass(frozen=True)
class Answer:
    """A result that Telegram comments on, such as "Webhook was set"."""

    result: Any
    description: str


Method = Callable[[State, JSON], Any]

METHODS: dict[str, Method] = {}


def method(name: str) -> Callable[[Method], Method]:
    """Makes the function answer the named method; Telegram ignores the case of the name."""

    def add(function: Method) -> Method:
        METHODS[name.lower()] = function
        return function

    return add
