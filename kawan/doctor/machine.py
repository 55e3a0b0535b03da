"""The machine and the files on it: who may read them, how much room is left, the model."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from kawan import PROJECT
from kawan.doctor.finding import Finding, look, mend, ok
from kawan.model import is_current
from kawan.settings import Settings
from store.database import FILE_NAME
from store.restore import put_aside

LEAST_FREE = 500_000_000  # bytes; evidence of a busy week, and room for the database to be copied
OLD_ASIDE = timedelta(days=30)


def files(settings: Settings) -> Iterator[Finding]:
    """Nobody but the account the bot runs under may read database, key and settings."""
    wrong = [
        (path, wanted)
        for path, wanted in (
            (settings.data_dir, 0o700),
            *((path, 0o600) for path in sorted(settings.data_dir.glob("*.sqlite3*"))),
            (settings.key_file, 0o600),
            (PROJECT / ".env", 0o600),
        )
        if path.exists() and path.stat().st_mode & 0o077
    ]
    for path, wanted in wrong:
        yield mend("files", f"Others on this machine may read {path}. Run: chmod {wanted:o} {path}")
    if not wrong:
        yield ok("files", "only their owner may read database, key and settings")
    month_ago = (datetime.now(UTC) - OLD_ASIDE).timestamp()
    for path in put_aside(settings.data_dir):
        if path.stat().st_mtime < month_ago:
            yield look(
                "files",
                f"{path} was put aside by a restore over a month ago. Delete it when it is not needed.",
            )


def disk(settings: Settings) -> Iterator[Finding]:
    """Room for the database to grow."""
    free = shutil.disk_usage(_there(settings.data_dir)).free
    size = (settings.data_dir / FILE_NAME).stat().st_size if (settings.data_dir / FILE_NAME).exists() else 0
    said = f"{free / 1e9:.1f} GB free, the database has {size / 1e6:.0f} MB"
    if free < max(LEAST_FREE, 2 * size):
        yield mend("disk", f"{said}. Make room: a full disk stops every answer.")
    else:
        yield ok("disk", said)


def model(settings: Settings) -> Iterator[Finding]:
    """A model that fits the data it should have learned from."""
    if not settings.nlu_python.exists():
        yield mend("model", "The NLU environment is missing. Run: make setup")
    elif not settings.model.exists():
        yield mend("model", f"There is no trained model at {settings.model}. Run: kawan nlu train")
    elif not is_current(settings.model):
        yield mend("model", "The model is older than what it learns from. Run: kawan nlu train")
    else:
        yield ok("model", "trained from the present data")


def _there(folder: Path) -> Path:
    """The folder, or the nearest one above it that exists."""
    return next(path for path in (folder, *folder.parents) if path.exists())
