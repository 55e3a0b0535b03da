"""`kawan staff`: who answers the hotline."""

from __future__ import annotations

import sys

import click

from kawan.commands.staff_proofs import ONE_TIME, OPERATOR, give_password, link, password, totp_reset
from kawan.operator import operator_store
from store import audit
from store import staff as accounts
from store.database import write


@click.group()
def staff() -> None:
    """Accounts of the hotline: add, list, password, totp-reset, role, link, disable.

    Example: kawan staff add maria
    """


@staff.command("add")
@click.argument("login")
@click.option("--role", type=click.Choice(accounts.ROLES), default="reviewer", help="What she may do.")
@click.option("--name", default="", help="How colleagues know her.")
@ONE_TIME
def add(login: str, role: str, name: str, one_time: bool) -> None:
    """Add a member of staff (or switch one on again); at a terminal it asks for a password.

    Example: kawan staff add maria --name "Maria Bere" --role lead
    """
    with operator_store() as (db, _keys):
        with write(db):
            accounts.add(db, login, role, name)
            audit.record(db, OPERATOR, f"staff added {login} as {role}")
        click.echo(f"Added {login} ({role}).")
        if one_time or sys.stdin.isatty():
            give_password(db, login, one_time)
        else:
            click.echo(
                f"No password yet, so no way into the console: kawan staff password {login} --one-time"
            )


@staff.command("role")
@click.argument("login")
@click.argument("role", type=click.Choice(accounts.ROLES))
def role(login: str, role: str) -> None:
    """Give a member another role; it counts at once.

    Example: kawan staff role maria lead
    """
    with operator_store() as (db, _keys), write(db):
        accounts.set_role(db, login, role)
        audit.record(db, OPERATOR, f"role of {login} is {role}")
    click.echo(f"{login} is {role}.")


@staff.command("list")
def listed() -> None:
    """List all accounts.

    Example: kawan staff list
    """
    with operator_store() as (db, _keys):
        members = accounts.listed(db)
    for member in members:
        state = "active" if member.active else "disabled"
        proof = (
            "password + codes" if member.has_totp else "password" if member.has_password else "no password"
        )
        last = f"last in {member.signed_in_at[:10]}" if member.signed_in_at else "never signed in"
        since = f"since {member.created_at[:10]}"
        click.echo(f"{member.login:20} {member.role:10} {state:9} {since}  {proof:16} {last}")
    if not members:
        click.echo("No staff yet. Reports stay closed until there is one: kawan staff add LOGIN")


@staff.command("disable")
@click.argument("login")
def disable(login: str) -> None:
    """Switch an account off; its sessions end at once.

    Example: kawan staff disable maria
    """
    with operator_store() as (db, _keys), write(db):
        accounts.disable(db, login)
        audit.record(db, OPERATOR, f"staff disabled {login}")
    click.echo(f"Disabled {login}.")


for command in (password, totp_reset, link):
    staff.add_command(command)
