"""A new key: everything opens with it alone, at whatever point the work was stopped, and nothing can be forgotten."""

from __future__ import annotations

import stat
from datetime import date
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from sqlite_utils import Database

from store import (
    evidence,
    half_entries,
    inbox,
    nlu_inbox,
    outbox,
    referrals,
    rotation,
    trackers,
    web_sessions,
)
from store.database import write
from store.errors import KeyUnusable
from store.keys import Keyring, load_keyring
from store.referrals import NewReferral
from store.soundness import CASE_SEALED, MASTER_SEALED, check_key
from store.trackers import Tracker

WORDS = "beta pung cerita"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "secrets" / "key"


@pytest.fixture
def old(db: Database, path: Path) -> Keyring:
    """A database in which every master-sealed column holds something."""
    keys = load_keyring(path, create=True)
    with write(db):
        inbox.keep(db, keys, {"update_id": 1}, 7)
        outbox.queue(db, keys, "c", "sendMessage", {"text": WORDS}, 1)
        trackers.save(db, keys, "c", Tracker("id"))
        for _ in range(3):
            code = referrals.add(
                db, keys, NewReferral("help", "normal", {"a": WORDS}, keys.name_of(7), 7, None, "1")
            )
        evidence.add(db, keys, code, {"kind": "photo", "mime": "image/jpeg", "size": 3, "file_id": "f"})
        nlu_inbox.keep(db, keys, "fell_back", WORDS, 1, [], date(2026, 11, 22))
        db.table("staff").insert(
            {"login": "maria", "role": "lead", "active": 1, "created_at": "", "totp": keys.seal("S")}
        )
        web_sessions.begin(db, keys, "maria", {})
        half_entries.keep(db, keys, "maria", "token-of-a-page", "help_request", {"a": [WORDS]})
    return keys


def test_every_sealed_column_is_known(db: Database) -> None:
    """Whoever adds one has to say here who sealed it, or rotation would pass it by."""
    known = {(table, column) for table, _key, column in MASTER_SEALED} | set(CASE_SEALED)
    there = {
        (table, name)
        for table in db.table_names()
        for name, kind in db.table(table).columns_dict.items()
        if kind is bytes
    }
    assert there == known


def test_every_master_sealed_column_is_filled_by_these_tests(db: Database, old: Keyring) -> None:
    for table, _key, column in MASTER_SEALED:
        assert db.table(table).count_where(f"{column} is not null"), table


def test_after_it_the_newest_key_alone_opens_everything(db: Database, old: Keyring, path: Path) -> None:
    rotation.add_line(path)
    keys = load_keyring(path, create=False)
    assert rotation.unfinished(db, keys)
    assert rotation.reseal(db, keys) == 11
    assert not rotation.unfinished(db, keys)
    rotation.keep_newest_line(path)
    assert path.read_text().count("fernet:") == 1
    alone = load_keyring(path, create=False)
    check_key(db, alone)
    code = next(db.query("select code from referrals"))["code"]
    assert referrals.opened(db, alone, code, "maria").body == {"a": WORDS}
    assert inbox.next_updates(db, alone, alone.name_of(7))[0].payload == {"update_id": 1}
    assert trackers.load(db, alone, "c").lang == "id"
    with pytest.raises(KeyUnusable):
        check_key(db, old)


def test_chats_still_find_their_cases(db: Database, old: Keyring, path: Path) -> None:
    rotation.add_line(path)
    assert load_keyring(path, create=False).name_of(7) == old.name_of(7)


def test_stopped_in_the_middle_it_goes_on(
    db: Database, old: Keyring, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rotation.add_line(path)
    keys = load_keyring(path, create=False)
    monkeypatch.setattr(rotation, "BATCH", 1)
    asked = 0
    renew = Keyring.newest_first

    def dies(self: Keyring, sealed: bytes) -> bytes | None:
        nonlocal asked
        asked += 1
        if asked > 9:
            raise KeyboardInterrupt
        return renew(self, sealed)

    with monkeypatch.context() as patch:
        patch.setattr(Keyring, "newest_first", dies)
        with pytest.raises(KeyboardInterrupt):
            rotation.reseal(db, keys)
    check_key(db, keys)
    assert rotation.unfinished(db, keys)
    assert 0 < rotation.reseal(db, keys) < 10
    assert not rotation.unfinished(db, keys)


def test_the_key_file_stays_for_its_owner_alone_and_a_link_stays_a_link(old: Keyring, path: Path) -> None:
    link = path.with_name("link")
    link.symlink_to(path)
    rotation.add_line(link)
    assert link.is_symlink()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_text().count("fernet:") == 2
    assert [file.name for file in path.parent.iterdir() if file.name.startswith(".")] == []


def test_what_no_key_opens_is_said_and_not_overwritten(db: Database, old: Keyring, path: Path) -> None:
    db.execute("update trackers set state = ?", [Fernet(Fernet.generate_key()).encrypt(b"{}")])
    before = next(db.query("select state from trackers"))["state"]
    rotation.add_line(path)
    with pytest.raises(KeyUnusable):
        rotation.reseal(db, load_keyring(path, create=False))
    assert next(db.query("select state from trackers"))["state"] == before
