"""Who may read the audit, what she finds, and what stays hidden from her there too."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from sqlite_utils import Database

from store import audit, audit_trail, referrals, visibility
from store.keys import Keyring
from store.referrals import NewReferral


@dataclass(frozen=True)
class Someone:
    login: str
    role: str


LENA, YOSEF = Someone("lena", "lead"), Someone("yosef", "lead")


@pytest.fixture
def codes(db: Database, keys: Keyring) -> list[str]:
    made = [
        referrals.add(db, keys, NewReferral("help", "normal", {}, None, None, None, "1")) for _ in range(2)
    ]
    for code in made:
        audit.record(db, "maria", "read", code)
    audit.record(db, "operator", "staff added maria")
    return made


def deeds(page: audit_trail.Page) -> list[tuple[str, str, str]]:
    return [(row.who, row.what, row.code) for row in page.rows]


def test_it_shows_the_newest_first(db: Database, codes: list[str]) -> None:
    page = audit_trail.page(db, LENA)
    assert deeds(page) == [
        ("operator", "staff added maria", ""),
        ("maria", "read", codes[1]),
        ("maria", "read", codes[0]),
        ("bot", "filed", codes[1]),
        ("bot", "filed", codes[0]),
    ]


def test_it_can_be_narrowed_to_a_case_as_typed_and_to_a_person(db: Database, codes: list[str]) -> None:
    typed = codes[0].lower().replace("-", " ")
    assert deeds(audit_trail.page(db, LENA, code=typed)) == [
        ("maria", "read", codes[0]),
        ("bot", "filed", codes[0]),
    ]
    assert deeds(audit_trail.page(db, LENA, code=codes[0], who="maria")) == [("maria", "read", codes[0])]
    assert audit_trail.page(db, LENA, who="nobody").rows == ()


def test_it_goes_on_where_a_page_ended(db: Database, codes: list[str]) -> None:
    first = audit_trail.page(db, LENA, most=3)
    second = audit_trail.page(db, LENA, most=3, before=first.older)
    assert [row.id for row in first.rows + second.rows] == [5, 4, 3, 2, 1]
    assert second.older is None


@pytest.mark.parametrize("role", ["reviewer", "mediator", "reader"])
def test_others_than_leads_find_nothing(db: Database, codes: list[str], role: str) -> None:
    assert audit_trail.page(db, Someone("maria", role)).rows == ()


def test_a_lead_the_reporter_named_does_not_learn_of_the_case_here(
    db: Database, keys: Keyring, codes: list[str]
) -> None:
    visibility.exclude(db, codes[0], "yosef")
    assert codes[0] not in {row.code for row in audit_trail.page(db, YOSEF).rows}
    assert audit_trail.page(db, YOSEF, code=codes[0]).rows == ()
    assert codes[0] in {row.code for row in audit_trail.page(db, LENA).rows}
    referrals.erase(db, codes[0], "bot", "erased")
    assert codes[0] not in {row.code for row in audit_trail.page(db, YOSEF).rows}


def test_a_lead_who_was_admitted_again_does(db: Database, codes: list[str]) -> None:
    visibility.exclude(db, codes[0], "yosef")
    visibility.admit(db, codes[0], "yosef", "lena")
    assert codes[0] in {row.code for row in audit_trail.page(db, YOSEF).rows}


def test_everybody_in_it_can_be_chosen(db: Database, codes: list[str]) -> None:
    assert audit_trail.people(db) == ["bot", "maria", "operator"]
