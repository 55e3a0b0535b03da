"""`kawan backup` and `kawan restore`: a copy of the database, and the way back."""

from __future__ import annotations

from pathlib import Path

import click

from kawan.errors import UserError
from kawan.operator import operator_store
from kawan.settings import load_settings
from store import backup as copies
from store.database import FILE_NAME, take_lock
from store.keys import load_keyring
from store.restore import restore as put_back


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
def backup(file: Path) -> None:
    """Copy the database to a new file and check the copy; the bot may go on running. The key is not in it.

    Example: kawan backup /srv/backup/kawan-2026-11-22.sqlite3
    """
    settings = load_settings()
    if not (settings.data_dir / FILE_NAME).exists():
        raise UserError(f"There is no database in {settings.data_dir} to copy.")
    with operator_store() as (db, _keys):
        size = copies.back_up(db, file)
    click.echo(f"Copied and checked: {file}, {size / 1e6:.1f} MB.")
    click.echo(
        f"The key is not in it: without {settings.key_file} nobody can read it, you neither. Keep a copy apart."
    )


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
def restore(file: Path) -> None:
    """Put a backup in the place of the database, which is kept aside; the bot must be stopped.

    Example: kawan restore /srv/backup/kawan-2026-11-22.sqlite3
    """
    settings = load_settings()
    lock = take_lock(settings.data_dir)
    try:
        aside, again = put_back(settings.data_dir, file, load_keyring(settings.key_file, create=False))
    finally:
        lock.close()
    click.echo(
        f"Restored from {file}. Everybody has to sign in again; messages that waited then are not sent."
    )
    if again:
        click.echo(f"{again} cases that were erased since the backup are erased again.")
    if aside:
        click.echo(f"The database that was here is kept as {aside}. Delete it when you are sure.")
