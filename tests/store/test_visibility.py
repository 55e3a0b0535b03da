"""Who may see which case, and who must never learn that one exists."""

from __future__ import annotations

import pytest
from sqlite_utils import Database

from store import referrals, staff, visibility
from store.database import write
from store.keys import Keyring
from store.named import named
from store.queue import counts, page
from store.referrals import NoSuchReferral
from store.staff import Member
from tests.store.people import alert_kinds, deeds, file_case, give_to_mediator, hire


@pytest.fixture
def people(db: Database) -> dict[str, Member]:
    return hire(db)


def seen_by(db: Database, people: dict[str, Member], code: str) -> set[str]:
    """Logins of all who may see the case; the check, the code typed and the queue must agree."""
    may = {login for login, member in people.items() if visibility.may_see(db, member, code)}
    for login, member in people.items():
        in_queue = any(c.code == code for g in counts(db, member) for c in page(db, member, g).cases)
        assert in_queue == (login in may), login
        if login in may:
            assert visibility.find(db, member, code.lower().replace("-", " ")) == code
        else:
            with pytest.raises(NoSuchReferral):
                visibility.find(db, member, code)
    return may


def test_reviewers_leads_and_admins_see_a_case(
    db: Database, keys: Keyring, people: dict[str, Member]
) -> None:
    assert seen_by(db, people, file_case(db, keys)) == {"maria", "yosef", "lena", "domi", "agus"}


def test_a_mediator_sees_only_the_mediations_assigned_to_her(
    db: Database, keys: Keyring, people: dict[str, Member]
) -> None:
    mine, another, no_mediation = (file_case(db, keys, kind) for kind in ("mediation", "mediation", "help"))
    give_to_mediator(db, keys, mine, "ketut")
    give_to_mediator(db, keys, another, "wayan")
    give_to_mediator(db, keys, no_mediation, "ketut")
    assert "ketut" in seen_by(db, people, mine)
    assert "ketut" not in seen_by(db, people, another)
    assert "ketut" not in seen_by(db, people, no_mediation)


def test_a_reader_sees_no_case(db: Database, keys: Keyring, people: dict[str, Member]) -> None:
    assert "rini" not in seen_by(db, people, file_case(db, keys))


def test_a_code_of_no_case_is_refused_like_a_hidden_one(
    db: Database, keys: Keyring, people: dict[str, Member]
) -> None:
    hidden = file_case(db, keys)
    with write(db):
        visibility.exclude(db, hidden, "maria")
    errors = []
    for typed in (hidden, "KR-0000-0000"):
        with pytest.raises(NoSuchReferral) as caught:
            visibility.find(db, people["maria"], typed)
        errors.append(type(caught.value))
    assert errors == [NoSuchReferral, NoSuchReferral]


def test_an_excluded_member_never_sees_the_case_not_even_as_lead_or_assignee(
    db: Database, keys: Keyring, people: dict[str, Member]
) -> None:
    code = file_case(db, keys)
    db.execute("update referrals set assigned_to = 'maria', status = 'in_progress' where code = ?", [code])
    with write(db):
        for login in ("maria", "lena", "agus"):
            visibility.exclude(db, code, login)
            visibility.exclude(db, code, login)  # twice is once
    assert seen_by(db, people, code) == {"yosef", "domi"}
    row = db.table("referrals").get(code)
    assert (row["assigned_to"], row["status"]) == (None, "new")
    assert visibility.excluded(db, code) == ["agus", "lena", "maria"]
    assert deeds(db, code).count(("bot", "excluded maria")) == 1


def test_an_excluded_mediator_loses_the_mediation(
    db: Database, keys: Keyring, people: dict[str, Member]
) -> None:
    code = file_case(db, keys, "mediation")
    give_to_mediator(db, keys, code, "ketut")
    with write(db):
        visibility.exclude(db, code, "ketut")
    assert "ketut" not in seen_by(db, people, code)
    assert db.table("mediations").get(code)["mediator"] is None


def test_what_a_reporter_says_hides_the_case_from_who_is_meant_and_from_all_but_leads(
    db: Database, keys: Keyring, people: dict[str, Member]
) -> None:
    code = file_case(db, keys, staff_excluded="jangan bu Maria, dan pak Domingus dari kantor itu")
    with write(db):
        visibility.hold_back(db, keys, code, "jangan bu Maria, dan pak Domingus dari kantor itu")
    assert visibility.excluded(db, code) == ["domi", "maria"]
    assert seen_by(db, people, code) == {"lena", "agus"}
    assert alert_kinds(db, code) == ["held_back"]
    assert not visibility.known_to_all(db, code)
    with write(db):
        visibility.confirm(db, code, "lena")
    assert seen_by(db, people, code) == {"lena", "agus", "yosef"}
    assert not visibility.known_to_all(db, code)
    assert ("lena", "confirmed who must not know") in deeds(db, code)


def test_words_that_mean_nobody_known_still_hold_the_case_back_until_a_lead_has_read_them(
    db: Database, keys: Keyring, people: dict[str, Member]
) -> None:
    code = file_case(db, keys)
    with write(db):
        visibility.hold_back(db, keys, code, "orang yang pakai kacamata")
    assert seen_by(db, people, code) == {"lena", "domi", "agus"}
    assert referrals.content_of(db, keys, code)["told"]["staff_excluded"] == "orang yang pakai kacamata"
    with write(db):
        visibility.confirm(db, code, "lena")
    assert visibility.known_to_all(db, code)


@pytest.mark.parametrize("nothing", ["", "  \n"])
def test_no_words_hold_nothing_back(
    db: Database, keys: Keyring, people: dict[str, Member], nothing: str
) -> None:
    code = file_case(db, keys)
    with write(db):
        visibility.hold_back(db, keys, code, nothing)
    assert "yosef" in seen_by(db, people, code)
    assert visibility.known_to_all(db, code)


def test_a_case_against_every_lead_is_read_by_those_who_were_not_named(db: Database, keys: Keyring) -> None:
    people = hire(db, "maria", "yosef", "lena")
    code = file_case(db, keys)
    with write(db):
        visibility.hold_back(db, keys, code, "Lena")
    assert seen_by(db, people, code) == {"maria", "yosef"}


def test_a_lead_whose_account_is_off_does_not_keep_a_case_locked(db: Database, keys: Keyring) -> None:
    people = hire(db, "maria", "lena")
    code = file_case(db, keys)
    with write(db):
        visibility.hold_back(db, keys, code, "siapa saja di sana")
        staff.disable(db, "lena")
    assert visibility.may_see(db, people["maria"], code)


def test_an_exclusion_by_mistake_is_taken_back(
    db: Database, keys: Keyring, people: dict[str, Member]
) -> None:
    code = file_case(db, keys)
    with write(db):
        visibility.exclude(db, code, "maria", "lena")
        visibility.admit(db, code, "maria", "lena")
    assert "maria" in seen_by(db, people, code)
    assert deeds(db, code)[1:] == [("lena", "excluded maria"), ("lena", "admitted maria")]


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("Maria", ["maria"]),
        ("MARIA!!", ["maria"]),
        ("mbak Mariah", ["maria"]),
        ("pak Yosep", ["yosef"]),
        ("Goreti", ["maria"]),
        ("akun yosef", ["yosef"]),
        ("pak Dominggus sama ibu lena", ["domi", "lena"]),
        ("petugas yang kemarin", []),
        ("di ko", []),
    ],
)
def test_names_are_heard_as_people_write_them(
    db: Database, people: dict[str, Member], words: str, meant: list[str]
) -> None:
    assert named(db, words) == meant
