"""`kawan ask` and `kawan chat`: the conversation without Telegram."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Iterable
from pathlib import Path
from typing import Any

import click

from bot.nlu import NluClient
from bot.terminal import show_turn
from kawan.conversation import Conversation
from kawan.errors import UserError
from kawan.nlu_server import nlu_server
from kawan.settings import Settings, load_settings
from store.database import FILE_NAME
from store.keys import Keyring, load_keyring

BATCH_TIMEOUT = 30.0  # a queue of questions may wait; a person may not
AT_ONCE = 4


@click.command()
@click.argument("text", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--jsonl", is_flag=True, help='Read {"text": …} lines, print one JSON object per line.')
def ask(text: str | None, as_json: bool, jsonl: bool) -> None:
    """Answer one question; nothing is stored.

    Example: kawan ask "gaji dua bulan belum dibayar"
    """
    if jsonl == (text is not None):
        raise UserError('Give either a question (kawan ask "…") or --jsonl with lines on standard input.')
    settings = load_settings()
    if jsonl:
        questions = list(_json_lines(sys.stdin))
        with nlu_server(settings) as endpoint:
            asyncio.run(_answer_all(questions, settings, NluClient(lambda: endpoint, BATCH_TIMEOUT)))
        return
    with nlu_server(settings) as endpoint:
        turn = asyncio.run(_one(str(text), settings, NluClient(lambda: endpoint, BATCH_TIMEOUT)))
    click.echo(json.dumps(turn, ensure_ascii=False)) if as_json else show_turn(turn)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per turn.")
@click.option("--data-dir", type=click.Path(path_type=Path), help="Keep the conversation in this folder.")
def chat(as_json: bool, data_dir: Path | None) -> None:
    """Talk in the terminal, or through a pipe; ":2" presses button 2.

    Example: printf 'halo\\ngaji belum dibayar\\n' | kawan chat --json
    """
    settings = load_settings()
    with nlu_server(settings) as endpoint:
        asyncio.run(_talk(settings, NluClient(lambda: endpoint), as_json, data_dir))


async def _one(text: str, settings: Settings, client: NluClient) -> dict[str, Any]:
    conversation = Conversation.for_practice(client, settings.hotline, None)
    try:
        return await conversation.say(text)
    finally:
        conversation.close()
        await client.close()


async def _answer_all(questions: list[str], settings: Settings, client: NluClient) -> None:
    """Each question is a conversation of its own; a few are understood at once, printed in order."""
    gate = asyncio.Semaphore(AT_ONCE)
    shared = Conversation.for_practice(client, settings.hotline, None)

    async def answer(number: int, question: str) -> dict[str, Any]:
        async with gate:
            return await shared.for_chat(f"line-{number}").say(question)

    tasks = [asyncio.create_task(answer(n, q)) for n, q in enumerate(questions)]
    try:
        for task in tasks:
            click.echo(json.dumps(await task, ensure_ascii=False))
    finally:
        shared.close()
        await client.close()


async def _talk(settings: Settings, client: NluClient, as_json: bool, folder: Path | None) -> None:
    keys = _keys_for(settings, folder)
    conversation = Conversation.for_practice(client, settings.hotline, folder, keys)
    interactive = sys.stdin.isatty()
    if interactive and not as_json:
        show_turn(await conversation.say("/start"))
    try:
        async for line in _lines(interactive):
            turn = await conversation.say(line)
            click.echo(json.dumps(turn, ensure_ascii=False)) if as_json else show_turn(turn)
    finally:
        conversation.close()
        await client.close()


def _keys_for(settings: Settings, folder: Path | None) -> Keyring | None:
    if folder is None:
        return None
    return load_keyring(settings.key_file, create=not (folder / FILE_NAME).exists())


async def _lines(interactive: bool) -> AsyncIterator[str]:
    while True:
        if interactive:
            click.echo("\n› ", nl=False)
        line = await asyncio.to_thread(sys.stdin.readline)
        if not line or (interactive and line.strip() in ("/keluar", "/exit", "/quit")):
            return
        yield line.rstrip("\n")


def _json_lines(lines: Iterable[str]) -> Iterable[str]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            text = json.loads(line)["text"]
        except (ValueError, KeyError, TypeError):
            text = None
        if not isinstance(text, str):
            raise UserError(f'Line {number} is not a JSON object with a "text" string.')
        yield text
