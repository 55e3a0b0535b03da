"""One connection, one thread, one transaction after another."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

import pytest
from sqlite_utils import Database

from store import alerts
from store.database import open_database
from store.writer import Writer


def test_it_runs_each_function_in_a_transaction_of_its_own(data_dir: Path) -> None:
    def fails(db: Database, kind: str) -> None:
        alerts.raise_alert(db, kind)
        raise ValueError("no")

    async def use(writer: Writer) -> list[dict[str, str]]:
        await writer.run(alerts.raise_alert, "one")
        with pytest.raises(ValueError, match="no"):
            await writer.run(fails, "two")
        await writer.run(alerts.raise_alert, "three", subject="x")
        return await writer.run(alerts.unseen)

    writer = Writer(open_database(data_dir))
    try:
        assert [a["kind"] for a in asyncio.run(use(writer))] == ["one", "three"]
    finally:
        writer.close()


def test_it_runs_them_one_after_another_in_one_thread(data_dir: Path) -> None:
    seen: list[tuple[str, int]] = []

    def note(db: Database, number: int) -> None:
        assert db.conn.in_transaction
        seen.append((threading.current_thread().name, number))

    async def use(writer: Writer) -> None:
        await asyncio.gather(*(writer.run(note, n) for n in range(20)))

    writer = Writer(open_database(data_dir))
    try:
        asyncio.run(use(writer))
    finally:
        writer.close()
    assert [number for _, number in seen] == list(range(20))
    assert len({thread for thread, _ in seen}) == 1
    assert seen[0][0].startswith("store")
