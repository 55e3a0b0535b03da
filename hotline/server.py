"""The console on a port of this machine, inside the process and the event loop it is called from."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog
import uvicorn
from litestar import Litestar
from litestar.stores.memory import MemoryStore
from sqlite_utils import Database

from hotline.app import build_console
from hotline.config import Config
from hotline.desk import Desk
from store import half_entries, throttle, web_sessions

log = structlog.get_logger()
HOUSE_KEEPING = 600.0  # seconds
LONGEST_GOODBYE = 5  # seconds for answers under way when the process ends


class CannotServe(Exception):
    """The port is taken or forbidden; `str()` says what to do."""


class _Server(uvicorn.Server):
    """A web server inside our own process: signals are ours."""

    def capture_signals(self) -> contextlib.AbstractContextManager[None]:  # type: ignore[override]
        return contextlib.nullcontext()


@asynccontextmanager
async def serving(desk: Desk) -> AsyncIterator[None]:
    """The console is there while the block runs. Raises CannotServe."""
    config = desk.config
    listening = listen(config.host, config.port)
    app = build_console(desk)
    server = web_server(app, config)
    serving_task = asyncio.create_task(server.serve(sockets=[listening]))
    keeping = asyncio.create_task(_keep_house(desk, app))
    try:
        while not server.started and not serving_task.done():
            await asyncio.sleep(0.02)
        log.info("console.ready", url=config.url)
        yield
    finally:
        server.should_exit = True
        keeping.cancel()
        await asyncio.gather(serving_task, keeping, return_exceptions=True)


def web_server(app: Litestar, config: Config) -> uvicorn.Server:
    """The web server, ready to be given a socket."""
    return _Server(
        uvicorn.Config(
            app,
            log_config=None,
            access_log=False,  # addresses of cases are nobody's business
            server_header=False,
            lifespan="on",
            proxy_headers=True,
            forwarded_allow_ips=config.proxy,
            timeout_graceful_shutdown=LONGEST_GOODBYE,
        )
    )


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens. Raises CannotServe."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listening = socket.create_server((host, port), family=family)
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno and error.errno > 0 else str(error)
        raise CannotServe(
            f"The console cannot listen on {host}:{port}: {reason}. Set KAWAN_CONSOLE_HOST or KAWAN_CONSOLE_PORT "
            "(0: no console)."
        ) from None
    # Connections inherit it. Without it the end of every page waits 40 ms for the browser's acknowledgement: asyncio
    # sets it by itself only on sockets that name their protocol, which `create_server` does not.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening


async def _keep_house(desk: Desk, app: Litestar) -> None:
    """Forget what need not be kept."""
    while True:
        try:
            await desk.run(_forget)
        except sqlite3.Error as error:  # a full disk: the next round tries again
            log.error("store.cannot_write", error=str(error))
        counts = app.stores.get("rate_limit")
        if isinstance(counts, MemoryStore):
            await counts.delete_expired()  # addresses that are gone
        await asyncio.sleep(HOUSE_KEEPING)


def _forget(db: Database) -> None:
    web_sessions.forget_old(db)
    throttle.forget_old(db)
    half_entries.forget_old(db)
