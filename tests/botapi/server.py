"""The test server as tests see it."""

from types import TracebackType
from typing import Self

from .groups import Group
from .model import Call
from .people import Person
from .runner import Runner
from .state import State
from .troubles import Troubles
from .waiting import Condition, wait_until
from .wire import JSON

TOKEN = "123456:TEST-token_for-a-server-that-is-not-Telegram"


class BotApiServer(Troubles):
    """Stands in for api.telegram.org; the bot under test is a process of its own.

    All methods are blocking and may be called from any thread.
    """

    def __init__(self, token: str = TOKEN) -> None:
        self.token = token
        state = State(token)
        super().__init__(state, Runner(state))
        self.url = f"http://127.0.0.1:{self._runner.port}"

    def __enter__(self) -> Self:
        self._runner.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._runner.close()
        if error is None and self._state.crashes:
            raise AssertionError("the test server itself failed") from self._state.crashes[0]

    # Who there is

    def person(
        self,
        id: int,
        first_name: str = "Sari",
        language_code: str | None = "id",
        username: str | None = None,
        started: bool = False,
    ) -> Person:
        """A person; `started` means that the private chat with the bot is already open."""
        user: JSON = {"id": id, "is_bot": False, "first_name": first_name}
        user |= {"username": username} if username else {}
        user |= {"language_code": language_code} if language_code else {}
        with self._state.change():
            return Person(self._state, user, started)

    def group(self, id: int, title: str = "Grup") -> Group:
        """A supergroup that the bot is in."""
        with self._state.change():
            return Group(self._state, id, title)

    def sends_raw(self, update: JSON) -> int:
        """Queues an update that is nobody's, such as a channel post or a malformed one."""
        with self._state.change():
            return self._state.updates.add(dict(update))

    # What was seen

    @property
    def calls(self) -> list[Call]:
        """All calls in order, getUpdates left out."""
        with self._state.changed:
            return list(self._state.calls)

    def calls_of(self, method: str) -> list[Call]:
        return [call for call in self.calls if call.method.lower() == method.lower()]

    @property
    def polls(self) -> int:
        """How many times getUpdates was called and not refused."""
        return self._state.polls

    @property
    def pending(self) -> list[int]:
        """Identifiers of updates that the bot has not confirmed."""
        with self._state.changed:
            return [update["update_id"] for update in self._state.updates.pending]

    @property
    def commands(self) -> dict[tuple[str, str], dict[str, str]]:
        """By scope and language: the commands of the menu and their descriptions."""
        with self._state.changed:
            return dict(self._state.commands)

    @property
    def profile(self) -> dict[tuple[str, str], str]:
        """By ("description" or "short_description", language): the bot's profile texts."""
        with self._state.changed:
            return dict(self._state.profile)

    def waits_until(self, condition: Condition, timeout: float = 10, what: str = "a condition") -> None:
        """Blocks till the condition holds; looks anew whenever something happened here."""
        wait_until(self._state, condition, timeout, lambda: what)

    def waits_for_call(self, method: str, n: int = 1, timeout: float = 10) -> list[Call]:
        """Blocks till the method was called n times in all, and gives these calls."""
        what = f"{n} call(s) of {method}"
        self.waits_until(lambda: len(self.calls_of(method)) >= n, timeout, what)
        return self.calls_of(method)

    def waits_for_poll(self, after: int = 0, timeout: float = 10) -> int:
        """Blocks till there were more polls than `after`: the bot is up. Gives their count."""
        self.waits_until(lambda: self.polls > after, timeout, f"more than {after} poll(s)")
        return self.polls
