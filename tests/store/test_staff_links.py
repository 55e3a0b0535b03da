"""Telegram accounts of staff, linked by a one-time code."""

from __future__ import annotations

import pytest
from sqlite_utils import Database

from store import staff, staff_links
from store.keys import Keyring
from store.staff import StaffError

USER = 4711


@pytest.fixture(autouse=True)
def members(db: Database) -> None:
    staff.add(db, "maria")
    staff.add(db, "bram")


def test_a_code_links_the_account_that_sends_it(db: Database, keys: Keyring) -> None:
    code = staff_links.new_link(db, "maria", "operator")
    member = staff_links.redeem(db, keys, code, USER)
    assert member
    assert member.login == "maria"
    found = staff_links.member_behind(db, keys, USER)
    assert found
    assert found.login == "maria"
    assert staff_links.member_behind(db, keys, 99) is None
    assert str(USER) not in str(list(db.query("select * from staff")))


def test_it_may_be_typed_without_dashes_and_small(db: Database, keys: Keyring) -> None:
    code = staff_links.new_link(db, "maria", "operator")
    assert staff_links.redeem(db, keys, code.replace("-", " ").lower(), USER)


def test_a_code_works_once(db: Database, keys: Keyring) -> None:
    code = staff_links.new_link(db, "maria", "operator")
    assert staff_links.redeem(db, keys, code, USER)
    assert staff_links.redeem(db, keys, code, 99) is None


def test_a_newer_code_replaces_the_older(db: Database, keys: Keyring) -> None:
    old = staff_links.new_link(db, "maria", "operator")
    staff_links.new_link(db, "maria", "maria")
    assert staff_links.redeem(db, keys, old, USER) is None


def test_a_code_is_good_for_half_an_hour(db: Database, keys: Keyring) -> None:
    code = staff_links.new_link(db, "maria", "operator")
    db.execute("update staff_links set expires_at = '2026-01-01T00:00:00.000000+00:00'")
    assert staff_links.redeem(db, keys, code, USER) is None


@pytest.mark.parametrize("code", ["", "XXXX-XXXX-XXXX", "' or 1=1"])
def test_a_wrong_code_links_nothing(db: Database, keys: Keyring, code: str) -> None:
    staff_links.new_link(db, "maria", "operator")
    assert staff_links.redeem(db, keys, code, USER) is None


def test_a_telegram_account_belongs_to_one_member(db: Database, keys: Keyring) -> None:
    staff_links.redeem(db, keys, staff_links.new_link(db, "maria", "operator"), USER)
    staff_links.redeem(db, keys, staff_links.new_link(db, "bram", "operator"), USER)
    assert staff.active(db, "maria").telegram is None
    found = staff_links.member_behind(db, keys, USER)
    assert found
    assert found.login == "bram"


def test_who_is_switched_off_takes_no_case_and_redeems_no_code(db: Database, keys: Keyring) -> None:
    staff_links.redeem(db, keys, staff_links.new_link(db, "maria", "operator"), USER)
    code = staff_links.new_link(db, "maria", "operator")
    staff.disable(db, "maria")
    assert staff_links.member_behind(db, keys, USER) is None
    assert staff_links.redeem(db, keys, code, USER) is None
    with pytest.raises(StaffError):
        staff_links.new_link(db, "maria", "operator")


def test_a_link_can_be_taken_back(db: Database, keys: Keyring) -> None:
    staff_links.redeem(db, keys, staff_links.new_link(db, "maria", "operator"), USER)
    staff_links.unlink(db, "maria", "maria")
    assert staff_links.member_behind(db, keys, USER) is None
