"""Runs the ASGI application under uvicorn, in a thread of its own, on a port that stays ours."""

import asyncio
import socket
import threading
from typing import Any

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from .door import Door
from .pusher import push_updates
from .state import State

START_TIMEOUT = 10.0


class _Protocol(H11Protocol):
    """Hands each request its transport, so that a fault can cut the connection."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.app_state = self.app_state | {"transport": transport}


class _Server(uvicorn.Server):
    """Starts and stops at once; uvicorn's own loop looks only every tenth of a second."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = threading.Event()
        self.stop = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()

    async def main_loop(self) -> None:
        await self.stop.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        del sockets  # closing the servers closes them
        for server in self.servers:
            server.close()
        for connection in list(self.server_state.connections):
            connection.transport.abort()
        if tasks := list(self.server_state.tasks):
            await asyncio.wait(tasks, timeout=2)


class Runner:
    """Starts and stops the server; between two starts connections are refused."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._socket = _bound(0)
        self.port: int = self._socket.getsockname()[1]
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        # No log configuration: uvicorn's would change that of the test's process.
        settings: dict[str, Any] = {"log_config": None, "access_log": False}
        settings |= {"lifespan": "off", "ws": "none", "timeout_keep_alive": 75}
        config = uvicorn.Config(Door(self._state), http=_Protocol, **settings)
        self._server = _Server(config)
        self._thread = threading.Thread(target=self._run, name="botapi", daemon=True)
        self._thread.start()
        assert self._server.ready.wait(START_TIMEOUT), "the test server did not start"

    def stop(self) -> None:
        """Stops at once, open requests cut off, and keeps the port bound but deaf."""
        assert self._thread is not None
        self._loop.call_soon_threadsafe(self._server.stop.set)
        self._thread.join(START_TIMEOUT)
        self._socket = _bound(self.port)

    def close(self) -> None:
        self.stop()
        self._socket.close()

    def _run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        with self._state.changed:
            self._state.bell.attach(self._loop)
        pusher = asyncio.create_task(push_updates(self._state))
        try:
            await self._server.serve(sockets=[self._socket])
        finally:
            pusher.cancel()
            [end] = await asyncio.gather(pusher, return_exceptions=True)
            if isinstance(end, Exception):
                self._state.crashes.append(end)
            with self._state.changed:
                self._state.bell.attach(None)


def _bound(port: int) -> socket.socket:
    """A socket that has the port but does not listen yet: nobody else can take it meanwhile."""
    # With the protocol named asyncio turns Nagle's delay off, which costs 40 ms an answer.
    bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    bound.bind(("127.0.0.1", port))
    return bound
