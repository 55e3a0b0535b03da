"""/kasus/…: one case, as a page and for printing, and the ready answers for it."""

from __future__ import annotations

from litestar import get
from litestar.params import FromPath, FromQuery
from litestar.response import Template
from sqlite_utils import Database

from hotline.access import only
from hotline.case_page import case_page, ready
from hotline.given import AnyRequest, GivenDesk, GivenMember
from hotline.in_case import in_case
from hotline.pages.queue import SEES_CASES
from store import referrals


@get("/kasus/{code:str}", guards=[only(*SEES_CASES)])
async def show_case(
    request: AnyRequest,
    desk: GivenDesk,
    member: GivenMember,
    code: FromPath[str],
    jawaban: FromQuery[str] = "",
) -> Template:
    """The whole case; `jawaban` names a ready answer to begin with."""
    return await case_page(request, desk, member, code, answer=jawaban)


@get("/kasus/{code:str}/cetak", guards=[only(*SEES_CASES)])
async def print_case(
    request: AnyRequest, desk: GivenDesk, member: GivenMember, code: FromPath[str]
) -> Template:
    """For paper: without private notes, and without name and contact unless they are open just now."""
    return await case_page(request, desk, member, code, template="case/paper.html", recorded_as="printed")


@get("/kasus/{code:str}/jawaban", guards=[only(*SEES_CASES)])
async def ready_answer(
    desk: GivenDesk, member: GivenMember, code: FromPath[str], jawaban: FromQuery[str] = ""
) -> Template:
    """One ready answer in its box, for htmx; shows nothing of the case."""

    def work(db: Database, found: str) -> tuple[str, str]:
        lang = referrals.content_of(db, desk.keys, found)["told"].get("lang", "id")
        return ready(db, desk, member, found, jawaban), lang

    text, lang = await in_case(desk, member, code, work)
    context = {"draft": text, "draft_error": "", "person_lang": lang}
    return Template("case/draft.html", context=context)


handlers = [show_case, print_case, ready_answer]
