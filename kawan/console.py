"""The staff console: beside the bot in `kawan run`, or alone."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog

from actions.turn import Services
from hotline.config import Config
from hotline.desk import Desk
from hotline.mail import Mailbox, mail_forever
from hotline.server import CannotServe, serving
from kawan.conversation import build_services
from kawan.errors import UserError
from kawan.logs import set_up_logs
from kawan.opening import running_store, told_to_stop
from kawan.settings import Settings
from store.writer import Writer

log = structlog.get_logger()


@asynccontextmanager
async def console_beside(settings: Settings, writer: Writer, services: Services) -> AsyncIterator[None]:
    """The console is there while the block runs, unless the settings switch it off. Raises UserError."""
    if not settings.console_port:
        yield
        return
    desk = Desk(
        writer, services.keys, services.library, services.search, services.hotline, config_of(settings)
    )
    try:
        async with serving(desk):
            mailing = (
                asyncio.create_task(mail_forever(writer, box)) if (box := mailbox_of(settings)) else None
            )
            try:
                yield
            finally:
                if mailing is not None:
                    mailing.cancel()
                    await asyncio.gather(mailing, return_exceptions=True)
    except CannotServe as error:
        raise UserError(str(error)) from None


async def serve_console(settings: Settings) -> None:
    """The console alone, until SIGTERM or Ctrl-C. Raises UserError or StoreError with a sentence to print."""
    if not settings.console_port:
        raise UserError("KAWAN_CONSOLE_PORT is 0, which switches the console off. Set a port.")
    set_up_logs()
    stop = told_to_stop()
    async with running_store(settings) as (writer, keys):
        services = build_services(writer.db, keys, settings.hotline)
        async with console_beside(settings, writer, services):
            await stop.wait()
    log.info("stopped")


def config_of(settings: Settings) -> Config:
    """What the console needs to know of the settings."""
    host, port = settings.console_host, settings.console_port
    own = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    return Config(url=settings.console_url or own, host=host, port=port, proxy=settings.console_proxy)


def mailbox_of(settings: Settings) -> Mailbox | None:
    """Where alerts go by e-mail; None: nowhere."""
    if settings.mail_server is None or settings.mail_from is None or settings.mail_to is None:
        return None
    to = tuple(address.strip() for address in settings.mail_to.split(",") if address.strip())
    server = settings.mail_server.get_secret_value()
    return Mailbox(server, settings.mail_from, to, config_of(settings).url, settings.digest_hour)
