"""/rujukan: referrals to agencies somebody should look at again, the longest due first."""

from __future__ import annotations

from litestar import get
from litestar.params import FromQuery
from litestar.response import Template
from sqlite_utils import Database

from hotline import agencies
from hotline.access import only
from hotline.given import GivenDesk, GivenMember
from hotline.menu import Entry, noted
from hotline.people import shown_names
from store import follow_ups, visibility
from store.clock import today_in_bali
from store.follow_ups import MOST_COUNTED, PAGE, FollowUp

_ = noted
menu = Entry("/rujukan", _("Rujukan"), visibility.MANAGERS, 30)


@get("/rujukan", guards=[only(*visibility.MANAGERS)])
async def due(desk: GivenDesk, member: GivenMember, mulai: FromQuery[str] = "0") -> Template:
    """All that is still open; `mulai`: how many to pass over."""
    start = int(mulai) if mulai.isdecimal() and len(mulai) < 7 else 0
    day = today_in_bali()

    def work(db: Database) -> tuple[list[FollowUp], int, dict[str, str]]:
        found = follow_ups.still_open(db, member, after=start, most=PAGE + 1)
        return found, follow_ups.count_due(db, member, day), shown_names(db)

    found, count, people = await desk.run(work)
    context = {
        "rows": found[:PAGE],
        "count": count,
        "most_counted": MOST_COUNTED,
        "today": day,
        "people": people,
        "statuses": agencies.STATUSES,
        "tones": agencies.TONES,
        "contacts": desk.library.contacts,
        "before": f"/rujukan?mulai={max(0, start - PAGE)}" if start else None,
        "after": f"/rujukan?mulai={start + PAGE}" if len(found) > PAGE else None,
    }
    return Template("agency/due.html", context=context)


handlers = [due]
