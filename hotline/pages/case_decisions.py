"""/kasus/…/ambil, tugaskan, status, prioritas: whose a case is, where it stands, how urgent it is."""

from __future__ import annotations

from dataclasses import dataclass

from litestar import post
from litestar.params import FromPath, URLEncodedBody
from litestar.plugins.flash import flash
from litestar.response import Redirect
from sqlite_utils import Database

from hotline.access import only
from hotline.decide import decide
from hotline.given import AnyRequest, GivenDesk, GivenMember
from hotline.language import words
from store import assignment, casework
from store.casework import OUTCOMES, PRIORITIES
from store.referrals import STATUSES
from store.visibility import MANAGERS

_MAY = [only(*MANAGERS)]


@dataclass
class Whose:
    petugas: str = ""
    dilihat: str = ""


@dataclass
class Where:
    status: str = ""
    hasil: str = ""
    dilihat: str = ""


@dataclass
class HowUrgent:
    prioritas: str = ""
    dilihat: str = ""


@post("/kasus/{code:str}/ambil", guards=_MAY)
async def take(request: AnyRequest, desk: GivenDesk, member: GivenMember, code: FromPath[str]) -> Redirect:
    """Into one's own hands, if nobody has it."""
    say = words(request)

    def work(db: Database, found: str) -> str:
        assignment.take(db, desk.keys, found, member)
        return say("Kasus ini sekarang di tangan Anda.")

    return await decide(request, desk, member, code, work)


@post("/kasus/{code:str}/tugaskan", guards=_MAY)
async def assign(
    request: AnyRequest,
    desk: GivenDesk,
    member: GivenMember,
    code: FromPath[str],
    data: URLEncodedBody[Whose],
) -> Redirect:
    """Into somebody's hands, or back into the queue."""
    say = words(request)

    def work(db: Database, found: str) -> str:
        if data.petugas:
            assignment.assign(db, desk.keys, found, member, data.petugas, data.dilihat or None)
        else:
            assignment.give_back(db, found, member, data.dilihat or None)
        return say("Tugas disimpan.")

    return await decide(request, desk, member, code, work, "#putusan")


@post("/kasus/{code:str}/status", guards=_MAY)
async def set_status(
    request: AnyRequest,
    desk: GivenDesk,
    member: GivenMember,
    code: FromPath[str],
    data: URLEncodedBody[Where],
) -> Redirect:
    """Where it stands; closing wants an outcome."""
    say = words(request)
    if data.status not in STATUSES or (data.status == "closed" and data.hasil not in OUTCOMES):
        flash(request, say("Pilih hasilnya dulu, baru tutup kasusnya."), "bad")
        return await decide(request, desk, member, code, lambda _db, _code: None, "#putusan")

    def work(db: Database, found: str) -> str:
        told = casework.set_status(
            db, desk.keys, found, member, data.status, data.hasil or None, data.dilihat or None
        )
        return say("Status disimpan. Orangnya dikabari.") if told else say("Status disimpan.")

    return await decide(request, desk, member, code, work, "#putusan")


@post("/kasus/{code:str}/prioritas", guards=_MAY)
async def set_priority(
    request: AnyRequest,
    desk: GivenDesk,
    member: GivenMember,
    code: FromPath[str],
    data: URLEncodedBody[HowUrgent],
) -> Redirect:
    """Urgent or not; the deadline follows."""
    say = words(request)

    def work(db: Database, found: str) -> str | None:
        if data.prioritas not in PRIORITIES:
            return None
        casework.set_priority(db, found, member, data.prioritas, desk.hotline.deadlines, data.dilihat or None)
        return say("Prioritas disimpan.")

    return await decide(request, desk, member, code, work, "#putusan")


handlers = [take, assign, set_status, set_priority]
