"""Unfinished forms of staff: hers alone, sealed, replaced and not piled up, gone after a day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from store import half_entries, queue, soundness, staff
from store.database import FILE_NAME, open_database, write
from store.errors import KeyUnusable
from store.half_entries import LONGEST, MOST_EACH
from store.keys import Keyring, temporary_keyring
from store.migrations import schema
from store.queue_index import Filters
from tests.store.people import file_case, hire
from tests.store.test_silence import bytes_of

WORDS = "Diusir dari kos di Jalan Tukad Gangga malam-malam"
FIELDS = {"jawab-happened": [WORDS], "source": ["phone"], "heard": []}


def keep(
    db: Database, keys: Keyring, login: str = "maria", entry: str = "abc-123_xyz", words: str = WORDS
) -> None:
    with write(db):
        half_entries.keep(db, keys, login, entry, "help_request", {**FIELDS, "jawab-happened": [words]})


def test_only_its_own_member_finds_it(db: Database, keys: Keyring) -> None:
    keep(db, keys)
    found = half_entries.find(db, keys, "maria", "abc-123_xyz")
    assert found is not None
    assert (found.entry, found.form, found.posted) == ("abc-123_xyz", "help_request", FIELDS)
    for login in ("bram", "mari", "", "maria:abc-123_xyz"):
        assert half_entries.of_member(db, keys, login) == []
        assert half_entries.find(db, keys, login, "abc-123_xyz") is None
    with write(db):
        half_entries.drop(db, "bram", "abc-123_xyz")
    assert half_entries.of_member(db, keys, "maria") == [found]
    with write(db):
        half_entries.drop(db, "maria", "abc-123_xyz")
    assert half_entries.of_member(db, keys, "maria") == []


def test_kept_again_it_takes_the_place_of_the_former_and_its_day_does_not_begin_anew(
    db: Database, keys: Keyring
) -> None:
    keep(db, keys)
    [before] = half_entries.of_member(db, keys, "maria")
    keep(db, keys, words="lain")
    [after] = half_entries.of_member(db, keys, "maria")
    assert after.posted["jawab-happened"] == ["lain"]
    assert after.begun_at == before.begun_at


def test_the_oldest_of_too_many_makes_room_and_colleagues_keep_theirs(db: Database, keys: Keyring) -> None:
    keep(db, keys, "bram", "of-bram-0001")
    for number in range(MOST_EACH + 2):
        keep(db, keys, entry=f"entry-number-{number}")
    kept = [one.entry for one in half_entries.of_member(db, keys, "maria")]
    assert kept == [f"entry-number-{number}" for number in range(MOST_EACH + 1, 1, -1)]
    assert len(half_entries.of_member(db, keys, "bram")) == 1


@pytest.mark.parametrize(("age", "there"), [(LONGEST - timedelta(minutes=1), True), (LONGEST, False)])
def test_after_a_day_it_is_not_found_and_erased(
    db: Database, keys: Keyring, age: timedelta, there: bool
) -> None:
    keep(db, keys)
    begun = (datetime.now(UTC) - age).isoformat(timespec="microseconds")
    with write(db):
        db.execute("update half_entries set begun_at = ?", [begun])
    assert bool(half_entries.of_member(db, keys, "maria")) == there
    with write(db):
        half_entries.forget_old(db)
    assert db.table("half_entries").count == int(there)


def test_the_files_hold_nothing_of_it(db: Database, keys: Keyring, data_dir: Path) -> None:
    keep(db, keys)
    stored = bytes_of(data_dir)
    assert b"abc-123_xyz" in stored  # this search does see what lies there in clear
    assert [words for words in ("Tukad Gangga", "Diusir", "help_request") if words.encode() in stored] == []


def test_a_wrong_key_is_noticed(db: Database, keys: Keyring) -> None:
    keep(db, keys)
    with pytest.raises(KeyUnusable):
        soundness.check_key(db, temporary_keyring())


def test_a_database_from_before_there_was_any_goes_on(tmp_path: Path, keys: Keyring) -> None:
    old = Database(tmp_path / FILE_NAME, strict=True)
    schema.apply(old, stop_before="m006_half_entries")
    hire(old, "maria")
    code = file_case(old, keys)
    old.execute("update referrals set assigned_to = 'maria' where code = ?", [code])
    old.execute("insert into case_tags (code, tag) values (?, 'wages')", [code])
    old.conn.commit()
    old.close()
    db = open_database(tmp_path)
    keep(db, keys)
    assert len(half_entries.of_member(db, keys, "maria")) == 1
    viewer = staff.find(db, "maria")
    assert viewer is not None
    for filters in (Filters(assigned="maria"), Filters(tag="wages")):
        assert [case.code for case in queue.page(db, viewer, "new", filters).cases] == [code]
    db.close()
