"""The staff's group hears a code and no more; only a linked member who may see the case takes it by the button."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from sqlite_utils import Database

from bot.telegram.staff_group import StaffGroup, announce, answer_button, take
from store import alerts, referrals, staff, staff_links, visibility
from store.clock import BALI
from store.database import open_database, write
from store.keys import Keyring, temporary_keyring

GROUP = StaffGroup(-100_200, "https://konsol.example", digest_hour=8)
NIGHT = datetime(2026, 11, 22, 3, 0, tzinfo=BALI)
MORNING = datetime(2026, 11, 22, 8, 5, tzinfo=BALI)
MARIA, STRANGER = 501, 502


@pytest.fixture
def keys() -> Keyring:
    return temporary_keyring()


@pytest.fixture
def db(keys: Keyring) -> Iterator[Database]:
    database = open_database(None)
    with write(database):
        staff.add(database, "maria", "reviewer", "Maria Bere")
        staff.add(database, "petrus", "lead", "Petrus")
        assert staff_links.redeem(database, keys, staff_links.new_link(database, "maria", "operator"), MARIA)
    yield database
    database.close()


def urgent_case(db: Database, keys: Keyring) -> str:
    told = {"happened": "dikunci di gudang Sesetan", "lang": "id"}
    with write(db):
        code = referrals.add(
            db, keys, referrals.NewReferral("help", "urgent", told, "chat", 7, "Denpasar", "1")
        )
        alerts.raise_alert(db, "urgent_referral", code)
    return code


def calls(db: Database, keys: Keyring) -> list[dict[str, Any]]:
    return [keys.unseal(row["payload"]) for row in db.query("select payload from outbox order by id")]


def to_the_group(db: Database, keys: Keyring) -> list[str]:
    sent = [c["parameters"] for c in calls(db, keys) if c["method"] == "sendMessage"]
    return [p["text"] for p in sent if p["chat_id"] == GROUP.chat_id]


def test_an_urgent_case_is_announced_once_by_its_code_alone(db: Database, keys: Keyring) -> None:
    code = urgent_case(db, keys)
    with write(db):
        announce(db, keys, GROUP, NIGHT)
        announce(db, keys, GROUP, NIGHT)
    assert to_the_group(db, keys) == [f"🔴 {code}: mendesak\nhttps://konsol.example/kasus/{code}"]


def test_a_case_someone_must_not_know_of_is_not_named(db: Database, keys: Keyring) -> None:
    code = urgent_case(db, keys)
    with write(db):
        visibility.hold_back(db, keys, code, "Maria yang kerja di situ")
        announce(db, keys, GROUP, NIGHT)
    [text] = to_the_group(db, keys)
    assert code not in text
    assert "koordinator" in text


def test_the_digest_comes_once_a_day_and_names_no_case(db: Database, keys: Keyring) -> None:
    code = urgent_case(db, keys)
    with write(db):
        for moment in (NIGHT, MORNING, MORNING.replace(hour=20)):
            announce(db, keys, GROUP, moment)
    [_urgent, digest] = to_the_group(db, keys)
    assert "Belum diambil: 1 (mendesak: 1)" in digest
    assert code not in digest


def test_a_linked_member_takes_it_and_the_next_one_is_told(db: Database, keys: Keyring) -> None:
    code = urgent_case(db, keys)
    with write(db):
        assert "mengambil" in take(db, keys, code, MARIA)
        assert staff_links.redeem(db, keys, staff_links.new_link(db, "petrus", "operator"), 503)
        assert take(db, keys, code, 503) == "Sudah diambil orang lain."
        row = next(db.query("select assigned_to, status from referrals where code = ?", [code]))
    assert (row["assigned_to"], row["status"]) == ("maria", "in_progress")


def test_a_stranger_and_an_excluded_member_learn_nothing(db: Database, keys: Keyring) -> None:
    code = urgent_case(db, keys)
    with write(db):
        assert "belum tertaut" in take(db, keys, code, STRANGER)
        visibility.exclude(db, code, "maria")
        hidden = take(db, keys, code, MARIA)
        assert hidden == take(db, keys, "KR-0000-0000", MARIA)
        row = next(db.query("select assigned_to from referrals where code = ?", [code]))
    assert row["assigned_to"] is None


def test_the_button_works_in_the_staffs_group_only(db: Database, keys: Keyring) -> None:
    code = urgent_case(db, keys)
    with write(db):
        for group, chat in ((GROUP, -999), (None, GROUP.chat_id)):
            assert not answer_button(db, keys, group, chat, f"take:{code}", MARIA, "q")
        assert not answer_button(db, keys, GROUP, GROUP.chat_id, "menu", MARIA, "q")
        assert answer_button(db, keys, GROUP, GROUP.chat_id, f"take:{code}", MARIA, "q")
    [answer] = [c["parameters"] for c in calls(db, keys) if c["method"] == "answerCallbackQuery"]
    assert answer["show_alert"]
    assert f"{code} sudah diambil." in to_the_group(db, keys)
