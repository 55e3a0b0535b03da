"""`kawan`: the one command. Each subcommand's help has one sentence and an example."""

from __future__ import annotations

import sqlite3
import sys
from typing import Any

import click

from bot.guard import GuardError
from bot.telegram.system import CannotListen
from kawan.commands.ask import ask, chat
from kawan.commands.backup import backup, restore
from kawan.commands.console import console
from kawan.commands.demo import demo
from kawan.commands.doctor import doctor
from kawan.commands.key import key
from kawan.commands.knowledge import knowledge
from kawan.commands.nlu import nlu
from kawan.commands.referrals import referrals
from kawan.commands.referrals_export import export
from kawan.commands.run import run
from kawan.commands.staff import staff
from kawan.errors import UserError
from knowledge.library import KnowledgeError
from language.lexicon import LexiconError
from store.errors import StoreError
from store.staff import StaffError

KNOWN = (
    UserError,
    StoreError,
    KnowledgeError,
    LexiconError,
    GuardError,
    StaffError,
    CannotListen,
    sqlite3.Error,
)


class _Sentences(click.Group):
    """Turns every error an operator can mend into its sentence and exit code 2."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KNOWN as error:
            click.echo(f"kawan: {error}", err=True)
            sys.exit(2)
        except BrokenPipeError:
            sys.exit(0)


@click.group(cls=_Sentences, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="kawan-rantau")
def main() -> None:
    """Kawan Rantau: a friend away from home, for people from NTT in Bali.

    Example: kawan ask "gaji dua bulan belum dibayar"
    """


for command in (
    run, console, chat, ask, nlu, knowledge, referrals, staff, doctor, backup, restore, key, demo,
):  # fmt: skip
    main.add_command(command)
referrals.add_command(export)
