"""Other processes that do the same thing at the same moment: `with crew("migrate", 4) as all_at_once`."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import IO

from kawan import PROJECT
from store import alerts
from store.database import open_database, take_lock, write
from store.errors import StoreError
from store.keys import load_keyring
from store.migrations import schema

ROWS = 20
_held: list[IO[str]] = []


def _migrate(folder: Path) -> str:
    with closing(open_database(folder)) as db:
        return f"{len(schema.applied(db))} steps"


def _make_key(file: Path) -> str:
    return load_keyring(file, create=True).name_of(1)


def _lock(folder: Path) -> str:
    _held.append(take_lock(folder))
    return "locked"


def _write_rows(folder: Path) -> str:
    with closing(open_database(folder)) as db:
        for _ in range(ROWS):
            with write(db):
                assert not list(db.query("select * from staff"))  # read, then write: the busy-snapshot trap
                db.table("alerts").insert({"kind": "test", "subject": "", "created_at": "now"})
        return f"{len(alerts.unseen(db)) >= ROWS}"


WORKS: dict[str, Callable[[Path], str]] = {
    "migrate": _migrate, "key": _make_key, "lock": _lock, "write": _write_rows,
}  # fmt: skip


@contextmanager
def crew(work: str, size: int) -> Iterator[Callable[[Path], list[str]]]:
    """Start `size` processes; the function given sends them a path at once and returns their answers."""
    with ExitStack() as stack:
        members = [
            stack.enter_context(
                subprocess.Popen(
                    [sys.executable, "-m", "tests.store.crew", work],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    text=True,
                    cwd=PROJECT,
                )
            )
            for _ in range(size)
        ]
        for member in members:
            assert _answer(member) == "ready"

        def all_at_once(path: Path) -> list[str]:
            for member in members:
                assert member.stdin is not None
                member.stdin.write(f"{path}\n")
                member.stdin.flush()
            return [_answer(member) for member in members]

        yield all_at_once


def _answer(member: "subprocess.Popen[str]") -> str:
    assert member.stdout is not None
    return member.stdout.readline().rstrip("\n")


if __name__ == "__main__":
    print("ready", flush=True)
    for line in sys.stdin:
        try:
            answer = WORKS[sys.argv[1]](Path(line.rstrip("\n")))
        except StoreError as error:
            answer = f"{type(error).__name__}: {error}"
        print(answer, flush=True)
