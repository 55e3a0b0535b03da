"""Mediation: never where someone could be hurt by it, and no one is contacted, named or invited without their yes."""

from __future__ import annotations

from typing import Any

import pytest
from sqlite_utils import Database

from actions.forms.model import load_form
from store import (
    alerts,
    audit,
    mediation_agreements,
    mediation_list,
    mediation_parties,
    mediation_records,
    mediation_sessions,
    mediations,
    referrals,
    staff,
    visibility,
)
from store.database import now
from store.keys import Keyring
from store.mediation_records import NotAllowed
from store.referrals import NewReferral, NoSuchReferral

TOLD = {
    "consent": "yes", "kind": "landlord", "screening": "none", "age": "18_up", "happened": "Uang jaminan tidak kembali",
    "named": "yes", "contact": "Yohana Wadhi 0812", "lang": "id",
}  # fmt: skip
DAY, TIME, PLACE = "2026-12-01", "16:00", "Bale banjar Sesetan"


def filed(db: Database, keys: Keyring, kind: str = "mediation", **told: str) -> str:
    return referrals.add(
        db, keys, NewReferral(kind, "normal", {**TOLD, **told}, "ana", 7001, "Denpasar", "2026-11")
    )


@pytest.fixture(autouse=True)
def _people(db: Database) -> None:
    for login, role in (("maria", "reviewer"), ("yosef", "mediator"), ("rina", "mediator"), ("lisa", "lead")):
        staff.add(db, login, role)


@pytest.fixture
def code(db: Database, keys: Keyring) -> str:
    """A mediation that was begun and given to Yosef, with the other side noted as party 2."""
    code = filed(db, keys)
    mediations.begin(db, keys, code, "maria", none_applies=True)
    mediations.assign(db, keys, code, "yosef", "maria")
    mediation_parties.add(db, keys, code, "yosef", "Pak Made", "0813")
    return code


class Talk:
    """What Yosef notes."""

    def __init__(self, db: Database, keys: Keyring, code: str) -> None:
        self.here: tuple[Any, Any, str, str] = (db, keys, code, "yosef")

    def says(self, party: int, take_part: bool = True, named: bool = True) -> None:
        mediation_parties.answered(*self.here, party, take_part, named, "phone", now())

    def plans(self, *parties: int, helpers: tuple[int, ...] = ()) -> mediation_sessions.Session:
        return mediation_sessions.plan(*self.here, DAY, TIME, PLACE, parties, helpers)

    @property
    def mediation(self) -> mediation_records.Mediation:
        found = mediation_records.find(*self.here[:3])
        assert found is not None
        return found

    @property
    def sessions(self) -> list[str]:
        return [session.status for session in mediation_sessions.of_case(*self.here[:3])]


@pytest.fixture
def talk(db: Database, keys: Keyring, code: str) -> Talk:
    return Talk(db, keys, code)


def refused(step: Any) -> str:
    with pytest.raises(NotAllowed) as error:
        step()
    return error.value.why


def test_it_never_goes_on_what_the_form_refuses(db: Database, keys: Keyring) -> None:
    form = load_form("mediation_request")
    refusing = {option.value for option in form.slot("screening").options if option.refuses}
    assert refusing == set(mediations.NEVER_FOR)
    for reason in refusing:
        code = filed(db, keys, screening=reason)
        with pytest.raises(NotAllowed) as error:
            mediations.begin(db, keys, code, "maria", none_applies=True)
        assert (error.value.why, error.value.about) == ("unsafe", reason)


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ({"age": "under_18"}, "child"),
        ({"about": "violence"}, "home"),
        ({"about": "trafficking"}, "trafficking"),
    ],
)
def test_it_never_goes_on_for_children_violence_or_trafficking_told_elsewhere(
    db: Database, keys: Keyring, told: dict[str, str], reason: str
) -> None:
    with pytest.raises(NotAllowed) as error:
        mediations.begin(db, keys, filed(db, keys, **told), "maria", none_applies=True)
    assert (error.value.why, error.value.about) == ("unsafe", reason)


def test_staff_confirm_that_none_applies_before_it_begins(db: Database, keys: Keyring) -> None:
    code = filed(db, keys)
    assert refused(lambda: mediations.begin(db, keys, code, "maria", none_applies=False)) == "not_screened"
    assert mediation_records.find(db, keys, code) is None
    begun = mediations.begin(db, keys, code, "maria", none_applies=True)
    assert begun.screened is not None
    assert (begun.screened.staff, begun.status) == ("maria", "preparing")


