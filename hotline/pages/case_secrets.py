"""/kasus/…/buka and …/lingkar: who the person is, and who of the staff must not know of the case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from litestar import Response, post
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect
from sqlite_utils import Database

from hotline.access import only
from hotline.case_page import case_page
from hotline.decide import case_path, decide
from hotline.forms import Several, several
from hotline.given import AnyRequest, GivenDesk, GivenMember
from hotline.in_case import in_case
from hotline.language import words
from hotline.pages.queue import SEES_CASES
from hotline.paths import own_path
from store import openings, staff, visibility
from store.casework import NotAllowed
from store.visibility import LEADS, MANAGERS


@dataclass
class Reason:
    alasan: str = ""
    kembali: str = ""


@dataclass
class Circle:
    petugas: Several = ""


@post("/kasus/{code:str}/buka", guards=[only(*SEES_CASES)])
async def open_identity(
    request: AnyRequest,
    desk: GivenDesk,
    member: GivenMember,
    code: FromPath[str],
    data: URLEncodedBody[Reason],
) -> Response[Any]:
    """Break the glass: at once, with a reason, for a while."""
    say = words(request)

    def work(db: Database, found: str) -> None:
        openings.open_identity(db, desk.keys, found, member.login, data.alasan)

    try:
        await in_case(desk, member, code, work)
    except openings.NoReason:
        problem = say("Tulis alasannya dengan beberapa kata.")
        return await case_page(request, desk, member, code, status=422, identity_error=problem, error=problem)
    return Redirect(own_path(data.kembali) or case_path(code, "#identitas"), status_code=303)


@post("/kasus/{code:str}/lingkar", guards=[only(*MANAGERS)])
async def set_circle(
    request: AnyRequest,
    desk: GivenDesk,
    member: GivenMember,
    code: FromPath[str],
    data: URLEncodedBody[Circle],
) -> Redirect:
    """Exactly these must not know; saving the list confirms it."""
    say = words(request)
    ticked = set(several(data.petugas))

    def work(db: Database, found: str) -> str:
        restricted = next(db.query("select restricted from referrals where code = ?", [found]))["restricted"]
        if member.role not in LEADS and not restricted:
            raise NotAllowed(member.role)
        shown = {
            person.login for person in staff.listed(db) if person.active and person.login != member.login
        }
        before = set(visibility.excluded(db, found))
        for login in sorted((ticked & shown) - before):
            visibility.exclude(db, found, login, member.login)
        for login in sorted((before & shown) - ticked):
            visibility.admit(db, found, login, member.login)
        if restricted:
            visibility.confirm(db, found, member.login)
        return say("Daftar disimpan.")

    return await decide(request, desk, member, code, work, "#putusan")


handlers = [open_identity, set_circle]
