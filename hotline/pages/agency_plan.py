"""/kasus/…/rujukan/baru and …/ubah: which agency is asked for what, and which answers it is told. Nothing goes out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.plugins.flash import flash
from litestar.response import Redirect, Template
from sqlite_utils import Database

from hotline import agencies, told
from hotline.access import only
from hotline.desk import Desk
from hotline.forms import Several, several
from hotline.given import AnyRequest, GivenDesk, GivenMember
from hotline.in_case import in_case
from hotline.language import language_of, words
from knowledge.called import called
from locales import Translate
from store import agency_records, agency_referrals, audit, openings, practice, referrals, sharing, visibility
from store.agency_records import AgencyReferral, Plan
from store.agency_referrals import NotAllowed
from store.staff import Member

_MAY = [only(*visibility.MANAGERS)]


@dataclass
class PlanForm:
    lembaga: str = ""
    cara: str = "warm"
    bagikan: Several = ""
    minta: str = ""
    meski: str = ""

    @property
    def plan(self) -> Plan:
        """What was typed, as it would be kept."""
        fields = tuple(several(self.bagikan))
        return Plan(self.lembaga, self.cara, fields, self.minta.strip(), self.meski.strip())


@dataclass(frozen=True)
class Planning:
    """What one has to know of a case to choose an agency and what it is told."""

    code: str
    kind: str
    told: dict[str, str]
    wish: str | None
    identity_open: bool
    practice: bool
    plan: Plan


@get("/kasus/{code:str}/rujukan/baru", guards=_MAY)
async def new(
    request: AnyRequest,
    desk: GivenDesk,
    member: GivenMember,
    code: FromPath[str],
    lembaga: FromQuery[str] = "",
) -> Template:
    """A plan to be written; `lembaga` may name the agency already."""
    say = words(request)

    def work(db: Database, code: str) -> Planning:
        return _planning(db, desk, member, code, Plan(lembaga, "warm", (), ""), say)

    return _page(request, desk, await in_case(desk, member, code, work))


@post("/kasus/{code:str}/rujukan/baru", guards=_MAY)
async def make(
    request: AnyRequest,
    desk: GivenDesk,
    member: GivenMember,
    code: FromPath[str],
    data: URLEncodedBody[PlanForm],
) -> Response[Any]:
    """Keep the plan."""
    return await _keep(request, desk, member, code, data.plan, None)


@get("/kasus/{code:str}/rujukan/{number:int}/ubah", guards=_MAY)
async def edit(
    request: AnyRequest, desk: GivenDesk, member: GivenMember, code: FromPath[str], number: FromPath[int]
) -> Response[Any]:
    """The plan as it is, to be changed while nothing has gone out."""
    say = words(request)

    def work(db: Database, code: str) -> tuple[Planning, str]:
        found = agency_records.one(db, desk.keys, code, number)
        return _planning(db, desk, member, code, found.plan, say), found.status

    planning, status = await in_case(desk, member, code, work)
    if status != "prepared":
        return Redirect(f"/kasus/{planning.code}/rujukan/{number}", status_code=303)
    return _page(request, desk, planning, number)


@post("/kasus/{code:str}/rujukan/{number:int}/ubah", guards=_MAY)
async def change(
    request: AnyRequest,
    desk: GivenDesk,
    member: GivenMember,
    code: FromPath[str],
    number: FromPath[int],
    data: URLEncodedBody[PlanForm],
) -> Response[Any]:
    """Keep the other plan; a consent to the old one no longer counts."""
    return await _keep(request, desk, member, code, data.plan, number)


async def _keep(
    request: AnyRequest, desk: Desk, member: Member, typed: str, plan: Plan, number: int | None
) -> Response[Any]:
    say = words(request)

    def work(db: Database, code: str) -> AgencyReferral | tuple[Planning, NotAllowed]:
        try:
            return _kept(db, desk, member, code, plan, number)
        except NotAllowed as error:
            return _planning(db, desk, member, code, plan, say), error

    kept = await in_case(desk, member, typed, work)
    if isinstance(kept, tuple):
        planning, error = kept
        return _page(request, desk, planning, number, error)
    flash(request, say("Rencana tersimpan. Belum ada yang dikirim. Tanyakan izin orangnya."), "good")
    return Redirect(f"/kasus/{kept.code}/rujukan/{kept.id}", status_code=303)


def _kept(
    db: Database, desk: Desk, member: Member, code: str, plan: Plan, number: int | None
) -> AgencyReferral:
    agency = desk.library.contacts.get(plan.agency)
    if agency is None:
        raise NotAllowed("unknown_choice")
    names = called(plan.agency, agency)
    if number is None:
        return agency_referrals.prepare(db, desk.keys, code, member.login, plan, names)
    return agency_referrals.change(db, desk.keys, code, number, member.login, plan, names)


def _planning(db: Database, desk: Desk, member: Member, code: str, plan: Plan, say: Translate) -> Planning:
    audit.record(db, member.login, "read", code)
    return Planning(
        code=code,
        kind=agencies.kind_of(db, code),
        told=referrals.content_of(db, desk.keys, code)["told"],
        wish=agencies.wish(db, desk.keys, code, say),
        identity_open=openings.is_open(db, code, member.login),
        practice=practice.is_practice(db, code),
        plan=plan,
    )


def _page(
    request: AnyRequest,
    desk: Desk,
    planning: Planning,
    number: int | None = None,
    error: NotAllowed | None = None,
) -> Template:
    say, english = words(request), language_of(request) == "en"
    told_to_us = planning.told
    names = {
        id: contact.name_en if english else contact.name for id, contact in desk.library.contacts.items()
    }
    open_to_them = sharing.offered(told_to_us)
    context = {
        "planning": planning,
        "number": number,
        "agencies": sorted(names.items(), key=lambda one: one[1].lower()),
        "handovers": [(value, say(label)) for value, label in agencies.HANDOVERS.items()],
        "offered": [line for line in told.lines(planning.kind, told_to_us, say) if line.name in open_to_them],
        "identity": sharing.IDENTITY,
        "refused": agencies.refusal(error, say) if error else "",
        "wants_reason": bool(planning.plan.despite or (error and error.why == "must_not_know")),
    }
    return Template("agency/plan.html", context=context, status_code=422 if error else 200)


handlers = [new, make, edit, change]
