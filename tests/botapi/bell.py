"""Tells what waits in the server's event loop that something changed."""

import asyncio
from contextlib import suppress


class Bell:
    """Wakes what waits in the server's event loop, from any thread."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._event = asyncio.Event()

    def attach(self, loop: asyncio.AbstractEventLoop | None) -> None:
        self._loop, self._event = loop, asyncio.Event()

    def ring(self) -> None:
        if self._loop:
            self._loop.call_soon_threadsafe(self._wake)

    def _wake(self) -> None:
        # A fresh event each time: whoever looks next waits for the next change, not for this one.
        rung, self._event = self._event, asyncio.Event()
        rung.set()

    async def heard(self, timeout: float | None) -> None:
        """Returns at the next ring or after the time-out, whichever comes first."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._event.wait(), timeout)
