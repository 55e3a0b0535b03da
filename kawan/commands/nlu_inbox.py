"""`kawan nlu inbox`: learn from messages the model did not understand, without keeping what people wrote."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click
from sqlite_utils import Database

from actions.turn import INTENTS, TOPICS
from kawan.errors import UserError
from kawan.operator import operator_store
from knowledge import teaching
from knowledge.examples import LEARNED, add_learned
from knowledge.library import load_library
from store import nlu_inbox
from store import staff as accounts
from store.database import write
from store.keys import Keyring
from store.nlu_inbox import Entry, NoSuchEntry, Paraphrase

_UNFIT = {
    "label": "'{label}' is neither an intent nor a published article. See: kawan knowledge list",
    "length": "Write a sentence of 2 words to 400 characters.",
    "personal": "The sentence holds a name, a number or a place. Leave them out, or invent others in words.",
    "too_near": "That is nearly the person's own sentence. Invent another one with the same meaning.",
    "held_out": "That sentence is used to measure the model, so it cannot be trained on.",
}
_AS = click.option(
    "--as", "login", required=True, envvar="KAWAN_STAFF", help="Your staff login (or KAWAN_STAFF)."
)


@click.group()
def inbox() -> None:
    """Messages that were not understood: read, paraphrase, export.

    Example: kawan nlu inbox list
    """


@inbox.command("list")
def listed() -> None:
    """List what waits. Texts in which nothing personal was found stay folded; open them with show.

    Example: kawan nlu inbox list
    """
    with operator_store() as (db, keys):
        entries = nlu_inbox.listed(db, keys)
        ready = len(nlu_inbox.waiting_paraphrases(db))
    for entry in entries:
        click.echo(_line(entry))
    click.echo(f"{len(entries)} messages, {ready} sentences ready to export.")


@inbox.command("show")
@click.argument("id")
@_AS
def show(id: str, login: str) -> None:
    """Show one message, folded or not; the opening is recorded.

    Example: kawan nlu inbox show 3fa81c02 --as maria
    """
    with _as_staff(login, id) as (db, keys):
        click.echo(_line(nlu_inbox.opened(db, keys, id, login)))


@inbox.command("paraphrase")
@click.argument("id")
@click.argument("text")
@click.option("--label", required=True, help="Intent or article the sentence belongs to.")
@_AS
def paraphrase(id: str, text: str, label: str, login: str) -> None:
    """Write an invented sentence that means the same; the message itself is deleted at once.

    Example: kawan nlu inbox paraphrase 3fa81c02 "sewa naik tiba-tiba" --label housing/contract-and-rent-rise --as maria
    """
    known = teaching.labels(load_library(), INTENTS, TOPICS)
    with _as_staff(login, id) as (db, keys):
        told = nlu_inbox.opened(db, keys, id, login).text or ""
        try:
            text = teaching.check(text, label, told, known)
        except teaching.Unfit as error:
            raise UserError(_UNFIT[error.why].format(label=label)) from None
        nlu_inbox.paraphrase(db, keys, id, Paraphrase(label, text), login)
    click.echo("Kept. The message is deleted.")


@inbox.command("drop")
@click.argument("id")
@_AS
def drop(id: str, login: str) -> None:
    """Delete a message nothing can be learned from.

    Example: kawan nlu inbox drop 3fa81c02 --as maria
    """
    with _as_staff(login, id) as (db, _keys):
        nlu_inbox.drop(db, id, login)
    click.echo("Deleted.")


@inbox.command("export")
def export() -> None:
    """Move the invented sentences into nlu_data/learned.yml, for a review and the next training.

    Example: kawan nlu inbox export
    """
    with operator_store() as (db, _keys), write(db):
        ready = nlu_inbox.waiting_paraphrases(db)
        if ready:
            add_learned([(one.label, one.text) for one in ready])
            nlu_inbox.forget_exported(db, ready)
    click.echo(f"{len(ready)} sentences added to {LEARNED.name}. Review them (git diff), then: make model")


def _line(entry: Entry) -> str:
    guesses = ", ".join(f"{name} {confidence:.2f}" for name, confidence in entry.ranking)
    about = f" [{entry.article}]" if entry.article else ""
    text = "(folded: read it with show)" if entry.text is None else entry.text
    return f"{entry.id}  {entry.day}  {entry.reason}{about}  ({guesses})\n    {text}"


@contextmanager
def _as_staff(login: str, id: str) -> Iterator[tuple[Database, Keyring]]:
    """One transaction of an active member of staff on one message; a sentence when either does not exist."""
    with operator_store() as (db, keys), write(db):
        if not any(m.login == login and m.active for m in accounts.listed(db)):
            raise UserError(f"'{login}' is not an active staff account. See: kawan staff list")
        try:
            yield db, keys
        except NoSuchEntry:
            raise UserError(f"There is no message {id} in the NLU inbox.") from None
