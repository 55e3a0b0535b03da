"""One referral to an agency as staff look at it: exactly what is told with it, folded where it says who it is."""

from __future__ import annotations

from dataclasses import dataclass

from sqlite_utils import Database

from hotline import agencies, told
from hotline.desk import Desk
from hotline.people import shown_names
from language.anonymise import anonymised
from locales import Translate
from store import agency_records, agency_referrals, audit, openings, practice, referrals, sharing
from store.agency_records import AgencyReferral
from store.staff import Member

_NO_STORY = (*sharing.IDENTITY, "place")  # names stand there because they are asked for


@dataclass(frozen=True)
class Shown:
    """One referral and what is told with it. `hidden`: answers that say who it is, not opened by this member."""

    referral: AgencyReferral
    lines: tuple[told.Line, ...]
    hidden: bool
    names_found: int
    under_age: bool
    practice: bool
    people: dict[str, str]


def look(db: Database, desk: Desk, member: Member, code: str, number: int, say: Translate) -> Shown:
    """Look at a referral; recorded. Raises NoSuchReferral, NoSuchAgencyReferral."""
    referral = agency_records.one(db, desk.keys, code, number)
    audit.record(db, member.login, f"agency referral {number} read", code)
    shared = dict(agency_referrals.shares(db, desk.keys, referral))
    told_to_us = referrals.content_of(db, desk.keys, code)["told"]
    for name in set(referral.plan.fields) & set(sharing.IDENTITY):
        shared.setdefault(name, told_to_us[name])  # planned, though it goes out only with consent to it
    lines = told.lines(agencies.kind_of(db, code), shared, say)
    free = [line.text for line in lines if line.own_words and line.name not in _NO_STORY]
    return Shown(
        referral,
        tuple(lines),
        hidden=not openings.is_open(db, code, member.login),
        names_found=sum(anonymised(text).found for text in [*free, referral.plan.asks]),
        under_age=referrals.is_minor(told_to_us),
        practice=practice.is_practice(db, code),
        people=shown_names(db),
    )
