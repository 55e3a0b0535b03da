"""/kasus/…/mediasi/pihak and …/pendamping: who takes part, who sits with them, and what each has agreed to."""

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
from hotline.in_case import stored_moment
from hotline.mediation_room import SEES, Draw, Room, Typed
from hotline.pages.mediation import page
from store import mediation_parties, openings
from store.mediation_records import NotAllowed

_MAY = [only(*SEES)]


@dataclass
class PartyForm:
    pihak_nama: str = ""
    pihak_kontak: str = ""


@dataclass
class AnswerForm:
    ikut: str = ""
    disebut: str = ""
    cara: str = ""
    waktu: str = ""


@dataclass
class HelperForm:
    pendamping_nama: str = ""
    pendamping_peran: str = ""


@dataclass
class AcceptForm:
    diterima: Several = ""


@post("/kasus/{code:str}/mediasi/pihak", guards=_MAY)
async def add_party(
    request: AnyRequest,
    desk: GivenDesk,
    member: GivenMember,
    code: FromPath[str],
    data: URLEncodedBody[PartyForm],
) -> Response[Any]:
    """Note who the other side is."""

    def work(db: Database, code: str) -> None:
        mediation_parties.add(db, desk.keys, code, member.login, data.pihak_nama, data.pihak_kontak)

    return await mediation_room.step(request, desk, member, code, work, page(request, desk), "#pihak")


@get("/kasus/{code:str}/mediasi/pihak/{number:int}", guards=_MAY)
async def show_party(
    request: AnyRequest, desk: GivenDesk, member: GivenMember, code: FromPath[str], number: FromPath[int]
) -> Template:
    """What one party has agreed to."""
    return await mediation_room.look(request, desk, member, code, _party_page(request, desk, number))


@post("/kasus/{code:str}/mediasi/pihak/{number:int}", guards=_MAY)
async def describe_party(
    request: AnyRequest,
    desk: GivenDesk,
    member: GivenMember,
    code: FromPath[str],
    number: FromPath[int],
    data: URLEncodedBody[PartyForm],
) -> Response[Any]:
    """Change a party's name and contact; whoever has not opened them cannot write over them."""

    def work(db: Database, code: str) -> None:
        if not openings.is_open(db, code, member.login):
            raise NotFoundException
        mediation_parties.describe(
            db, desk.keys, code, member.login, number, data.pihak_nama, data.pihak_kontak
        )

    draw = _party_page(request, desk, number)
    return await mediation_room.step(request, desk, member, code, work, draw, f"/pihak/{number}")


@post("/kasus/{code:str}/mediasi/pihak/{number:int}/jawaban", guards=_MAY)
async def answer(
    request: AnyRequest,
    desk: GivenDesk,
    member: GivenMember,
    code: FromPath[str],
    number: FromPath[int],
    data: URLEncodedBody[AnswerForm],
) -> Response[Any]:
    """Note what a party said when asked."""

    def work(db: Database, code: str) -> None:
        moment = stored_moment(data.waktu)
        if moment is None:
            raise NotAllowed("in_future")
        if data.ikut not in ("ya", "tidak"):
            raise NotAllowed("unknown_choice")
        mediation_parties.answered(
            db,
            desk.keys,
            code,
            member.login,
            number,
            data.ikut == "ya",
            data.disebut == "ya",
            data.cara,
            moment,
        )

    draw = _party_page(request, desk, number)
    return await mediation_room.step(request, desk, member, code, work, draw, "#pihak")


@post("/kasus/{code:str}/mediasi/pendamping", guards=_MAY)
async def add_helper(
    request: AnyRequest,
    desk: GivenDesk,
    member: GivenMember,
    code: FromPath[str],
    data: URLEncodedBody[HelperForm],
) -> Response[Any]:
    """Propose someone who could sit with them."""

    def work(db: Database, code: str) -> None:
        mediation_parties.add_helper(
            db, desk.keys, code, member.login, data.pendamping_nama, data.pendamping_peran
        )

    return await mediation_room.step(request, desk, member, code, work, page(request, desk), "#pendamping")


@post("/kasus/{code:str}/mediasi/pendamping/{number:int}", guards=_MAY)
async def accept_helper(
    request: AnyRequest,
    desk: GivenDesk,
    member: GivenMember,
    code: FromPath[str],
    number: FromPath[int],
    data: URLEncodedBody[AcceptForm],
) -> Response[Any]:
    """Note which parties want this helper there."""
    accepted = [int(one) for one in several(data.diterima) if one.isdecimal()]

    def work(db: Database, code: str) -> None:
        mediation_parties.accept_helper(db, desk.keys, code, member.login, number, accepted)

    return await mediation_room.step(request, desk, member, code, work, page(request, desk), "#pendamping")


def _party_page(request: AnyRequest, desk: Desk, number: int) -> Draw:
    def draw(room: Room, refused: str, typed: Typed) -> Template:
        party = room.party(number)
        if party is None:
            raise NotFoundException
        context = mediation_room.common(request, desk, room, refused, typed) | {"party": party}
        return Template("mediation/party.html", context=context)

    return draw


handlers = [add_party, show_party, describe_party, answer, add_helper, accept_helper]
