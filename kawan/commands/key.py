"""`kawan key`: a new key for what the database holds."""

from __future__ import annotations

import click

from kawan.errors import UserError
from kawan.settings import load_settings
from store import audit, rotation
from store.database import FILE_NAME, open_database, take_lock, write
from store.keys import load_keyring


@click.group()
def key() -> None:
    """The key the database is encrypted with.

    Example: kawan key rotate
    """


@key.command("rotate")
@click.option(
    "--drop-old",
    is_flag=True,
    help="Take the old keys out of the key file; older backups cannot be read then.",
)
def rotate(drop_old: bool) -> None:
    """Make a new key and seal everything with it; the bot must be stopped. May be interrupted and run again.

    Example: kawan key rotate
    """
    settings = load_settings()
    if not (settings.data_dir / FILE_NAME).exists():
        raise UserError(f"There is no database in {settings.data_dir}.")
    lock = take_lock(settings.data_dir)
    keys = load_keyring(settings.key_file, create=False)
    db = open_database(settings.data_dir)
    try:
        resumed = rotation.unfinished(db, keys)
        if not resumed:
            rotation.add_line(settings.key_file)
            keys = load_keyring(settings.key_file, create=False)
        count = rotation.reseal(db, keys)
        with write(db):
            audit.record(db, "operator", "key rotated")
        if drop_old:
            rotation.keep_newest_line(settings.key_file)
    finally:
        db.close()
        lock.close()
    begun = "The rotation that was begun is finished" if resumed else "There is a new key"
    click.echo(
        f"{begun}: {count} values are sealed with it. Copy the key file {settings.key_file} to its safe place."
    )
    if drop_old:
        click.echo("The old keys are gone: backups made before now need a copy of the old key file.")
    else:
        click.echo(
            "The old keys stay in the file, so that older backups can be read. To take them out: --drop-old"
        )
