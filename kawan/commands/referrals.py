"""`kawan referrals`: the staff's way in until the console stands. Every opening and change of a case is recorded."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict

import click
from sqlite_utils import Database

from kawan.errors import UserError
from kawan.operator import operator_store
from store import alerts, assignment, casework, delivery, evidence, messages, visibility
from store import referrals as cases
from store import staff as accounts
from store.database import write
from store.keys import Keyring

_WAYS = {
    "queued": "In the outbox; a running bot sends it now.",
    "waiting": "Kept. The person asked not to be written to first: they see it when they next write.",
    "blocked": "Kept. The person has blocked the bot: it goes out when they come back.",
}
_AS = click.option(
    "--as", "login", required=True, envvar="KAWAN_STAFF", help="Your staff login (or KAWAN_STAFF)."
)


@click.group()
def referrals() -> None:
    """Cases people handed over: list, show, take, reply, note, close.

    Example: kawan referrals list
    """


@referrals.command("list")
@click.option("--status", type=click.Choice(cases.STATUSES), help="Only these (default: all but closed).")
def listed(status: str | None) -> None:
    """List cases, urgent and oldest first, and alerts about the system; shows nothing of what was told.

    Example: kawan referrals list --status new
    """
    with operator_store() as (db, _keys), write(db):
        found = cases.listed(db, status)
        for alert in alerts.shown(db):
            click.echo(
                f"ALERT {alert['created_at'][:16]}  {alert['kind']} {alert['subject'] or ''}", err=True
            )
    for case in found:
        mark = "!" if case.priority == "urgent" else " "
        click.echo(
            f"{mark} {case.code}  {case.kind:15} {case.status:12} {case.regency or '–':12} {case.created_at[:16]}"
        )
    if not found:
        click.echo("No cases.")


@referrals.command("show")
@click.argument("code")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@_AS
def show(code: str, as_json: bool, login: str) -> None:
    """Show a case, decrypted; your reading is recorded.

    Example: kawan referrals show KR-7F3K-9QXM --as maria
    """
    with _as_staff(login, code) as (db, keys):
        case = cases.opened(db, keys, code, login)
        files = evidence.listed(db, case.summary.code)
        written = messages.thread(db, keys, code)
        messages.seen_by_staff(db, case.summary.code)
    if as_json:
        whole = {
            **asdict(case), "files": [asdict(f) for f in files], "messages": [asdict(m) for m in written],
        }  # fmt: skip
        click.echo(json.dumps(whole, ensure_ascii=False))
        return
    for name, value in asdict(case.summary).items():
        click.echo(f"{name:14} {value if value is not None else '–'}")
    may = "yes, through the bot" if case.reply_to else "only when the person writes"
    if case.reply_to and case.body.get("reply_hours"):
        may += ", but only at the hours named in reply_hours"
    click.echo(f"{'may reply':14} {may}")
    click.echo("")
    for name, value in case.body.items():
        click.echo(f"{name:14} {value}")
    for item in files:
        click.echo(f"{'file':14} {item.id} {item.kind} {item.mime} {item.size} bytes, {item.status}")
    for note in case.notes:
        click.echo(f"\n[{note.created_at[:16]} {note.staff}] {note.text}")
    for message in written:
        who = message.author or "the person"
        how = f", {message.delivery}" if message.delivery else ""
        click.echo(f"\n[{message.created_at[:16]} {who}{how}] {message.text}")


@referrals.command("note")
@click.argument("code")
@click.argument("text")
@_AS
def note(code: str, text: str, login: str) -> None:
    """Add a private note to a case.

    Example: kawan referrals note KR-7F3K-9QXM "called LBH" --as maria
    """
    if not text.strip():
        raise UserError("The note is empty.")
    with _as_staff(login, code) as (db, keys):
        cases.add_note(db, keys, code, login, text)
    click.echo("Noted.")


@referrals.command("take")
@click.argument("code")
@_AS
def take(code: str, login: str) -> None:
    """Take a case nobody has; the person is told, and sees "sedang ditangani" at /status.

    Example: kawan referrals take KR-7F3K-9QXM --as maria
    """
    with _as_staff(login, code) as (db, keys):
        member = accounts.find(db, login)
        assert member is not None
        try:
            assignment.take(db, keys, code, member)
        except assignment.AlreadyTaken as error:
            raise UserError(f"{error.login} has taken this case already.") from None
        except casework.NotAllowed:
            raise UserError(f"A {member.role} does not take cases.") from None
    click.echo("Taken.")


@referrals.command("reply")
@click.argument("code")
@click.argument("text")
@click.option("--safe-now", is_flag=True, help="It is one of the hours at which this person is safe.")
@_AS
def reply(code: str, text: str, safe_now: bool, login: str) -> None:
    """Write to the person through the bot. They see a notice first; the words only when they press its button.

    Example: kawan referrals reply KR-7F3K-9QXM "Kami sudah bicara dengan LBH." --as maria
    """
    if not text.strip():
        raise UserError("The reply is empty.")
    with _as_staff(login, code) as (db, keys):
        try:
            way = delivery.reply(db, keys, code, text.strip(), login, safe_hours_looked_at=safe_now)
        except delivery.TooLong:
            raise UserError(
                f"The reply is longer than {delivery.LONGEST_REPLY} characters. Send it in parts."
            ) from None
        except delivery.OnlyAtHours:
            raise UserError(
                f"This person is safe only at certain hours. See reply_hours in: kawan referrals show {code}. "
                "If it is that time, add --safe-now."
            ) from None
    click.echo(_WAYS[way])


@referrals.command("close")
@click.argument("code")
@click.option(
    "--outcome",
    required=True,
    type=click.Choice(casework.OUTCOMES),
    help="How it ended; statistics count it.",
)
@_AS
def close(code: str, outcome: str, login: str) -> None:
    """Close a case with its outcome; the person is told that something has changed, where they may be written to.

    Example: kawan referrals close KR-7F3K-9QXM --outcome resolved --as maria
    """
    with _as_staff(login, code) as (db, keys):
        member = accounts.find(db, login)
        assert member is not None
        try:
            casework.set_status(db, keys, code, member, "closed", outcome)
        except casework.NotAllowed:
            raise UserError(f"A {member.role} does not close cases.") from None
    click.echo("Closed.")


@contextmanager
def _as_staff(login: str, code: str) -> Iterator[tuple[Database, Keyring]]:
    """One transaction of an active member of staff on one case; a sentence when either does not exist, or when the case
    is not for these eyes."""
    with operator_store() as (db, keys), write(db):
        member = accounts.find(db, login)
        if member is None or not member.active:
            raise UserError(f"'{login}' is not an active staff account. See: kawan staff list")
        try:
            visibility.find(db, member, code)
            yield db, keys
        except cases.NoSuchReferral:
            raise UserError(f"There is no case {code}.") from None
