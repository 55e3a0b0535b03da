"""A copy that is whole and betrays no one, and the way back, which repeats nothing and brings no one's case back."""

from __future__ import annotations

import stat
import threading
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from store import audit, backup, inbox, outbox, referrals, restore, trackers, web_sessions
from store.database import FILE_NAME, open_database, write
from store.errors import KeyUnusable, StoreUnusable
from store.keys import Keyring, temporary_keyring
from store.referrals import NewReferral
from store.soundness import check_key, damage, looked_into
from store.trackers import Tracker

WORDS = "kamar saya dikunci dari luar"


@pytest.fixture
def code(db: Database, keys: Keyring) -> str:
    chat = keys.name_of(7)
    with write(db):
        outbox.queue(db, keys, chat, "sendMessage", {"chat_id": 7, "text": WORDS}, 1)
        inbox.keep(db, keys, {"update_id": 1, "message": {"text": WORDS}}, 7)
        trackers.save(db, keys, chat, Tracker("id"))
        web_sessions.begin(db, keys, "maria", {})
        return referrals.add(
            db, keys, NewReferral("help", "normal", {"happened": WORDS}, chat, 7, "Badung", "1")
        )


@pytest.fixture
def made(db: Database, code: str, tmp_path: Path) -> Path:
    file = tmp_path / "copy.sqlite3"
    backup.back_up(db, file)
    return file


def test_the_copy_is_one_sound_file_for_its_owner_alone(made: Path) -> None:
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    with looked_into(made) as copy:
        assert damage(copy) == []
        assert audit.first_broken(copy) is None
    assert sorted(file.name for file in made.parent.iterdir()) == ["copy.sqlite3", "data"]


def test_it_is_made_while_someone_writes(db: Database, made: Path, tmp_path: Path) -> None:
    stop = threading.Event()

    def write_on() -> None:
        with closing(open_database(tmp_path / "data")) as other:
            while not stop.wait(0.01):
                with write(other):
                    audit.record(other, "maria", "read", "KR-1")
                    audit.record(other, "maria", "noted", "KR-1")  # always two at once

    writer = threading.Thread(target=write_on)
    writer.start()
    try:
        for number in range(5):
            backup.back_up(db, tmp_path / f"copy {number}")
            with looked_into(tmp_path / f"copy {number}") as copy:
                assert audit.first_broken(copy) is None
                assert copy.table("audit").count_where("code = 'KR-1'") % 2 == 0
    finally:
        stop.set()
        writer.join()


def test_the_copy_alone_betrays_no_one(made: Path) -> None:
    assert WORDS.encode() not in made.read_bytes()


def test_the_database_knows_when_it_was_copied(db: Database, made: Path) -> None:
    assert [row["who"] for row in db.query("select who from audit where what = ?", [backup.MADE])] == [
        "operator"
    ]


def test_it_writes_over_nothing(db: Database, made: Path) -> None:
    before = made.read_bytes()
    with pytest.raises(StoreUnusable, match="already"):
        backup.back_up(db, made)
    assert made.read_bytes() == before


def test_a_copy_that_fails_leaves_no_file(
    db: Database, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup, "damage", lambda copy: ["page 7 is broken"])
    with pytest.raises(StoreUnusable, match="page 7"):
        backup.back_up(db, tmp_path / "copy")
    assert [file.name for file in tmp_path.iterdir()] == ["data"]
    assert not db.table("audit").count_where("what = ?", [backup.MADE])


def test_a_folder_that_is_not_there_is_a_sentence(db: Database, tmp_path: Path) -> None:
    with pytest.raises(StoreUnusable, match="no folder"):
        backup.back_up(db, tmp_path / "none" / "copy")


def test_it_brings_a_lost_database_back(made: Path, tmp_path: Path, keys: Keyring, code: str) -> None:
    fresh = tmp_path / "fresh"
    fresh.mkdir()
    assert restore.restore(fresh, made, keys) == (None, 0)
    db = open_database(fresh)
    assert referrals.opened(db, keys, code, "maria").body == {"happened": WORDS}
    assert stat.S_IMODE((fresh / FILE_NAME).stat().st_mode) == 0o600
    assert [file.name for file in fresh.iterdir() if file.name == "restoring"] == []
    db.close()