def test_other_kinds_of_cases_have_no_mediation(db: Database, keys: Keyring) -> None:
    code = filed(db, keys, kind="help")
    assert refused(lambda: mediations.begin(db, keys, code, "maria", none_applies=True)) == "not_a_mediation"


def test_it_is_given_only_to_an_active_mediator_the_reporter_did_not_name(
    db: Database, keys: Keyring, code: str
) -> None:
    visibility.exclude(db, code, "rina", "lisa")
    staff.add(db, "dewi", "mediator")
    staff.disable(db, "dewi")
    assert mediations.mediators(db, code) == ["yosef"]
    for login in ("rina", "dewi", "maria", "nobody"):
        assert (
            refused(lambda login=login: mediations.assign(db, keys, code, login, "maria")) == "not_a_mediator"
        )


def test_a_mediator_sees_the_case_while_it_is_hers(db: Database, keys: Keyring, code: str) -> None:
    yosef, rina = staff.active(db, "yosef"), staff.active(db, "rina")
    assert visibility.may_see(db, yosef, code)
    assert not visibility.may_see(db, rina, code)
    mediations.assign(db, keys, code, "rina", "maria")
    assert not visibility.may_see(db, yosef, code)


@pytest.mark.parametrize("said", ["no", ""])
def test_the_other_side_is_not_asked_before_the_starter_agreed_to_be_named(
    db: Database, keys: Keyring, said: str
) -> None:
    code = filed(db, keys, named=said)
    mediations.begin(db, keys, code, "maria", none_applies=True)
    mediation_parties.add(db, keys, code, "yosef", "Pak Made", "")
    talk = Talk(db, keys, code)
    assert refused(lambda: talk.says(2)) == "starter_not_named"
    talk.says(1, named=False)
    assert refused(lambda: talk.says(2)) == "starter_not_named"
    talk.says(1, take_part=False)
    assert refused(lambda: talk.says(2)) == "starter_not_willing"
    talk.says(1)
    talk.says(2)
    assert talk.mediation.party(2).is_willing


def test_it_keeps_how_and_when_each_party_answered(talk: Talk) -> None:
    starter = talk.mediation.starter
    assert starter.named is not None
    assert (starter.named.how, starter.named.by, starter.contact) == ("form", "bot", TOLD["contact"])
    talk.says(2, named=False)
    other = talk.mediation.party(2)
    assert other.take_part is not None
    assert other.named is not None
    assert (other.take_part.yes, other.named.yes) == (True, False)
    assert (other.take_part.how, other.take_part.by, other.name) == ("phone", "yosef", "Pak Made")


def test_an_answer_is_not_of_tomorrow(db: Database, keys: Keyring, code: str) -> None:
    def tomorrow() -> None:
        mediation_parties.answered(db, keys, code, "yosef", 1, True, True, "phone", "2999-01-01T00:00")

    assert refused(tomorrow) == "in_future"


def test_nobody_is_invited_who_has_not_agreed(talk: Talk) -> None:
    assert refused(lambda: talk.plans(1, 2)) == "party_not_willing"
    assert refused(lambda: talk.plans()) == "nobody_invited"
    assert refused(lambda: talk.plans(1, 7)) == "unknown_choice"
    talk.says(2)
    assert talk.plans(1, 2).status == "planned"
    assert talk.mediation.status == "running"


def test_those_who_will_not_be_named_are_met_alone(db: Database, keys: Keyring) -> None:
    code = filed(db, keys, named="no")
    mediations.begin(db, keys, code, "maria", none_applies=True)
    mediations.assign(db, keys, code, "yosef", "maria")
    talk = Talk(db, keys, code)
    assert talk.plans(1).parties == (1,)
    mediation_parties.add_helper(db, keys, code, "yosef", "Bapak Kelian", "kelian")
    mediation_parties.accept_helper(db, keys, code, "yosef", 1, [1])
    assert refused(lambda: talk.plans(1, helpers=(1,))) == "party_not_named"


