"""What is done once although its form was sent twice: a double click, a lost connection, the back button."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable

_MOST = 500  # forms of the last hours


class Once:
    """Remembers what came of a form, by the random token of its page. Used inside the store's one thread, where two
    of the same cannot run at the same time; forgotten at a restart."""

    def __init__(self) -> None:
        self._done: OrderedDict[str, str] = OrderedDict()

    def knows(self, token: str) -> bool:
        """Whether the form with this token has been sent."""
        return token in self._done

    def result(self, token: str, work: Callable[[], str]) -> str:
        """What `work` returns; for a token seen before, what it returned then, without doing it again."""
        if token not in self._done:
            self._done[token] = work()
            while len(self._done) > _MOST:
                self._done.popitem(last=False)
        return self._done[token]
