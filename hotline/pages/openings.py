"""/pembukaan: what was opened behind the fold, for a lead to look at within a day."""

from __future__ import annotations

from typing import Any

from litestar import get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.plugins.flash import flash
from litestar.response import Redirect, Template
from sqlite_utils import Database

from hotline.access import only
from hotline.desk import Desk
from hotline.given import AnyRequest, GivenDesk, GivenMember
from hotline.language import words
from hotline.menu import Entry
from hotline.menu import noted as _
from store import openings, practice, staff
from store.openings import OwnOpening
from store.staff import Member
from store.visibility import LEADS

menu = Entry("/pembukaan", _("Pembukaan identitas"), roles=LEADS, place=50)


@get("/pembukaan", guards=[only(*LEADS)])
async def show_openings(desk: GivenDesk, member: GivenMember) -> Template:
    """Openings nobody has looked at yet, the longest waiting first."""
    return Template("openings.html", context=await desk.run(_waiting, desk, member))


@post("/pembukaan/{number:int}", guards=[only(*LEADS)])
async def review(
    request: AnyRequest, desk: GivenDesk, member: GivenMember, number: FromPath[int]
) -> Redirect:
    """Looked at."""
    say = words(request)
    try:
        if not await desk.run(openings.review, number, member):
            raise NotFoundException
        flash(request, say("Pembukaan itu sudah diperiksa."), "good")
    except OwnOpening:
        flash(request, say("Pembukaan Anda sendiri diperiksa koordinator lain."), "warn")
    return Redirect("/pembukaan", status_code=303)


def _waiting(db: Database, desk: Desk, member: Member) -> dict[str, Any]:
    found = openings.to_review(db, desk.keys, member)
    return {
        "openings": found,
        "names": {m.login: m.shown_name for m in staff.listed(db)},
        "practice": {opening.code for opening in found if practice.is_practice(db, opening.code)},
    }


handlers = [show_openings, review]