def test_a_helper_sits_there_only_if_every_party_wants_them(db: Database, keys: Keyring, talk: Talk) -> None:
    code = talk.here[2]
    talk.says(2)
    mediation_parties.add_helper(db, keys, code, "yosef", "Jero Bendesa", "bendesa")
    mediation_parties.accept_helper(db, keys, code, "yosef", 1, [1])
    assert refused(lambda: talk.plans(1, 2, helpers=(1,))) == "helper_not_accepted"
    mediation_parties.accept_helper(db, keys, code, "yosef", 1, [1, 2])
    assert talk.plans(1, 2, helpers=(1,)).helpers == (1,)
    mediation_parties.accept_helper(db, keys, code, "yosef", 1, [2])
    assert talk.sessions == ["cancelled"]


def test_a_yes_taken_back_cancels_what_it_was_needed_for(talk: Talk) -> None:
    talk.says(2)
    talk.plans(1, 2)
    talk.plans(1)
    talk.says(2, take_part=False)
    assert talk.sessions == ["cancelled", "planned"]
    talk.says(2)
    talk.plans(1, 2)
    talk.says(1, named=False)
    assert talk.sessions == ["cancelled", "planned", "cancelled"]


@pytest.mark.parametrize(
    ("day", "at", "place", "reason"),
    [("besok", TIME, PLACE, "no_day"), (DAY, "sore", PLACE, "no_day"), (DAY, TIME, " ", "no_place")],
)
def test_a_session_has_day_time_and_place(talk: Talk, day: str, at: str, place: str, reason: str) -> None:
    assert refused(lambda: mediation_sessions.plan(*talk.here, day, at, place, (1,), ())) == reason


def test_a_session_wants_a_mediator(db: Database, keys: Keyring) -> None:
    code = filed(db, keys)
    mediations.begin(db, keys, code, "maria", none_applies=True)
    assert refused(lambda: Talk(db, keys, code).plans(1)) == "no_mediator"


def test_it_keeps_who_came_and_what_was_said(talk: Talk) -> None:
    talk.says(2)
    session = talk.plans(1, 2)
    mediation_sessions.held(*talk.here, session.id, [1], [], "Pak Made tidak datang")
    (kept,) = mediation_sessions.of_case(*talk.here[:3])
    assert (kept.status, kept.parties, kept.words, kept.place, kept.time) == (
        "held", (1,), "Pak Made tidak datang", PLACE, TIME,
    )  # fmt: skip
    assert refused(lambda: mediation_sessions.held(*talk.here, session.id, [1], [], "")) == "not_planned"
    assert refused(lambda: mediation_sessions.cancel(*talk.here, session.id)) == "not_planned"


def test_it_is_agreed_when_all_who_take_part_said_yes_to_the_very_words(talk: Talk) -> None:
    assert refused(lambda: mediation_agreements.write(*talk.here, "Uang kembali")) == "one_side_only"
    talk.says(2)
    assert refused(lambda: mediation_agreements.accept(*talk.here, 1, True)) == "no_text"
    mediation_agreements.write(*talk.here, "Uang kembali hari Jumat")
    mediation_agreements.accept(*talk.here, 1, True)
    assert refused(lambda: mediations.finish(*talk.here, "agreed", "Uang kembali")) == "not_all_agreed"
    mediation_agreements.accept(*talk.here, 2, True)
    assert talk.mediation.status == "agreed"
    mediation_agreements.write(*talk.here, "Uang kembali hari Senin")
    assert (talk.mediation.status, talk.mediation.agreement.accepted_by) == ("running", ())  # type: ignore[union-attr]
    for party in (1, 2):
        mediation_agreements.accept(*talk.here, party, True)
    ended = mediations.finish(*talk.here, "agreed", "Uang kembali").ending
    assert ended is not None
    assert (ended.how, ended.words, ended.by) == ("agreed", "Uang kembali", "yosef")


def test_who_steps_out_no_longer_agrees(talk: Talk) -> None:
    talk.says(2)
    mediation_agreements.write(*talk.here, "Uang kembali")
    for party in (1, 2):
        mediation_agreements.accept(*talk.here, party, True)
    talk.says(1, take_part=False)
    assert (talk.mediation.status, talk.mediation.agreement.accepted_by) == ("running", (2,))  # type: ignore[union-attr]
    assert refused(lambda: mediation_agreements.accept(*talk.here, 1, True)) == "party_not_willing"


