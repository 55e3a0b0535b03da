"""The other end of one request."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from .state import State

Receive = Callable[[], Awaitable[dict[str, Any]]]


class Caller:
    """The other end of one request; notices when it goes away."""

    def __init__(self, state: State, scope: dict[str, Any], receive: Receive) -> None:
        self.gone = False
        self._state, self._receive = state, receive
        self._transport: asyncio.Transport = scope["state"]["transport"]

    async def read(self) -> bytes:
        body, more = b"", True
        while more:
            event = await self._receive()
            body += event.get("body", b"")
            more = event.get("more_body", False)
        return body

    @asynccontextmanager
    async def watched(self) -> AsyncIterator[None]:
        watch = asyncio.create_task(self._watch())
        try:
            yield
        finally:
            watch.cancel()

    async def _watch(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass
        self.gone = True
        self._state.bell.ring()

    def cut_off(self) -> None:
        """Resets the connection, as a network does that breaks."""
        self._transport.abort()

    async def left(self) -> None:
        """Returns when the caller has given up."""
        async with self.watched():
            while not self.gone:
                await self._state.bell.heard(None)
