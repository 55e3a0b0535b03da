"""A token bucket for each chat: someone who floods is asked to slow down, in words, once. Danger is never held back."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable

CAPACITY = 30.0  # turns at once
PER_SECOND = 0.5  # and then one every two seconds
MOST_CHATS = 10_000


class Buckets:
    """Held in memory: after a restart everybody starts afresh, which harms no one."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._levels: OrderedDict[str, tuple[float, float, bool]] = OrderedDict()

    def take(self, chat: str) -> str:
        """One more turn of this chat: "go", "warn" (the first one too many) or "drop"."""
        now = self._clock()
        level, since, warned = self._levels.pop(chat, (CAPACITY, now, False))
        level = min(CAPACITY, level + (now - since) * PER_SECOND)
        verdict = "go" if level >= 1 else "drop" if warned else "warn"
        self._levels[chat] = (level - 1 if verdict == "go" else level, now, verdict != "go")
        if len(self._levels) > MOST_CHATS:
            self._levels.popitem(last=False)
        return verdict
