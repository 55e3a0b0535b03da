"""/kasus/…/rujukan/3: one referral to an agency, from the consent to it to its outcome."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath, URLEncodedBody
from litestar.plugins.flash import flash
from litestar.response import Redirect, Template
from sqlite_utils import Database

from hotline import agencies
from hotline.access import only
from hotline.agency_shown import Shown, look
from hotline.desk import Desk
from hotline.given import AnyRequest, GivenDesk, GivenMember
from hotline.in_case import in_case, stored_moment, typed_now
from hotline.language import words
from store import agency_referrals, sharing, visibility
from store.agency_records import OPEN
from store.agency_referrals import NotAllowed
from store.clock import today_in_bali
from store.staff import Member

_MAY = [only(*visibility.MANAGERS)]
_LOOK_AGAIN = timedelta(
    days=7
)  # what the form proposes; an agency that says nothing for a week will not call by itself


@dataclass
class ConsentForm:
    cara: str = ""
    waktu: str = ""
    nama: str = ""


@dataclass
class SendForm:
    tengok: str = ""
    kata: str = ""


@dataclass
class StepForm:
    keadaan: str = ""
    kata: str = ""
    tengok: str = ""


@get("/kasus/{code:str}/rujukan/{number:int}", guards=_MAY)
async def show(
    request: AnyRequest, desk: GivenDesk, member: GivenMember, code: FromPath[str], number: FromPath[int]
) -> Template:
    """Where it stands, what the agency is told, and the step that comes next."""
    say = words(request)
    found = await in_case(desk, member, code, lambda db, code: look(db, desk, member, code, number, say))
    return _page(request, desk, found)


@post("/kasus/{code:str}/rujukan/{number:int}/izin", guards=_MAY)
async def agree(
    request: AnyRequest,
    desk: GivenDesk,
    member: GivenMember,
    code: FromPath[str],
    number: FromPath[int],
    data: URLEncodedBody[ConsentForm],
) -> Response[Any]:
    """Note that the person agreed to this very referral."""

    def work(db: Database, code: str) -> None:
        moment = stored_moment(data.waktu)
        if moment is None:
            raise NotAllowed("in_future")
        agency_referrals.agree(
            db, desk.keys, code, number, member.login, data.cara, moment, data.nama == "ya"
        )

    return await _stepped(request, desk, member, code, number, work)


@post("/kasus/{code:str}/rujukan/{number:int}/kirim", guards=_MAY)
async def send(
    request: AnyRequest,
    desk: GivenDesk,
    member: GivenMember,
    code: FromPath[str],
    number: FromPath[int],
    data: URLEncodedBody[SendForm],
) -> Response[Any]:
    """Note that it has gone out."""

    def work(db: Database, code: str) -> None:
        agency_referrals.send(db, desk.keys, code, number, member.login, data.tengok, data.kata)

    return await _stepped(request, desk, member, code, number, work)


@post("/kasus/{code:str}/rujukan/{number:int}/lanjut", guards=_MAY)
async def go_on(
    request: AnyRequest,
    desk: GivenDesk,
    member: GivenMember,
    code: FromPath[str],
    number: FromPath[int],
    data: URLEncodedBody[StepForm],
) -> Response[Any]:
    """Note an answer, an outcome, or that the consent was taken back."""

    def work(db: Database, code: str) -> None:
        agency_referrals.went_on(
            db, desk.keys, code, number, member.login, data.keadaan, data.kata, data.tengok or None
        )

    return await _stepped(request, desk, member, code, number, work)


async def _stepped(
    request: AnyRequest, desk: Desk, member: Member, typed: str, number: int, work: Any
) -> Response[Any]:
    """Take a step; a refused one shows the page with the reason and what was typed."""
    say = words(request)

    def whole(db: Database, code: str) -> tuple[Shown, NotAllowed] | str:
        try:
            work(db, code)
            return code
        except NotAllowed as error:
            return look(db, desk, member, code, number, say), error

    done = await in_case(desk, member, typed, whole)
    if isinstance(done, str):
        flash(request, say("Tersimpan."), "good")
        return Redirect(f"/kasus/{done}/rujukan/{number}", status_code=303)
    shown, error = done
    typed_fields = {name: str(value) for name, value in (await request.form()).items()}
    return _page(request, desk, shown, error, typed_fields)


def _page(
    request: AnyRequest,
    desk: Desk,
    shown: Shown,
    error: NotAllowed | None = None,
    typed: dict[str, str] | None = None,
) -> Template:
    say = words(request)
    referral = shown.referral
    steps = [status for status in agency_referrals.NEXT.get(referral.status, ()) if status != "sent"]
    context = {
        "shown": shown,
        "person": lambda login: shown.people.get(login, login),
        "referral": referral,
        "agency": desk.library.contacts.get(referral.plan.agency),
        "row": agencies.Row(referral, None),
        "steps": [(status, say(agencies.STATUSES[status])) for status in steps],
        "step_names": agencies.STEPS,
        "handover": agencies.HANDOVERS[referral.plan.handover],
        "ways": [(value, say(label)) for value, label in agencies.WAYS.items()],
        "way_names": agencies.WAYS,
        "identity": sharing.IDENTITY,
        "stays_open": [status for status in steps if status in OPEN],
        "now": typed_now(),
        "look_again": (today_in_bali() + _LOOK_AGAIN).isoformat(),
        "refused": agencies.refusal(error, say) if error else "",
        "typed": typed or {},
    }
    return Template("agency/show.html", context=context, status_code=422 if error else 200)


handlers = [show, agree, send, go_on]
