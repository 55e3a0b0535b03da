"""/kasus/…/rujukan/3/surat: the letter to an agency, for printing; always in Indonesian, as agencies are."""

from __future__ import annotations

from typing import Any

from litestar import Response, get
from litestar.params import FromPath
from litestar.plugins.flash import flash
from litestar.response import Redirect, Template
from sqlite_utils import Database

from hotline import agencies, told
from hotline.access import only
from hotline.given import AnyRequest, GivenDesk, GivenMember
from hotline.in_case import in_case
from hotline.language import words
from hotline.times import local
from knowledge.render import long_date
from locales import translator
from store import agency_records, agency_referrals, openings, practice, visibility
from store.agency_records import AgencyReferral
from store.agency_referrals import NotAllowed
from store.clock import today_in_bali


@get("/kasus/{code:str}/rujukan/{number:int}/surat", guards=[only(*visibility.MANAGERS)])
async def letter(
    request: AnyRequest, desk: GivenDesk, member: GivenMember, code: FromPath[str], number: FromPath[int]
) -> Response[Any]:
    """Wants consent, as sending does. A letter that names the person opens only with the identity."""
    say = words(request)

    def work(db: Database, code: str) -> tuple[AgencyReferral, dict[str, str], str, bool] | None:
        found = agency_records.one(db, desk.keys, code, number)
        if found.plan.tells_identity and not openings.is_open(db, code, member.login):
            return None
        referral, shared = agency_referrals.letter(db, desk.keys, code, number, member.login)
        return referral, shared, agencies.kind_of(db, code), practice.is_practice(db, code)

    here = f"/kasus/{code}/rujukan/{number}"
    try:
        found = await in_case(desk, member, code, work)
    except NotAllowed as error:
        flash(request, agencies.refusal(error, say), "bad")
        return Redirect(here, status_code=303)
    if found is None:
        flash(request, say("Surat ini menyebut nama. Buka dulu nama dan kontak dengan alasan."), "warn")
        return Redirect(here, status_code=303)
    referral, shared, kind, invented = found
    indonesian = translator("id")
    assert referral.consent is not None
    context = {
        "referral": referral,
        "agency": desk.library.contacts.get(referral.plan.agency),
        "lines": told.lines(kind, shared, indonesian),
        "way": agencies.WAYS[referral.consent.how],
        "consent_day": long_date(local(referral.consent.given_at).date(), "id"),
        "today": long_date(today_in_bali(), "id"),
        "hotline": desk.hotline,
        "practice": invented,
    }
    return Template("agency/letter.html", context=context)


handlers = [letter]
