"""Blocking a test till something is so, without sleeping longer than needed."""

import time
from collections.abc import Callable

from .state import State

# For conditions that depend on more than this server; its own changes wake the test at once.
LONGEST_PAUSE = 0.1

Condition = Callable[[], object]


def wait_until(state: State, condition: Condition, timeout: float, story: Callable[[], str]) -> None:
    """Returns as soon as the condition holds; else fails with the story of what was awaited."""
    ends = time.monotonic() + timeout
    while True:
        version = state.version
        # Without the lock: a condition may ask the bot something, and the bot may ask us.
        if condition():
            return
        left = ends - time.monotonic()
        if left <= 0:
            calls = [f"{call.method} {call.status}" for call in state.calls[-5:]]
            raise AssertionError(f"waited {timeout} s for {story()}; last calls: {calls}")
        with state.changed:
            if state.version == version:
                state.changed.wait(min(left, LONGEST_PAUSE))
