"""`kawan staff password`, `totp-reset`, `link`: what proves who a member of staff is."""

from __future__ import annotations

import sys

import click
from sqlite_utils import Database

from kawan.errors import UserError
from kawan.operator import operator_store
from store import accounts as proofs
from store import passwords, staff_links
from store import staff as accounts
from store.database import write

OPERATOR = "operator"
_WHY_WEAK = {
    "short": f"It needs at least {passwords.SHORTEST} characters; four words in a row are easy to keep in mind.",
    "long": f"It may have at most {passwords.LONGEST} characters.",
    "same": "It has too few different characters.",
    "login": "It is little more than the login.",
}
ONE_TIME = click.option(
    "--one-time", is_flag=True, help="Make a password that works once, to be changed at the first sign-in."
)


@click.command("password")
@click.argument("login")
@ONE_TIME
def password(login: str, one_time: bool) -> None:
    """Set a password; all sessions of this member end.

    Example: kawan staff password maria --one-time
    """
    if not one_time and not sys.stdin.isatty():
        raise UserError("There is no terminal to type a password at. Use --one-time.")
    with operator_store() as (db, _keys):
        accounts.active(db, login)
        give_password(db, login, one_time)


@click.command("totp-reset")
@click.argument("login")
def totp_reset(login: str) -> None:
    """Remove the one-time codes of a member who lost the phone; all sessions end.

    Example: kawan staff totp-reset maria
    """
    with operator_store() as (db, _keys), write(db):
        proofs.reset_totp(db, login, OPERATOR)
    click.echo(f"{login} signs in without a code now, until codes are set up again.")


@click.command("link")
@click.argument("login")
def link(login: str) -> None:
    """Make a one-time code with which a member links her Telegram account to take alerts there.

    Example: kawan staff link maria
    """
    with operator_store() as (db, _keys), write(db):
        code = staff_links.new_link(db, login, OPERATOR)
    minutes = int(staff_links.LASTS.total_seconds() // 60)
    click.echo(f"{code}\n{login} sends this to the bot within {minutes} minutes: /tautkan {code}")


def give_password(db: Database, login: str, one_time: bool) -> None:
    """Ask for a password, or make a one-time one and show it."""
    hashed = None if one_time else _asked(login)
    if hashed:
        with write(db):
            proofs.set_password(db, login, hashed, OPERATOR)
        click.echo("Password set.")
        return
    shown, hashed = passwords.one_time()
    with write(db):
        proofs.set_password(db, login, hashed, OPERATOR, one_time=True)
    days = proofs.ONE_TIME_LASTS.days
    click.echo(
        f"One-time password: {shown}\nIt works for {days} days and must be changed at the first sign-in."
    )


def _asked(login: str) -> str | None:
    """The hash of a password typed twice, asked for until it is a good one; None when a one-time one is wanted."""
    while True:
        typed = click.prompt(
            "Password (empty: make a one-time password)",
            default="",
            show_default=False,
            hide_input=True,
            confirmation_prompt=True,
        )
        try:
            return passwords.hashed(str(typed), login) if typed else None
        except passwords.WeakPassword as error:
            click.echo(f"This password is too weak. {_WHY_WEAK[error.reason]}")
