"""`kawan referrals export`: a person's own case, to be handed over to them."""

from __future__ import annotations

import json

import click

from kawan.errors import UserError
from kawan.operator import operator_store
from store import export as exports
from store import referrals as cases
from store import staff as accounts
from store import visibility
from store.database import write


@click.command("export")
@click.argument("code")
@click.option(
    "--without-notes", is_flag=True, help="Leave out the notes of staff, which may speak of others."
)
@click.option("--as", "login", required=True, envvar="KAWAN_STAFF", help="Your staff login (or KAWAN_STAFF).")
def export(code: str, without_notes: bool, login: str) -> None:
    """Print everything about one case as JSON, for the person whose case it is; that it left is recorded.

    Example: kawan referrals export KR-7F3K-9QXM --as maria > case.json
    """
    with operator_store() as (db, keys), write(db):
        member = accounts.find(db, login)
        if member is None or not member.active:
            raise UserError(f"'{login}' is not an active staff account. See: kawan staff list")
        try:
            found = exports.whole_case(db, keys, visibility.find(db, member, code), login, not without_notes)
        except cases.NoSuchReferral:
            raise UserError(f"There is no case {code}.") from None
    click.echo(json.dumps(found, ensure_ascii=False, indent=1))