def test_nothing_is_said_or_answered_twice_and_everybody_signs_in_again(
    db: Database, made: Path, data_dir: Path, keys: Keyring
) -> None:
    db.close()
    restore.restore(data_dir, made, keys)
    back = open_database(data_dir)
    assert [(r["status"], r["payload"]) for r in back.query("select * from outbox")] == [("unknown", None)]
    assert [(r["status"], r["payload"]) for r in back.query("select * from inbox")] == [("done", None)]
    assert back.table("trackers").count == back.table("web_sessions").count == 0
    assert audit.first_broken(back) is None
    back.close()


def test_the_old_database_is_kept_aside(db: Database, made: Path, data_dir: Path, keys: Keyring) -> None:
    with write(db):
        audit.record(db, "maria", "read", "after the backup")
    db.close()
    aside, _again = restore.restore(data_dir, made, keys)
    assert aside is not None
    assert restore.put_aside(data_dir) == [aside]
    with looked_into(aside) as old:
        assert old.table("audit").count_where("code = 'after the backup'") == 1


def test_what_was_erased_since_is_erased_again(
    db: Database, made: Path, data_dir: Path, keys: Keyring, code: str
) -> None:
    with write(db):
        referrals.erase_of_chat(db, keys.name_of(7))
    db.close()
    assert restore.restore(data_dir, made, keys)[1] == 1
    back = open_database(data_dir)
    assert back.table("referrals").count == 0
    back.close()


def test_a_damaged_database_is_no_hindrance(
    db: Database, made: Path, data_dir: Path, keys: Keyring, code: str
) -> None:
    db.close()
    (data_dir / FILE_NAME).write_bytes(b"no database at all" * 1000)
    restore.restore(data_dir, made, keys)
    back = open_database(data_dir)
    assert referrals.opened(back, keys, code, "maria").body == {"happened": WORDS}
    back.close()


def test_another_key_is_refused_and_nothing_is_touched(
    db: Database, made: Path, data_dir: Path, keys: Keyring
) -> None:
    before = (data_dir / FILE_NAME).read_bytes()
    with pytest.raises(KeyUnusable):
        restore.restore(data_dir, made, temporary_keyring())
    assert (data_dir / FILE_NAME).read_bytes() == before
    assert restore.put_aside(data_dir) == []


def test_half_a_key_is_refused_too(db: Database, code: str, keys: Keyring) -> None:
    other_lookup = Keyring(b"x" * 32, [b"0" * 43 + b"="])
    other_lookup._fernet, other_lookup._newest = keys._fernet, keys._newest
    with pytest.raises(KeyUnusable, match="lookup"):
        check_key(db, other_lookup)


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "no backup"), (b"hello" * 500, "not a usable database"), (None, "no file")],
)
def test_anything_else_than_a_backup_is_a_sentence(
    tmp_path: Path, data_dir: Path, keys: Keyring, content: bytes | None, said: str
) -> None:
    file = tmp_path / "else"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(StoreUnusable, match=said):
        restore.restore(data_dir, file, keys)
    assert not (data_dir / FILE_NAME).exists()


def test_a_backup_whose_audit_was_changed_is_refused(made: Path, data_dir: Path, keys: Keyring) -> None:
    changed = Database(made)
    changed.execute("update audit set who = 'nobody' where id = 1")
    changed.close()
    with pytest.raises(StoreUnusable, match="audit"):
        restore.restore(data_dir, made, keys)


def test_a_backup_of_a_newer_version_is_refused(made: Path, data_dir: Path, keys: Keyring) -> None:
    newer = Database(made)
    newer.execute("update _sqlite_migrations set name = 'm999_future' where id = 1")
    newer.close()
    with pytest.raises(StoreUnusable, match="newer"):
        restore.restore(data_dir, made, keys)
