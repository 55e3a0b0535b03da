"""Turns the invented cases into what the store keeps, all their days counted back from this moment."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlite_utils import Database

from hotline.practice import model
from hotline.practice.pictures import drawn
from knowledge.library import Library
from store import practice, sharing, staff
from store.agency_records import AgencyReferral, Consent, Plan, Step
from store.clock import today_in_bali
from store.keys import Keyring
from store.mediation_records import Agreement, Answer, Ending, Helper, Mediation, Party
from store.mediation_records import Step as MediationStep
from store.mediation_sessions import Session
from store.practice import Invented, Written
from store.referrals import NewReferral

NAMES = {"rosa": "latihan-rosa", "damar": "latihan-damar"}  # no accounts: nobody can sign in as them


def fill(db: Database, keys: Keyring, library: Library) -> list[str]:
    """Add all invented cases; returns their codes."""
    mediator = next((m.login for m in staff.listed(db) if m.active and m.role == "mediator"), None)
    return [practice.add(db, keys, _invented(case, library, mediator)) for case in model.cases()]


def _invented(case: model.Case, library: Library, mediator: str | None) -> Invented:
    told = {"lang": "id", **case.told}
    filed = NewReferral(
        kind=case.kind,
        priority="urgent" if case.is_urgent else "normal",
        body=told,
        chat=None,
        reply_to=None,
        regency=library.regency_of(case.told.get("place", "")),
        consent=case.form.consent_version,
        source=case.source,
    )
    return Invented(
        filed=filed,
        filed_at=_ago(case.days),
        status=case.status,
        assigned_to=NAMES[case.assigned] if case.assigned else None,
        closed_at=_ago(case.closed) if case.closed is not None else None,
        outcome=case.outcome,
        restricted=case.restricted,
        tags=case.tags,
        messages=[Written(_ago(said.days), NAMES.get(said.who, ""), said.text) for said in case.messages],
        notes=[Written(_ago(said.days), NAMES[said.who], said.text) for said in case.notes],
        files=[_file(file) for file in case.files],
        agencies=[_agency(one, told, NAMES[case.assigned or "rosa"]) for one in case.agencies],
        mediation=_mediation(case.mediation, NAMES[case.assigned or "rosa"], mediator)
        if case.mediation
        else None,
        sessions=[_session(one) for one in case.mediation.sessions] if case.mediation else [],
    )


def _file(file: model.File) -> tuple[str, str, bytes]:
    if file.text is not None:
        return "text", "text/plain", file.text.encode()
    return "photo", "image/jpeg", drawn(file)


def _agency(one: model.Agency, told: dict[str, str], login: str) -> AgencyReferral:
    steps = tuple(Step(step.what, _ago(step.days), login, step.words) for step in one.steps)
    status = next(step.what for step in reversed(one.steps) if step.what not in ("agreed", "changed"))
    gone = any(step.what == "sent" for step in one.steps)
    consent = _consent(one.consent, login) if one.consent else None
    shared = sharing.shared(told, one.fields, bool(consent and consent.identity)) if gone else None
    follow_up = (
        None if one.follow_up is None else (today_in_bali() + timedelta(days=one.follow_up)).isoformat()
    )
    plan = Plan(one.agency, one.handover, tuple(one.fields), one.asks)
    return AgencyReferral(0, "", plan, status, consent, shared, follow_up, steps)


def _consent(yes: model.Yes, login: str) -> Consent:
    return Consent(yes.how, _ago(yes.days), yes.identity, login, _ago(yes.days))


def _mediation(one: model.Mediation, login: str, mediator: str | None) -> Mediation:
    return Mediation(
        code="",
        mediator=mediator,
        status=one.status,
        screened=MediationStep("screened", _ago(one.screened), login),
        parties=tuple(_party(number, party, login) for number, party in enumerate(one.parties, 1)),
        helpers=tuple(
            Helper(number, helper.name, helper.role, tuple(helper.accepted_by))
            for number, helper in enumerate(one.helpers, 1)
        ),
        agreement=_agreement(one.agreement, login) if one.agreement else None,
        ending=_ending(one.ending, login) if one.ending else None,
        steps=(MediationStep("begun", _ago(one.screened), login),),
    )


def _party(number: int, party: model.Party, login: str) -> Party:
    def answer(yes: bool | None) -> Answer | None:
        return None if yes is None else Answer(yes, party.how, _ago(party.days), login)

    return Party(number, party.side, party.name, party.contact, answer(party.take_part), answer(party.named))


def _agreement(one: model.Agreement, login: str) -> Agreement:
    return Agreement(one.text, _ago(one.days), login, tuple(one.accepted_by))


def _ending(one: model.Ending, login: str) -> Ending:
    return Ending(one.how, one.words, _ago(one.days), login)


def _session(one: model.Session) -> Session:
    day = (today_in_bali() + timedelta(days=one.day)).isoformat()
    return Session(0, day, one.time, one.place, tuple(one.parties), tuple(one.helpers), one.status, one.words)


def _ago(days: float) -> str:
    return (datetime.now(UTC) - timedelta(days=days)).isoformat(timespec="microseconds")
