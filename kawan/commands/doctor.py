"""`kawan doctor`: is everything as it should be, and what to do where it is not."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import click

from kawan.doctor import anchor, database, launch, machine, work
from kawan.doctor.finding import Finding, look, mend
from kawan.settings import Settings, load_settings
from knowledge.library import Library, load_library
from store.clock import today_in_bali
from store.database import FILE_NAME
from store.errors import KeyUnusable
from store.keys import load_keyring
from store.soundness import is_ours, looked_into, missing_steps

_MARKS = {"ok": "  ok", "look": "LOOK", "mend": "MEND"}


@click.command()
@click.option(
    "--launch", "for_launch", is_flag=True, help="Also what must stand before people are told of it."
)
@click.option(
    "--anchor", "note", type=click.Path(dir_okay=False, path_type=Path),
    help="Compare the end of the audit with this file, kept elsewhere, and renew it.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="One list of JSON objects: about, state, says.")
def doctor(for_launch: bool, note: Path | None, as_json: bool) -> None:
    """Look at database, key, files, model and what waits; exit 1 when something must be mended.

    Example: kawan doctor --launch
    """
    settings = load_settings()
    found = list(_examined(settings, load_library(), for_launch, note))
    if as_json:
        click.echo(json.dumps([asdict(one) for one in found], ensure_ascii=False))
    else:
        for one in found:
            click.echo(f"{_MARKS[one.state]}  {one.about}: {one.says}")
    sys.exit(1 if any(one.state == "mend" for one in found) else 0)


def _examined(settings: Settings, library: Library, for_launch: bool, note: Path | None) -> Iterator[Finding]:
    yield from machine.files(settings)
    yield from machine.disk(settings)
    yield from machine.model(settings)
    path = settings.data_dir / FILE_NAME
    if not path.exists():
        yield look(
            "database", f"There is none yet in {settings.data_dir}. It is made at the first start: kawan run"
        )
        yield from work.knowledge(library, today_in_bali())
        if for_launch:
            yield from launch.operator(settings)
            yield from launch.people(None)
            yield from launch.crisis_numbers(library, None)
        return
    with looked_into(path) as db:
        if not is_ours(db):
            yield mend("database", f"{path} is not a database of Kawan Rantau. Check KAWAN_DATA_DIR.")
            return
        yield from database.file(db)
        try:
            keys = load_keyring(settings.key_file, create=False)
        except KeyUnusable as error:
            yield mend("key", str(error))
        else:
            yield from database.key(db, keys)
        yield from database.chain(db)
        if note is not None:
            yield from anchor.anchored(db, note, settings)
        yield from database.copies(db)
        current = not missing_steps(db)
        if current:
            yield from work.flow(db)
            yield from work.hotline(db)
        yield from work.knowledge(library, today_in_bali())
        if for_launch:
            yield from launch.operator(settings)
            yield from launch.people(db if current else None)
            yield from launch.crisis_numbers(library, db if current else None)
