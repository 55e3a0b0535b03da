"""`kawan console`: the staff console without the bot."""

from __future__ import annotations

import asyncio

import click

from kawan.console import serve_console
from kawan.settings import load_settings


@click.command()
def console() -> None:
    """Serve the staff console alone; `kawan run` has it already.

    Example: KAWAN_CONSOLE_PORT=8650 kawan console
    """
    asyncio.run(serve_console(load_settings()))
