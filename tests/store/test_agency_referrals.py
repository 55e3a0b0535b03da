"""A case goes to an agency only as the person agreed to: this agency, these answers, this time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlite_utils import Database

from store import agency_records, agency_referrals, audit, follow_ups, messages, referrals, staff, visibility
from store.agency_records import NoSuchAgencyReferral, Plan
from store.agency_referrals import NotAllowed
from store.database import now
from store.keys import Keyring
from store.referrals import NewReferral, NoSuchReferral

TOLD = {
    "consent": "with_agencies",
    "about": "housing",
    "happened": "Beta Yohana Wadhi diusir dari kos, bapa kos telepon ke 0812-3456-7890",
    "place": "Sesetan",
    "must_not_know": "pak Made yang punya kos, dan polisi",
    "reply": "any_time",
    "contact": "Yohana Wadhi +62 812 3456 7890",
    "lang": "id",
}
CALLED = {"lbh", "pengacara"}
PLAN = Plan("lbh-bali", "warm", ("happened", "place"), "Pendampingan untuk minta uang jaminan kembali")
NAMED = replace(PLAN, fields=("happened", "contact"))
DAY = "2026-12-01"


@pytest.fixture
def code(db: Database, keys: Keyring) -> str:
    staff.add(db, "maria", "reviewer")
    staff.add(db, "yosef", "mediator")
    staff.add(db, "rina", "reader")
    return referrals.add(db, keys, NewReferral("help", "normal", TOLD, "ana", 7001, "Denpasar", "2026-11"))


def prepared(db: Database, keys: Keyring, code: str, plan: Plan = PLAN) -> int:
    return agency_referrals.prepare(db, keys, code, "maria", plan, CALLED).id


def agreed(db: Database, keys: Keyring, code: str, plan: Plan = PLAN, identity: bool = False) -> int:
    id = prepared(db, keys, code, plan)
    agency_referrals.agree(db, keys, code, id, "maria", "phone", now(), identity)
    return id


def why(error: pytest.ExceptionInfo[NotAllowed]) -> str:
    return error.value.why


def test_nothing_is_sent_before_the_person_agreed_to_this_very_referral(
    db: Database, keys: Keyring, code: str
) -> None:
    id = prepared(db, keys, code)  # the form's "juga lembaga" is no consent
    for step in (
        lambda: agency_referrals.send(db, keys, code, id, "maria", DAY),
        lambda: agency_referrals.letter(db, keys, code, id, "maria"),
    ):
        with pytest.raises(NotAllowed) as error:
            step()
        assert why(error) == "no_consent"
    assert agency_records.one(db, keys, code, id).status == "prepared"


def test_it_keeps_how_and_when_the_person_agreed_and_who_noted_it(
    db: Database, keys: Keyring, code: str
) -> None:
    id = prepared(db, keys, code)
    moment = now()
    agency_referrals.agree(db, keys, code, id, "maria", "phone", moment, False)
    consent = agency_records.one(db, keys, code, id).consent
    assert consent is not None
    assert (consent.how, consent.given_at, consent.noted_by, consent.identity) == (
        "phone",
        moment,
        "maria",
        False,
    )
    assert next(db.query("select consent_at from agency_referrals"))["consent_at"] == moment


def test_an_agency_is_told_only_what_was_ticked_and_no_name_or_number(
    db: Database, keys: Keyring, code: str
) -> None:
    id = agreed(db, keys, code)
    sent = agency_referrals.send(db, keys, code, id, "maria", DAY, "Bu Sari di meja depan")
    assert sent.shared == {
        "happened": "Beta […] […] diusir dari kos, bapa kos telepon ke […]",
        "place": "Sesetan",
    }


def test_the_identity_goes_along_only_with_consent_to_it(db: Database, keys: Keyring, code: str) -> None:
    id = prepared(db, keys, code, NAMED)
    with pytest.raises(NotAllowed) as error:
        agency_referrals.agree(db, keys, code, id, "maria", "phone", now(), False)
    assert why(error) == "identity_not_agreed"
    assert "contact" not in agency_referrals.shares(db, keys, agency_records.one(db, keys, code, id))
    agency_referrals.agree(db, keys, code, id, "maria", "phone", now(), True)
    assert agency_referrals.letter(db, keys, code, id, "maria")[1]["contact"] == TOLD["contact"]


@pytest.mark.parametrize("field", ["consent", "reply", "lang", "nothing_of_the_kind"])
def test_what_was_said_to_us_alone_cannot_be_ticked(
    db: Database, keys: Keyring, code: str, field: str
) -> None:
    with pytest.raises(NotAllowed) as error:
        prepared(db, keys, code, replace(PLAN, fields=(field,)))
    assert why(error) == "unknown_choice"


def test_another_plan_wants_another_consent(db: Database, keys: Keyring, code: str) -> None:
    id = agreed(db, keys, code)
    agency_referrals.change(
        db, keys, code, id, "maria", replace(PLAN, fields=("happened", "place", "about")), CALLED
    )
    with pytest.raises(NotAllowed) as error:
        agency_referrals.send(db, keys, code, id, "maria", DAY)
    assert why(error) == "no_consent"


def test_what_has_gone_out_is_not_planned_otherwise(db: Database, keys: Keyring, code: str) -> None:
    id = agreed(db, keys, code)
    agency_referrals.send(db, keys, code, id, "maria", DAY)
    with pytest.raises(NotAllowed) as error:
        agency_referrals.change(db, keys, code, id, "maria", PLAN, CALLED)
    assert why(error) == "not_now"


def test_consent_is_neither_of_tomorrow_nor_older_than_the_case(
    db: Database, keys: Keyring, code: str
) -> None:
    id = prepared(db, keys, code)
    for moment, reason in (("2999-01-01T00:00", "in_future"), ("2020-01-01T00:00", "before_the_case")):
        with pytest.raises(NotAllowed) as error:
            agency_referrals.agree(db, keys, code, id, "maria", "phone", moment, False)
        assert why(error) == reason


def test_consent_through_the_bot_wants_a_message_of_the_person(
    db: Database, keys: Keyring, code: str
) -> None:
    id = prepared(db, keys, code)
    with pytest.raises(NotAllowed) as error:
        agency_referrals.agree(db, keys, code, id, "maria", "bot", now(), False)
    assert why(error) == "nothing_written"
    messages.from_person(db, keys, code, "iya boleh kirim ke LBH")
    agency_referrals.agree(db, keys, code, id, "maria", "bot", now(), False)


def test_an_agency_the_person_named_as_not_to_know_wants_a_reason(
    db: Database, keys: Keyring, code: str
) -> None:
    police = replace(PLAN, agency="police-110")
    with pytest.raises(NotAllowed) as error:
        agency_referrals.prepare(db, keys, code, "maria", police, {"polisi", "polsek"})
    assert (why(error), error.value.words) == ("must_not_know", ("polisi",))
    willing = replace(police, despite="Ditanya lagi: hanya polsek di desanya yang tidak boleh tahu")
    assert agency_referrals.prepare(db, keys, code, "maria", willing, {"polisi"}).plan == willing


def test_it_wants_to_know_what_is_asked_of_the_agency(db: Database, keys: Keyring, code: str) -> None:
    with pytest.raises(NotAllowed) as error:
        prepared(db, keys, code, replace(PLAN, asks="  "))
    assert why(error) == "nothing_asked"


def test_it_goes_from_sent_over_no_answer_to_accepted_and_an_outcome(
    db: Database, keys: Keyring, code: str
) -> None:
    id = agreed(db, keys, code)
    agency_referrals.send(db, keys, code, id, "maria", DAY)
    agency_referrals.went_on(db, keys, code, id, "maria", "no_answer", "", "2026-12-08")
    agency_referrals.went_on(db, keys, code, id, "yuni", "accepted", "Ditangani Pak Agus", "2026-12-15")
    done = agency_referrals.went_on(db, keys, code, id, "maria", "done", "Uang jaminan kembali")
    assert [(s.what, s.staff, s.words) for s in done.steps] == [
        ("prepared", "maria", ""), ("agreed", "maria", ""), ("sent", "maria", ""), ("no_answer", "maria", ""),
        ("accepted", "yuni", "Ditangani Pak Agus"), ("done", "maria", "Uang jaminan kembali"),
    ]  # fmt: skip
    assert (done.is_open, done.follow_up_on) == (False, None)


@pytest.mark.parametrize(
    ("status", "words", "day", "reason"),
    [
        ("refused", " ", None, "no_reason"),
        ("no_answer", "", None, "no_follow_up"),
        ("accepted", "", "minggu depan", "no_follow_up"),
        ("done", "selesai", None, "not_now"),
        ("sent", "", DAY, "not_now"),
    ],
)
def test_a_step_without_what_it_needs_is_refused(
    db: Database, keys: Keyring, code: str, status: str, words: str, day: str | None, reason: str
) -> None:
    id = agreed(db, keys, code)
    agency_referrals.send(db, keys, code, id, "maria", DAY)
    with pytest.raises(NotAllowed) as error:
        agency_referrals.went_on(db, keys, code, id, "maria", status, words, day)
    assert why(error) == reason


def test_whoever_takes_the_consent_back_ends_the_referral(db: Database, keys: Keyring, code: str) -> None:
    id = agreed(db, keys, code)
    agency_referrals.went_on(db, keys, code, id, "maria", "withdrawn", "Berubah pikiran")
    for step in (
        lambda: agency_referrals.send(db, keys, code, id, "maria", DAY),
        lambda: agency_referrals.letter(db, keys, code, id, "maria"),
        lambda: agency_referrals.went_on(db, keys, code, id, "maria", "accepted", "", DAY),
    ):
        with pytest.raises(NotAllowed) as error:
            step()
        assert why(error) == "not_now"


def test_a_number_opens_nothing_under_another_case(db: Database, keys: Keyring, code: str) -> None:
    id = agreed(db, keys, code)
    other = referrals.add(db, keys, NewReferral("help", "normal", TOLD, "bos", None, None, None))
    with pytest.raises(NoSuchAgencyReferral):
        agency_referrals.letter(db, keys, other, id, "maria")
    with pytest.raises(NoSuchReferral):
        agency_referrals.letter(db, keys, "KR-0000-0000", id, "maria")


def test_every_step_is_in_the_audit_and_none_names_the_agency(db: Database, keys: Keyring, code: str) -> None:
    id = agreed(db, keys, code)
    agency_referrals.letter(db, keys, code, id, "maria")
    agency_referrals.send(db, keys, code, id, "maria", DAY)
    deeds = [r["what"] for r in db.query("select what from audit where code = ? order by id", [code])]
    assert deeds[1:] == [
        f"agency referral {id} {what}" for what in ("prepared", "agreed", "letter opened", "sent")
    ]
    assert audit.first_broken(db) is None


def test_what_is_due_shows_only_to_those_who_may_see_the_case(db: Database, keys: Keyring, code: str) -> None:
    early, late, ended = (agreed(db, keys, code) for _ in range(3))
    waiting = prepared(db, keys, code)  # is to be looked at again in three days
    today = date.fromisoformat(now()[:10])
    for id, days in ((late, 9), (early, 1), (ended, 1)):
        agency_referrals.send(db, keys, code, id, "maria", (today + timedelta(days)).isoformat())
    tomorrow = today + timedelta(1)
    agency_referrals.went_on(db, keys, code, ended, "maria", "refused", "Penuh")
    maria, yosef, rina = (staff.active(db, login) for login in ("maria", "yosef", "rina"))
    assert [f.id for f in follow_ups.still_open(db, maria)] == [early, waiting, late]
    assert [f.id for f in follow_ups.still_open(db, maria, after=1, most=1)] == [waiting]
    assert [f.is_due(tomorrow) for f in follow_ups.still_open(db, maria)] == [True, False, False]
    assert follow_ups.count_due(db, maria, tomorrow) == 1
    assert follow_ups.still_open(db, yosef) == follow_ups.still_open(db, rina) == []
    visibility.exclude(db, code, "maria", "lead")
    assert follow_ups.still_open(db, maria) == []
    assert follow_ups.count_due(db, maria, tomorrow) == 0


def test_the_file_holds_nothing_of_it_in_clear(db: Database, keys: Keyring, code: str) -> None:
    id = agreed(db, keys, code, NAMED, identity=True)
    agency_referrals.send(db, keys, code, id, "maria", DAY, "Bu Sari")
    row = next(db.query("select * from agency_referrals"))
    shown = " ".join(str(value) for name, value in row.items() if name != "body")
    for secret in ("Yohana", "diusir", "jaminan", "Sari"):
        assert secret not in shown
        assert secret.encode() not in row["body"]
    referrals.erase_of_chat(db, "ana")
    assert db.table("agency_referrals").count == 0
