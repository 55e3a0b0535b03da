"""/jejak: who looked at or changed what, by case and by person."""

from __future__ import annotations

from urllib.parse import urlencode

from litestar import get
from litestar.params import FromQuery
from litestar.response import Template
from sqlite_utils import Database

from hotline.access import only
from hotline.deeds import in_words
from hotline.given import AnyRequest, GivenDesk, GivenMember
from hotline.language import words
from hotline.menu import Entry
from hotline.menu import noted as _
from store import audit_trail, practice, staff, visibility
from store.audit_trail import Page
from store.staff import Member
from store.visibility import LEADS

_MACHINES = ("bot", "operator")  # the bot itself; whoever gave a command at the machine
menu = Entry("/jejak", _("Jejak"), roles=LEADS, place=80)


@get("/jejak", guards=[only(*LEADS)])
async def trail(
    request: AnyRequest,
    member: GivenMember,
    desk: GivenDesk,
    kasus: FromQuery[str] = "",
    orang: FromQuery[str] = "",
    sebelum: FromQuery[str] = "",
) -> Template:
    """A page of deeds, newest first. What is hidden from this lead is hidden here, too."""
    before = int(sebelum) if sebelum.isdecimal() and len(sebelum) < 18 else None
    page, names, links, invented = await desk.run(_found, member, kasus.strip(), orang, before)
    say = words(request)
    asked = {"kasus": kasus.strip(), "orang": orang}
    older = urlencode({**asked, "sebelum": page.older}) if page.older else None
    context = {
        "rows": [
            (row, in_words(row.what, say, names), row.code in links, row.code in invented)
            for row in page.rows
        ],
        "names": names,
        "people": [(login, names.get(login, login)) for login in sorted({*names, *_MACHINES})],
        "asked": asked,
        "older": f"/jejak?{older}" if older else None,
        "newest": f"/jejak?{urlencode(asked)}" if before else None,
    }
    return Template("audit.html", context=context)


def _found(
    db: Database, member: Member, code: str, who: str, before: int | None
) -> tuple[Page, dict[str, str], set[str], set[str]]:
    """A page, the names of all members, the codes that still lead to a case, and those of cases for practice."""
    page = audit_trail.page(db, member, code, who, before)
    names = {one.login: one.shown_name for one in staff.listed(db)}
    codes = {row.code for row in page.rows if row.code}
    links = {code for code in codes if visibility.may_see(db, member, code)}
    return page, names, links, {code for code in codes if practice.is_practice(db, code)}


handlers = [trail]
