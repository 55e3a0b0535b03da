"""One file, opened and written safely."""

from __future__ import annotations

import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from store import alerts
from store.database import FILE_NAME, explain, open_database, take_lock, write
from store.errors import StoreLocked, StoreUnusable
from tests.store.crew import ROWS, crew


def pragma(db: Database, name: str) -> object:
    return db.execute(f"PRAGMA {name}").fetchone()[0]


def test_it_makes_only_strict_tables(db: Database) -> None:
    ours = [r for r in db.query("PRAGMA table_list") if r["schema"] == "main" and r["name"][0] not in "_s"]
    loose = [r["name"] for r in db.query("PRAGMA table_list") if r["type"] == "table" and not r["strict"]]
    assert len(ours) >= 7
    assert [name for name in loose if not name.startswith(("sqlite_", "_sqlite_"))] == []


def test_it_refuses_a_value_of_the_wrong_type(db: Database) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="cannot store TEXT value in INTEGER column"):
        db.table("staff").insert({"login": "maria", "role": "lead", "active": "ya", "created_at": "now"})


def test_it_refuses_a_note_to_no_case(db: Database) -> None:
    assert pragma(db, "foreign_keys") == 1
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        db.table("case_notes").insert({"code": "KR-0", "staff": "m", "body": b"", "created_at": "now"})


def test_it_keeps_what_was_said_through_a_power_cut_and_leaves_no_trace_of_what_was_erased(
    db: Database,
) -> None:
    assert pragma(db, "journal_mode") == "wal"
    assert pragma(db, "synchronous") == 2  # FULL
    assert pragma(db, "secure_delete") == 1


def test_it_lets_only_the_owner_read_its_files(db: Database, data_dir: Path) -> None:
    assert stat.S_IMODE(data_dir.stat().st_mode) == 0o700
    assert {f.suffix for f in data_dir.iterdir()} == {".sqlite3", ".sqlite3-wal", ".sqlite3-shm"}
    assert {stat.S_IMODE(f.stat().st_mode) for f in data_dir.iterdir()} == {0o600}


def test_it_opens_a_database_in_memory_without_a_folder() -> None:
    with closing(open_database(None)) as db:
        assert "trackers" in db.table_names()


def test_it_finds_what_it_wrote_before(data_dir: Path) -> None:
    for _ in range(2):
        with closing(open_database(data_dir)) as db, write(db):
            alerts.raise_alert(db, "nlu_down")
    with closing(open_database(data_dir)) as db:
        assert len(alerts.unseen(db)) == 1


def test_it_keeps_a_transaction_that_succeeds(db: Database, data_dir: Path) -> None:
    with write(db):
        alerts.raise_alert(db, "one")
        alerts.raise_alert(db, "two")
    with closing(open_database(data_dir)) as other:
        assert [a["kind"] for a in alerts.unseen(other)] == ["one", "two"]


def test_it_rolls_back_a_transaction_that_fails(db: Database) -> None:
    def fail() -> None:
        with write(db):
            alerts.raise_alert(db, "one")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert alerts.unseen(db) == []
    with write(db):
        alerts.raise_alert(db, "two")
    assert len(alerts.unseen(db)) == 1


def test_it_migrates_once_when_many_processes_start_together(tmp_path: Path) -> None:
    with crew("migrate", 4) as all_at_once:
        for round in range(8):
            answers = all_at_once(tmp_path / f"{round}")
            assert len(set(answers)) == 1
            assert answers[0].endswith(" steps")


def test_it_lets_several_processes_write_beside_each_other(data_dir: Path) -> None:
    with crew("write", 3) as all_at_once:
        assert all_at_once(data_dir) == ["True"] * 3
    with closing(open_database(data_dir)) as db:
        assert len(alerts.unseen(db)) == 3 * ROWS


def test_it_runs_only_once_on_a_data_folder(data_dir: Path) -> None:
    with crew("lock", 1) as other:
        assert other(data_dir) == ["locked"]
        with pytest.raises(StoreLocked, match=r"already runs on the data folder .* KAWAN_DATA_DIR"):
            take_lock(data_dir)
    take_lock(data_dir).close()  # the other process is gone, and its lock with it


def test_a_second_process_is_told_that_the_folder_is_taken(data_dir: Path) -> None:
    with take_lock(data_dir), crew("lock", 2) as others:
        for answer in others(data_dir):
            assert answer.startswith("StoreLocked: Kawan Rantau already runs on")


def test_it_says_that_the_folder_is_a_file(tmp_path: Path) -> None:
    place = tmp_path / "data"
    place.touch()
    for open_it in (open_database, take_lock):
        with pytest.raises(StoreUnusable, match=r"cannot be opened .* Set KAWAN_DATA_DIR to a usable folder"):
            open_it(place)


def test_it_says_that_the_file_is_a_folder(data_dir: Path) -> None:
    (data_dir / FILE_NAME).mkdir(parents=True)
    with pytest.raises(StoreUnusable, match="Set KAWAN_DATA_DIR to a usable folder"):
        open_database(data_dir)


@pytest.mark.parametrize("content", [b"not a database, " * 100, b"\x00" * 5000 + b"x"])
def test_it_says_that_the_file_is_no_database(data_dir: Path, content: bytes) -> None:
    data_dir.mkdir()
    (data_dir / FILE_NAME).write_bytes(content)
    with pytest.raises(StoreUnusable, match=r"is not a usable database. Restore it from a backup"):
        open_database(data_dir)
    assert (data_dir / FILE_NAME).read_bytes() == content


def test_it_says_that_the_disk_is_full(db: Database, data_dir: Path) -> None:
    db.execute(f"PRAGMA max_page_count={pragma(db, 'page_count')}")
    rows = ({"kind": str(n), "created_at": "now"} for n in range(10_000))
    with pytest.raises(sqlite3.Error) as caught, write(db):
        db.table("alerts").insert_all(rows)
    assert "is full. Free some space and start again; nothing was lost" in explain(caught.value, data_dir)
    assert alerts.unseen(db) == []


def test_it_says_that_it_may_not_write(db: Database, data_dir: Path) -> None:
    db.execute("PRAGMA query_only=ON")  # what SQLite says is what it says of a file without rights
    with pytest.raises(sqlite3.Error) as caught:
        alerts.raise_alert(db, "one")
    assert "may not write to the data folder" in explain(caught.value, data_dir)
    assert "may not write to" in explain(PermissionError(13, "Permission denied"), data_dir)


def test_it_says_that_another_program_keeps_the_database_busy(db: Database, data_dir: Path) -> None:
    with (
        closing(sqlite3.connect(data_dir / FILE_NAME, timeout=0.05, isolation_level=None)) as other,
        write(db),
        pytest.raises(sqlite3.Error) as caught,
    ):
        other.execute("BEGIN IMMEDIATE")
    assert "is busy with another program. Try again" in explain(caught.value, data_dir)
