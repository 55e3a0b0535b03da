"""`kawan staff`: who answers the hotline."""

from __future__ import annotations

import click

from kawan.operator import operator_store
from store import audit
from store import staff as accounts
from store.database import write


@click.group()
def staff() -> None:
    """Accounts of the hotline: add, list, disable.

    Example: kawan staff add maria
    """


@staff.command("add")
@click.argument("login")
@click.option("--role", type=click.Choice(accounts.ROLES), default="reviewer", help="What she may do.")
def add(login: str, role: str) -> None:
    """Add a member of staff (or switch one on again).

    Example: kawan staff add maria --role lead
    """
    with operator_store() as (db, _keys), write(db):
        accounts.add(db, login, role)
        audit.record(db, "operator", f"staff added {login}")
    click.echo(f"Added {login} ({role}).")


@staff.command("list")
def listed() -> None:
    """List all accounts.

    Example: kawan staff list
    """
    with operator_store() as (db, _keys):
        members = accounts.listed(db)
    for member in members:
        state = "active" if member.active else "disabled"
        click.echo(f"{member.login:20} {member.role:10} {state:9} since {member.created_at[:10]}")
    if not members:
        click.echo("No staff yet. Reports stay closed until there is one: kawan staff add LOGIN")


@staff.command("disable")
@click.argument("login")
def disable(login: str) -> None:
    """Switch an account off.

    Example: kawan staff disable maria
    """
    with operator_store() as (db, _keys), write(db):
        accounts.disable(db, login)
        audit.record(db, "operator", f"staff disabled {login}")
    click.echo(f"Disabled {login}.")
