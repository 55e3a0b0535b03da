"""`kawan run`: the whole system."""

from __future__ import annotations

import asyncio
import sys

import click

from kawan.errors import UserError
from kawan.run import serve_telegram
from kawan.settings import load_settings


@click.command()
@click.pass_context
def run(ctx: click.Context) -> None:
    """Run everything: language model and bot; without TELEGRAM_BOT_TOKEN a chat in this terminal.

    Example: TELEGRAM_BOT_TOKEN=123:abc kawan run
    """
    settings = load_settings()
    if settings.telegram_bot_token is not None:
        asyncio.run(serve_telegram(settings))
        return
    if not sys.stdin.isatty():
        raise UserError(
            "TELEGRAM_BOT_TOKEN is not set and there is no terminal to chat in. Get a token from @BotFather "
            "on Telegram, or talk through a pipe with: kawan chat"
        )
    click.echo(
        "No TELEGRAM_BOT_TOKEN, so let us talk here (nothing is kept). To go on Telegram: write /newbot to\n"
        "@BotFather, put the token it gives you into .env as TELEGRAM_BOT_TOKEN=…, and run this again.\n"
        "Type :1 to press the first button, /keluar to leave. Starting …"
    )
    from kawan.commands.ask import chat

    ctx.invoke(chat)
