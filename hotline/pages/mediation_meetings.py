"""/kasus/…/mediasi/pertemuan and …/kesepakatan: when and where they meet, who came, and what they agree on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Template
from sqlite_utils import Database

from hotline import mediation_room
from hotline.access import only
from hotline.desk import Desk
from hotline.forms import Several, several
from hotline.given import AnyRequest, GivenDesk, GivenMember
from hotline.mediation_room import SEES, Draw, Room, Typed
from hotline.pages.mediation import page
from knowledge.render import long_date
from store import mediation_agreements, mediation_sessions
from store.clock import today_in_bali

_MAY = [only(*SEES)]


@dataclass
class PlanForm:
    tanggal: str = ""
    jam: str = ""
    tempat: str = ""
    undang: Several = ""
    dampingi: Several = ""


@dataclass
class HeldForm:
    hadir: Several = ""
    mendampingi: Several = ""
    catatan: str = ""


@dataclass
class AgreementForm:
    kesepakatan: str = ""


@dataclass
class AcceptForm:
    setuju: str = ""


@post("/kasus/{code:str}/mediasi/pertemuan", guards=_MAY)
async def plan(
    request: AnyRequest,
    desk: GivenDesk,
    member: GivenMember,
    code: FromPath[str],
    data: URLEncodedBody[PlanForm],
) -> Response[Any]:
    """Set a meeting."""

    def work(db: Database, code: str) -> None:
        mediation_sessions.plan(
            db,
            desk.keys,
            code,
            member.login,
            data.tanggal,
            data.jam,
            data.tempat,
            _numbers(data.undang),
            _numbers(data.dampingi),
        )

    return await mediation_room.step(request, desk, member, code, work, page(request, desk), "#pertemuan")


@get("/kasus/{code:str}/mediasi/pertemuan/{number:int}", guards=_MAY)
async def show_session(
    request: AnyRequest, desk: GivenDesk, member: GivenMember, code: FromPath[str], number: FromPath[int]
) -> Template:
    """One meeting: who is invited, or who came and what is kept of it."""
    return await mediation_room.look(request, desk, member, code, _session_page(request, desk, number))


@post("/kasus/{code:str}/mediasi/pertemuan/{number:int}/jadi", guards=_MAY)
async def held(
    request: AnyRequest,
    desk: GivenDesk,
    member: GivenMember,
    code: FromPath[str],
    number: FromPath[int],
    data: URLEncodedBody[HeldForm],
) -> Response[Any]:
    """They met."""

    def work(db: Database, code: str) -> None:
        came, sat = _numbers(data.hadir), _numbers(data.mendampingi)
        mediation_sessions.held(db, desk.keys, code, member.login, number, came, sat, data.catatan)

    draw = _session_page(request, desk, number)
    return await mediation_room.step(request, desk, member, code, work, draw, "#pertemuan")


@post("/kasus/{code:str}/mediasi/pertemuan/{number:int}/batal", guards=_MAY)
async def cancel(
    request: AnyRequest, desk: GivenDesk, member: GivenMember, code: FromPath[str], number: FromPath[int]
) -> Response[Any]:
    """They will not meet."""

    def work(db: Database, code: str) -> None:
        mediation_sessions.cancel(db, desk.keys, code, member.login, number)

    draw = _session_page(request, desk, number)
    return await mediation_room.step(request, desk, member, code, work, draw, "#pertemuan")


@post("/kasus/{code:str}/mediasi/kesepakatan", guards=_MAY)
async def write(
    request: AnyRequest,
    desk: GivenDesk,
    member: GivenMember,
    code: FromPath[str],
    data: URLEncodedBody[AgreementForm],
) -> Response[Any]:
    """Put down what they agree on."""

    def work(db: Database, code: str) -> None:
        mediation_agreements.write(db, desk.keys, code, member.login, data.kesepakatan)

    return await mediation_room.step(request, desk, member, code, work, page(request, desk), "#kesepakatan")


@post("/kasus/{code:str}/mediasi/kesepakatan/{number:int}", guards=_MAY)
async def accept(
    request: AnyRequest,
    desk: GivenDesk,
    member: GivenMember,
    code: FromPath[str],
    number: FromPath[int],
    data: URLEncodedBody[AcceptForm],
) -> Response[Any]:
    """Note a party's yes or no to these words."""

    def work(db: Database, code: str) -> None:
        yes = data.setuju == "ya"
        mediation_agreements.accept(db, desk.keys, code, member.login, number, yes)

    return await mediation_room.step(request, desk, member, code, work, page(request, desk), "#kesepakatan")


@get("/kasus/{code:str}/mediasi/kesepakatan/cetak", guards=_MAY)
async def paper(request: AnyRequest, desk: GivenDesk, member: GivenMember, code: FromPath[str]) -> Template:
    """The agreement for signing, always in Indonesian; names are written by hand, by those who sign."""

    def draw(room: Room, refused: str, typed: Typed) -> Template:
        if room.mediation is None or room.mediation.agreement is None:
            raise NotFoundException
        context = mediation_room.common(request, desk, room, refused, typed) | {
            "agreement": room.mediation.agreement,
            "parties": [party for party in room.mediation.parties if party.is_willing],
            "today": long_date(today_in_bali(), "id"),
        }
        return Template("mediation/agreement.html", context=context)

    return await mediation_room.look(request, desk, member, code, draw)


def _session_page(request: AnyRequest, desk: Desk, number: int) -> Draw:
    def draw(room: Room, refused: str, typed: Typed) -> Template:
        session = room.session(number)
        if session is None:
            raise NotFoundException
        context = mediation_room.common(request, desk, room, refused, typed) | {"session": session}
        return Template("mediation/session.html", context=context)

    return draw


def _numbers(ticked: Several) -> list[int]:
    return [int(one) for one in several(ticked) if one.isdecimal()]


handlers = [plan, show_session, held, cancel, write, accept, paper]
