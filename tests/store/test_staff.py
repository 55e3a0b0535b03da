"""Accounts of the hotline."""

from __future__ import annotations

import pytest
from sqlite_utils import Database

from store import staff
from store.staff import StaffError


def shown(db: Database) -> list[tuple[str, str, bool]]:
    return [(m.login, m.role, m.active) for m in staff.listed(db)]


def test_it_adds_and_lists_accounts_by_login(db: Database) -> None:
    staff.add(db, "yosef", "mediator")
    staff.add(db, "maria")
    assert shown(db) == [("maria", "reviewer", True), ("yosef", "mediator", True)]


def test_it_switches_an_account_off_and_on_again(db: Database) -> None:
    staff.add(db, "maria")
    staff.disable(db, "maria")
    assert shown(db) == [("maria", "reviewer", False)]
    staff.add(db, "maria", "lead")
    assert shown(db) == [("maria", "lead", True)]


def test_it_knows_whether_somebody_is_there(db: Database) -> None:
    assert not staff.anyone_active(db)
    staff.add(db, "maria")
    assert staff.anyone_active(db)
    staff.disable(db, "maria")
    assert not staff.anyone_active(db)


def test_it_refuses_a_second_active_account_of_the_same_name(db: Database) -> None:
    staff.add(db, "maria")
    with pytest.raises(StaffError, match="active account 'maria' already"):
        staff.add(db, "maria", "admin")
    assert shown(db) == [("maria", "reviewer", True)]


@pytest.mark.parametrize("login", ["", "m", "Maria", "1maria", "maria ana", "maría", "m" * 32, "maria\n"])
def test_it_refuses_a_login_that_is_hard_to_type(db: Database, login: str) -> None:
    with pytest.raises(StaffError, match="cannot be a login"):
        staff.add(db, login)


@pytest.mark.parametrize("login", ["ma", "maria.d-b_2", "m" * 31])
def test_it_takes_a_login_that_is_easy_to_type(db: Database, login: str) -> None:
    staff.add(db, login)
    assert staff.listed(db)[0].login == login


def test_it_refuses_a_role_it_does_not_know(db: Database) -> None:
    with pytest.raises(StaffError, match=r"'king' is not a role. Roles: reviewer, "):
        staff.add(db, "maria", "king")


def test_it_refuses_to_switch_off_who_is_not_there(db: Database) -> None:
    staff.add(db, "maria")
    staff.disable(db, "maria")
    for login in ("maria", "yosef"):
        with pytest.raises(StaffError, match="no active account"):
            staff.disable(db, login)


def test_it_knows_what_colleagues_call_her(db: Database) -> None:
    staff.add(db, "maria", name="  Maria   Bere ")
    assert staff.active(db, "maria").shown_name == "Maria Bere"
    staff.set_name(db, "maria", "")
    assert staff.active(db, "maria").shown_name == "maria"
    for name in ("m" * 81, "Maria\u202e"):
        with pytest.raises(StaffError, match="A name has"):
            staff.set_name(db, "maria", name)


def test_role_and_language_change_and_take_nothing_unknown(db: Database) -> None:
    staff.add(db, "maria")
    staff.set_role(db, "maria", "lead")
    staff.set_language(db, "maria", "en")
    member = staff.active(db, "maria")
    assert (member.role, member.lang) == ("lead", "en")
    with pytest.raises(StaffError, match="not a role"):
        staff.set_role(db, "maria", "king")
    with pytest.raises(StaffError, match="not a language"):
        staff.set_language(db, "maria", "fr")
