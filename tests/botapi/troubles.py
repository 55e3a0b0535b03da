"""What a test can make go wrong between the bot and Telegram."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from .faults import Fault, Loss
from .runner import Runner
from .state import State
from .wire import ApiError, too_many_requests


class Troubles:
    """The part of the server's interface that provokes faults."""

    def __init__(self, state: State, runner: Runner) -> None:
        self._state, self._runner = state, runner

    def fails_next(
        self,
        method: str,
        status: int,
        description: str = "",
        retry_after: int | None = None,
        times: int = 1,
    ) -> None:
        """Refuses the next calls of the method, doing nothing of their work."""
        refusal = ApiError(status, description)
        if retry_after is not None:
            usual = too_many_requests(retry_after)
            refusal = ApiError(status, description or usual.description, usual.parameters)
        with self._state.changed:
            self._state.faults.add(method, Fault(refusal=refusal), times)

    def loses_answer_next(self, method: str, loss: Loss = "closes", times: int = 1) -> None:
        """Does the next calls' work, then resets the connection or ("hangs") never answers."""
        with self._state.changed:
            self._state.faults.add(method, Fault(loses_answer=True, loss=loss), times)

    def loses_request_next(self, method: str, loss: Loss = "closes", times: int = 1) -> None:
        """As loses_answer_next, but the work is not done: to a bot the two look the same."""
        with self._state.changed:
            self._state.faults.add(method, Fault(loses_request=True, loss=loss), times)

    @contextmanager
    def unreachable(self, how: Literal["refused", "502"] = "refused") -> Iterator[None]:
        """Meanwhile connections are refused, or a proxy answers all with its own 502 page."""
        if how == "refused":
            self._runner.stop()
            try:
                yield
            finally:
                self._runner.start()
            return
        self._set_gateway_down(True)
        try:
            yield
        finally:
            self._set_gateway_down(False)

    def flood_limits(self, per_chat_per_second: int | None) -> None:
        """Answers 429 to more messages a second to one private chat than this; None: no limit."""
        with self._state.changed:
            self._state.faults.per_chat_per_second = per_chat_per_second

    def expires_callback_queries(self) -> None:
        """Makes all presses up to now too old to be answered."""
        with self._state.changed:
            for query in self._state.queries.values():
                query.time -= self._state.query_lifetime + 1

    def _set_gateway_down(self, down: bool) -> None:
        with self._state.change():
            self._state.faults.gateway_down = down
