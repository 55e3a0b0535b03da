"""Files of a case: at most ten, fetched with patience, sealed with the key of the case, gone with it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from store import evidence, referrals
from store.database import write
from store.errors import KeyUnusable
from store.evidence import MOST_ATTEMPTS, MOST_PER_CASE, NoSuchEvidence
from store.keys import Keyring
from store.referrals import NoSuchReferral
from tests.store.people import deeds, file_case
from tests.store.test_silence import bytes_of

FILE_ID = "AgACAgUAAxkBAAIB-rahasia-dari-Telegram"
CONTENT = b"\xff\xd8\xff" + b"isi foto yang tidak boleh terbaca di berkas" * 40


def photo(file_id: str = FILE_ID) -> dict[str, Any]:
    return {"kind": "photo", "mime": "image/jpeg", "size": 2000, "file_id": file_id}


def place(text: str = "-8.65, 115.21") -> dict[str, Any]:
    return {"kind": "location", "mime": "text/plain", "size": len(text), "text": text}


def add(db: Database, keys: Keyring, code: str, what: dict[str, Any] | None = None) -> int:
    """The id of what was added."""
    with write(db):
        assert evidence.add(db, keys, code, what or photo())
    return int(next(db.query("select max(id) id from evidence"))["id"])


def row(db: Database, id: int) -> dict[str, Any]:
    return next(db.query("select * from evidence where id = ?", [id]))


def test_a_photo_is_fetched_first_and_then_kept(db: Database, keys: Keyring) -> None:
    code = file_case(db, keys)
    id = add(db, keys, code)
    assert [item.status for item in evidence.listed(db, code)] == ["pending"]
    [pending] = evidence.due(db, keys)
    assert (pending.id, pending.code, pending.kind, pending.mime) == (id, code, "photo", "image/jpeg")
    assert (pending.file_id, pending.attempts) == (FILE_ID, 0)
    with write(db):
        evidence.keep(db, keys, id, CONTENT, "image/png")
    [item] = evidence.listed(db, code)
    assert (item.status, item.mime, item.size) == ("kept", "image/png", len(CONTENT))
    assert evidence.due(db, keys) == []
    assert row(db, id)["source"] is None  # how to fetch it is no longer needed
    with write(db):
        assert evidence.opened(db, keys, code, id, "maria") == (item, CONTENT)


@pytest.mark.parametrize("kind", ["location", "text"])
def test_words_and_places_are_kept_at_once(db: Database, keys: Keyring, kind: str) -> None:
    code = file_case(db, keys)
    text = "Pintu belakang, dekat pohon kamboja – 8°39′ LS"
    id = add(db, keys, code, {**place(text), "kind": kind})
    assert evidence.due(db, keys) == []
    with write(db):
        item, content = evidence.opened(db, keys, code, id, "maria")
    assert (item.kind, item.status, item.size) == (kind, "kept", len(text.encode()))
    assert content.decode() == text


def test_the_eleventh_file_is_not_taken(db: Database, keys: Keyring) -> None:
    code, other = file_case(db, keys), file_case(db, keys)
    for number in range(MOST_PER_CASE):
        add(db, keys, code, photo(f"id-{number}"))
    with write(db):
        assert not evidence.add(db, keys, code, photo())
        assert not evidence.add(db, keys, code, place())
        assert evidence.add(db, keys, other, photo())  # the limit is each case's own
    assert (evidence.count_of(db, code), evidence.count_of(db, other)) == (MOST_PER_CASE, 1)


def test_the_oldest_are_fetched_first_a_few_at_a_time(db: Database, keys: Keyring) -> None:
    code = file_case(db, keys)
    for number in range(6):
        add(db, keys, code, photo(f"id-{number}"))
    assert [p.file_id for p in evidence.due(db, keys)] == ["id-0", "id-1", "id-2", "id-3"]
    assert [p.file_id for p in evidence.due(db, keys, most=1)] == ["id-0"]


def test_what_cannot_be_had_now_waits_and_lets_others_pass(db: Database, keys: Keyring) -> None:
    code = file_case(db, keys)
    first, second = add(db, keys, code, photo("a")), add(db, keys, code, photo("b"))
    with write(db):
        evidence.later(db, first, 3600)
    assert [p.id for p in evidence.due(db, keys)] == [second]
    with write(db):
        evidence.later(db, first, -1)
    assert [(p.id, p.attempts) for p in evidence.due(db, keys)] == [(first, 2), (second, 0)]


def test_it_is_given_up_after_a_day_of_attempts(db: Database, keys: Keyring) -> None:
    code = file_case(db, keys)
    id = add(db, keys, code)
    with write(db):
        for _ in range(MOST_ATTEMPTS - 1):
            evidence.later(db, id, -1)
    assert [p.attempts for p in evidence.due(db, keys)] == [MOST_ATTEMPTS - 1]
    with write(db):
        evidence.later(db, id, -1)
    assert evidence.due(db, keys) == []
    assert (row(db, id)["status"], row(db, id)["source"]) == ("failed", None)


def test_what_can_never_be_had_is_said_to_have_failed(db: Database, keys: Keyring) -> None:
    code = file_case(db, keys)
    id = add(db, keys, code)
    with write(db):
        evidence.give_up(db, id)
    assert [item.status for item in evidence.listed(db, code)] == ["failed"]
    assert row(db, id)["source"] is None
    assert evidence.due(db, keys) == []
    with pytest.raises(NoSuchEvidence), write(db):
        evidence.opened(db, keys, code, id, "maria")


def test_a_file_is_opened_only_by_its_own_case_and_once_it_is_there(db: Database, keys: Keyring) -> None:
    code, other = file_case(db, keys), file_case(db, keys)
    kept, pending = add(db, keys, code), add(db, keys, code)
    with write(db):
        evidence.keep(db, keys, kept, CONTENT, "image/jpeg")
    for case, id in ((other, kept), (code, pending), (code, 999)):
        with pytest.raises(NoSuchEvidence), write(db):
            evidence.opened(db, keys, case, id, "maria")
    with pytest.raises(NoSuchReferral), write(db):
        evidence.opened(db, keys, "KR-0000-0000", kept, "maria")


def test_every_opening_is_recorded(db: Database, keys: Keyring) -> None:
    code = file_case(db, keys)
    id = add(db, keys, code, place())
    with write(db):
        evidence.opened(db, keys, code.lower().replace("-", " "), id, "maria")
    assert deeds(db, code)[-1] == ("maria", f"opened file {id}")


def test_the_files_on_disk_hold_neither_content_nor_the_way_to_it(
    db: Database, keys: Keyring, data_dir: Path
) -> None:
    code = file_case(db, keys)
    kept = add(db, keys, code)
    add(db, keys, code, photo("AgAC-yang-masih-ditunggu"))
    add(db, keys, code, place("-8.409518, 115.188919"))
    with write(db):
        evidence.keep(db, keys, kept, CONTENT, "image/jpeg")
    stored = bytes_of(data_dir)
    assert b"image/jpeg" in stored  # this search does see what lies there in clear
    for secret in (CONTENT[:40], b"tidak boleh terbaca", FILE_ID.encode(), b"AgAC-yang", b"-8.409518"):
        assert secret not in stored, secret


def test_only_the_key_of_its_own_case_opens_a_file(db: Database, keys: Keyring) -> None:
    code, other = file_case(db, keys), file_case(db, keys)
    id = add(db, keys, code)
    with write(db):
        evidence.keep(db, keys, id, CONTENT, "image/jpeg")
    sealed = row(db, id)["content"]
    assert referrals.key_of(db, keys, code).unseal_bytes(sealed) == CONTENT
    for stranger in (keys, referrals.key_of(db, keys, other)):
        with pytest.raises(KeyUnusable):
            stranger.unseal_bytes(sealed)


def test_an_erased_case_takes_its_files_along(db: Database, keys: Keyring, data_dir: Path) -> None:
    code, stays = file_case(db, keys), file_case(db, keys)
    id = add(db, keys, code)
    add(db, keys, stays)
    with write(db):
        evidence.keep(db, keys, id, CONTENT, "image/jpeg")
    sealed = row(db, id)["content"]
    assert sealed[-40:] in bytes_of(data_dir)
    with write(db):
        referrals.erase(db, code, "bot", "erased at the person's wish")
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert sealed[-40:] not in bytes_of(data_dir)
    assert (evidence.count_of(db, code), evidence.count_of(db, stays)) == (0, 1)


def test_a_file_that_arrives_after_its_case_was_erased_is_dropped(db: Database, keys: Keyring) -> None:
    code = file_case(db, keys)
    id = add(db, keys, code)
    with write(db):
        referrals.erase(db, code, "bot", "erased at the person's wish")
        evidence.keep(db, keys, id, CONTENT, "image/jpeg")
        evidence.later(db, id, 1)
        evidence.give_up(db, id)
    assert db.table("evidence").count == 0


def test_a_case_that_does_not_exist_takes_no_files(db: Database, keys: Keyring) -> None:
    with pytest.raises(NoSuchReferral), write(db):
        evidence.add(db, keys, "KR-0000-0000", photo())
