"""Who a person is stays folded: opening it needs a reason, is logged, and a lead looks at it within a day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlite_utils import Database

from store import openings, visibility
from store.database import write
from store.keys import Keyring
from store.referrals import NoSuchReferral
from store.staff import Member
from tests.store.people import alert_kinds, deeds, file_case, hire

REASON = "Mau menelepon untuk janji bertemu"


@pytest.fixture
def people(db: Database) -> dict[str, Member]:
    return hire(db)


def opened(db: Database, keys: Keyring, login: str = "maria") -> str:
    code = file_case(db, keys)
    with write(db):
        openings.open_identity(db, keys, code, login, REASON)
    return code


def age(db: Database, hours: float) -> None:
    moment = (datetime.now(UTC) - timedelta(hours=hours)).isoformat(timespec="microseconds")
    db.execute("update case_openings set opened_at = ?", [moment])


def test_it_is_open_for_who_gave_the_reason_and_for_a_quarter_of_an_hour(
    db: Database, keys: Keyring, people: dict[str, Member]
) -> None:
    code = opened(db, keys)
    assert openings.is_open(db, code, "maria")
    assert not openings.is_open(db, code, "yosef")
    assert not openings.is_open(db, file_case(db, keys), "maria")
    age(db, 0.26)
    assert not openings.is_open(db, code, "maria")


def test_the_reason_lies_encrypted_and_the_opening_in_the_audit(
    db: Database, keys: Keyring, people: dict[str, Member]
) -> None:
    code = opened(db, keys)
    row = next(db.query("select * from case_openings"))
    assert REASON.encode() not in row["reason"]
    assert deeds(db, code)[-1] == ("maria", "opened identity")
    assert [(o.staff, o.reason, o.overdue) for o in openings.of_case(db, keys, code)] == [
        ("maria", REASON, False)
    ]


@pytest.mark.parametrize("reason", ["", "   ", "perlu", "  a  b  "])
def test_without_a_reason_in_words_nothing_opens(
    db: Database, keys: Keyring, people: dict[str, Member], reason: str
) -> None:
    code = file_case(db, keys)
    with pytest.raises(openings.NoReason), write(db):
        openings.open_identity(db, keys, code, "maria", reason)
    assert not openings.is_open(db, code, "maria")
    with pytest.raises(NoSuchReferral), write(db):
        openings.open_identity(db, keys, "KR-0000-0000", "maria", REASON)


def test_a_lead_sees_what_to_review_others_do_not(
    db: Database, keys: Keyring, people: dict[str, Member]
) -> None:
    first, second = opened(db, keys), opened(db, keys, "yosef")
    assert [o.code for o in openings.to_review(db, keys, people["lena"])] == [first, second]
    assert [o.code for o in openings.to_review(db, keys, people["agus"])] == [first, second]
    for login in ("maria", "ketut", "rini"):
        assert openings.to_review(db, keys, people[login]) == []
    with write(db):
        visibility.exclude(db, first, "lena")
    assert [o.code for o in openings.to_review(db, keys, people["lena"])] == [second]


def test_an_opening_is_reviewed_once_by_a_lead_who_may_see_the_case(
    db: Database, keys: Keyring, people: dict[str, Member]
) -> None:
    code = opened(db, keys)
    id = openings.of_case(db, keys, code)[0].id
    with write(db):
        visibility.exclude(db, code, "domi")
        for login in ("domi", "maria", "yosef", "rini"):
            assert not openings.review(db, id, people[login])
        assert openings.review(db, id, people["lena"])
        assert not openings.review(db, id, people["agus"])
        assert not openings.review(db, id + 99, people["lena"])
    reviewed = openings.of_case(db, keys, code)[0]
    assert (reviewed.reviewed_by, reviewed.overdue) == ("lena", False)
    assert deeds(db, code)[-1] == ("lena", "reviewed an opening by maria")
    assert openings.to_review(db, keys, people["lena"]) == []


def test_a_lead_does_not_review_her_own_unless_she_is_the_only_one(db: Database, keys: Keyring) -> None:
    people = hire(db, "lena", "domi", "maria")
    code = opened(db, keys, "lena")
    id = openings.of_case(db, keys, code)[0].id
    with pytest.raises(openings.OwnOpening), write(db):
        openings.review(db, id, people["lena"])
    with write(db):
        visibility.exclude(db, code, "domi")  # the other lead must not know of this case
        assert openings.review(db, id, people["lena"])


def test_an_opening_nobody_looked_at_for_a_day_raises_one_alert(
    db: Database, keys: Keyring, people: dict[str, Member]
) -> None:
    code = opened(db, keys)
    age(db, 23)
    with write(db):
        assert openings.alert_overdue(db) == []
    age(db, 25)
    with write(db):
        assert openings.alert_overdue(db) == [code]
        db.execute("update alerts set seen_at = 'now'")
        assert openings.alert_overdue(db) == []
    assert alert_kinds(db, code) == ["opening_unreviewed"]
    assert openings.to_review(db, keys, people["lena"])[0].overdue