@pytest.mark.parametrize("begun", [True, False])
def test_it_stops_for_danger_at_any_time_and_the_case_becomes_urgent(
    db: Database, keys: Keyring, begun: bool
) -> None:
    code = filed(db, keys)
    if begun:
        mediations.begin(db, keys, code, "maria", none_applies=True)
        mediations.assign(db, keys, code, "yosef", "maria")
        Talk(db, keys, code).plans(1)
    stopped = mediations.stop(db, keys, code, "yosef", "home", "Ternyata pernah dipukul")
    assert stopped.ending is not None
    assert (stopped.status, stopped.ending.how, stopped.ending.reason) == ("ended", "stopped", "home")
    assert Talk(db, keys, code).sessions == (["cancelled"] if begun else [])
    assert referrals.opened(db, keys, code, "maria").summary.priority == "urgent"
    assert [(a["kind"], a["subject"]) for a in alerts.unseen(db)] == [("urgent_referral", code)]


def test_stopping_wants_one_of_the_reasons(db: Database, keys: Keyring, code: str) -> None:
    assert refused(lambda: mediations.stop(db, keys, code, "yosef", "tired")) == "no_reason"


def test_after_the_end_nothing_goes_on_until_it_is_checked_again(talk: Talk) -> None:
    talk.plans(1)
    mediations.finish(*talk.here, "withdrawn", "Yohana berubah pikiran")
    assert talk.sessions == ["cancelled"]
    for step in (
        lambda: talk.says(1),
        lambda: talk.plans(1),
        lambda: mediation_agreements.write(*talk.here, "x"),
        lambda: mediations.finish(*talk.here, "withdrawn", "x"),
    ):
        assert refused(step) == "ended"
    mediations.begin(*talk.here[:3], "lisa", none_applies=True)
    talk.says(1)
    assert (talk.mediation.status, talk.mediation.ending) == ("preparing", None)


def test_the_list_shows_the_next_meeting_first_and_only_to_those_who_may_see_the_case(
    db: Database, keys: Keyring, talk: Talk
) -> None:
    code, waiting = talk.here[2], filed(db, keys)
    filed(db, keys, kind="help")
    session = talk.plans(1)
    maria, yosef, rina = (staff.active(db, login) for login in ("maria", "yosef", "rina"))

    def seen(viewer: staff.Member, since: str = DAY) -> list[tuple[str, str | None, str | None]]:
        return [(s.code, s.status, s.next_day) for s in mediation_list.listed(db, viewer, since)]

    assert seen(maria) == [(code, "running", DAY), (waiting, None, None)]
    assert seen(yosef) == [(code, "running", DAY)]
    assert seen(rina) == []
    assert seen(yosef, "2026-12-02") == [(code, "running", None)]
    mediation_sessions.cancel(*talk.here, session.id)
    assert seen(yosef) == [(code, "running", None)]
    mediations.finish(*talk.here, "withdrawn", "Tidak mau lagi")
    assert seen(yosef) == []


def test_every_step_is_in_the_audit_without_a_name(db: Database, keys: Keyring, talk: Talk) -> None:
    talk.says(2)
    session = talk.plans(1, 2)
    mediation_sessions.held(*talk.here, session.id, [1, 2], [], "Bicara baik-baik")
    code = talk.here[2]
    deeds = [(r["who"], r["what"]) for r in db.query("select who, what from audit where code = ?", [code])]
    assert deeds[1:] == [
        ("maria", "mediation begun"), ("maria", "mediation given to yosef"), ("yosef", "mediation party 2 noted"),
        ("yosef", "mediation party 2 answered"), ("yosef", f"mediation session {session.id} planned"),
        ("yosef", f"mediation session {session.id} held"),
    ]  # fmt: skip
    assert audit.first_broken(db) is None


def test_the_file_holds_nothing_of_it_in_clear_and_an_erased_case_takes_it_along(
    db: Database, keys: Keyring, talk: Talk
) -> None:
    talk.says(2)
    talk.plans(1, 2)
    for table in ("mediations", "mediation_sessions"):
        row = next(db.query(f"select * from {table}"))
        shown = " ".join(str(value) for name, value in row.items() if name != "body").encode() + row["body"]
        for secret in (b"Pak Made", b"0813", b"Yohana", b"Sesetan", b"16:00"):
            assert secret not in shown
    referrals.erase_of_chat(db, "ana")
    assert (db.table("mediations").count, db.table("mediation_sessions").count) == (0, 0)


@pytest.mark.parametrize("code", ["KR-0000-0000", "", "' or 1=1 --"])
def test_a_code_of_no_case_has_no_mediation(db: Database, keys: Keyring, code: str) -> None:
    with pytest.raises(NoSuchReferral):
        mediations.begin(db, keys, code, "maria", none_applies=True)
