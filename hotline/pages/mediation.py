"""/kasus/…/mediasi: one mediation from the check that it is safe to its end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Template
from sqlite_utils import Database

from hotline import mediation, mediation_room
from hotline.access import only
from hotline.desk import Desk
from hotline.given import AnyRequest, GivenDesk, GivenMember
from hotline.language import words
from hotline.mediation_room import SEES, Draw, Room, Typed
from store import mediation_records, mediations
from store.mediation_records import Mediation, NotAllowed
from store.visibility import LEADS, MANAGERS

_MAY = [only(*SEES)]
_DECIDES = [only(*MANAGERS)]
NONE = "none"  # of what must never be mediated


@dataclass
class CheckForm:
    periksa: str = ""


@dataclass
class MediatorForm:
    mediator: str = ""


@dataclass
class StopForm:
    alasan: str = ""
    alasan_kata: str = ""


@dataclass
class EndForm:
    hasil: str = ""
    hasil_kata: str = ""


@get("/kasus/{code:str}/mediasi", guards=_MAY)
async def show(request: AnyRequest, desk: GivenDesk, member: GivenMember, code: FromPath[str]) -> Template:
    """Where it stands, and the steps that come next."""
    return await mediation_room.look(request, desk, member, code, page(request, desk))


@post("/kasus/{code:str}/mediasi/mulai", guards=_DECIDES)
async def begin(
    request: AnyRequest,
    desk: GivenDesk,
    member: GivenMember,
    code: FromPath[str],
    data: URLEncodedBody[CheckForm],
) -> Response[Any]:
    """Begin after the check; whatever it finds stops the mediation before it begins."""

    def work(db: Database, code: str) -> None:
        if _was_stopped(db, desk, code) and member.role not in LEADS:
            raise NotAllowed("unsafe")
        if data.periksa in mediations.NEVER_FOR:
            mediations.stop(db, desk.keys, code, member.login, data.periksa)
        else:
            mediations.begin(db, desk.keys, code, member.login, data.periksa == NONE)

    return await mediation_room.step(request, desk, member, code, work, page(request, desk))


@post("/kasus/{code:str}/mediasi/mediator", guards=_DECIDES)
async def assign(
    request: AnyRequest,
    desk: GivenDesk,
    member: GivenMember,
    code: FromPath[str],
    data: URLEncodedBody[MediatorForm],
) -> Response[Any]:
    """Give it to a mediator."""

    def work(db: Database, code: str) -> None:
        mediations.assign(db, desk.keys, code, data.mediator, member.login)

    return await mediation_room.step(request, desk, member, code, work, page(request, desk))


@post("/kasus/{code:str}/mediasi/hentikan", guards=_MAY)
async def stop(
    request: AnyRequest,
    desk: GivenDesk,
    member: GivenMember,
    code: FromPath[str],
    data: URLEncodedBody[StopForm],
) -> Response[Any]:
    """Stop for safety."""

    def work(db: Database, code: str) -> None:
        mediations.stop(db, desk.keys, code, member.login, data.alasan, data.alasan_kata)

    return await mediation_room.step(request, desk, member, code, work, page(request, desk))


@post("/kasus/{code:str}/mediasi/selesai", guards=_MAY)
async def finish(
    request: AnyRequest,
    desk: GivenDesk,
    member: GivenMember,
    code: FromPath[str],
    data: URLEncodedBody[EndForm],
) -> Response[Any]:
    """End it, with or without an agreement."""

    def work(db: Database, code: str) -> None:
        mediations.finish(db, desk.keys, code, member.login, data.hasil, data.hasil_kata)

    return await mediation_room.step(request, desk, member, code, work, page(request, desk))


def _was_stopped(db: Database, desk: Desk, code: str) -> bool:
    return _is_stopped(mediation_records.find(db, desk.keys, code))


def _is_stopped(found: Mediation | None) -> bool:
    """For safety; only a lead may find that this was a mistake."""
    return bool(found and found.ending and found.ending.reason)


def page(request: AnyRequest, desk: Desk) -> Draw:
    """How the main page is drawn."""
    say = words(request)

    def draw(room: Room, refused: str, typed: Typed) -> Template:
        reasons = [(value, say(label)) for value, label in mediation.REASONS.items()]
        endings = [(value, say(mediation.ENDINGS[value])) for value in mediations.ENDINGS]
        context = mediation_room.common(request, desk, room, refused, typed) | {
            "reasons": reasons,
            "check": [*reasons, (NONE, say("Tidak ada satu pun dari ini"))],
            "endings": endings,
            "roles": [(value, say(label)) for value, label in mediation.HELPERS.items()],
            "candidates": [(one.login, one.shown_name) for one in room.candidates],
            "may_begin": request.user.role in (LEADS if _is_stopped(room.mediation) else MANAGERS)
            and (room.mediation is None or room.mediation.status == "ended"),
        }
        return Template("mediation/room.html", context=context)

    return draw


handlers = [show, begin, assign, stop, finish]
