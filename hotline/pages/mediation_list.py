"""/mediasi: requests for mediation and their next meetings; for a mediator, her own."""

from __future__ import annotations

from litestar import get
from litestar.params import FromQuery
from litestar.response import Template
from sqlite_utils import Database

from hotline import mediation
from hotline.access import only
from hotline.given import GivenDesk, GivenMember
from hotline.mediation_room import SEES
from hotline.menu import Entry, noted
from hotline.people import shown_names
from store import mediation_list
from store.clock import today_in_bali
from store.mediation_list import PAGE, Standing

_ = noted
menu = Entry("/mediasi", _("Mediasi"), SEES, 40)


@get("/mediasi", guards=[only(*SEES)])
async def listed(desk: GivenDesk, member: GivenMember, mulai: FromQuery[str] = "0") -> Template:
    """All that go on or wait to begin; `mulai`: how many to pass over."""
    start = int(mulai) if mulai.isdecimal() and len(mulai) < 7 else 0
    since = today_in_bali().isoformat()

    def work(db: Database) -> tuple[list[Standing], dict[str, str]]:
        return mediation_list.listed(db, member, since, start, PAGE + 1), shown_names(db)

    found, people = await desk.run(work)
    context = {
        "rows": found[:PAGE],
        "words": mediation,
        "people": people,
        "before": f"/mediasi?mulai={max(0, start - PAGE)}" if start else None,
        "after": f"/mediasi?mulai={start + PAGE}" if len(found) > PAGE else None,
    }
    return Template("mediation/list.html", context=context)


handlers = [listed]
