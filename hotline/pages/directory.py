"""/pengetahuan/kontak: the contacts people are given, and a note of who has called which one, when, with what result."""

from __future__ import annotations

from dataclasses import dataclass

from litestar import get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, URLEncodedBody
from litestar.plugins.flash import flash
from litestar.response import Redirect, Template
from sqlite_utils import Database

from hotline import reading
from hotline.access import only
from hotline.desk import Desk
from hotline.given import AnyRequest, GivenDesk, GivenMember
from hotline.language import language_of, words
from knowledge.model import Contact
from knowledge.render import contact_lines, may_be_shown
from store import confirmations, staff
from store.confirmations import Confirmation
from store.visibility import MANAGERS


@dataclass
class CallForm:
    hasil: str = ""


@get("/pengetahuan/kontak", guards=[only(*MANAGERS)])
async def directory(request: AnyRequest, desk: GivenDesk) -> Template:
    """All contacts, those shown in a crisis first, each with its newest call."""
    latest, fresh, names = await desk.run(_calls)
    lang, say = language_of(request), words(request)
    rows = [
        {
            "id": id,
            "name": contact.name_en if lang == "en" else contact.name,
            "crisis": contact.crisis,
            "shown": may_be_shown(contact),
            "ways": ", ".join(channel.shown for channel in contact.channels),
            "call": latest.get(id),
            "result": reading.called(latest[id], say) if id in latest else "",
            "by": names.get(latest[id].confirmed_by, latest[id].confirmed_by) if id in latest else "",
            "fresh": id in fresh,
            "test_called": contact.test_called,
        }
        for id, contact in sorted(desk.library.contacts.items(), key=lambda one: (not one[1].crisis, one[0]))
    ]
    missing = sum(1 for row in rows if row["crisis"] and not row["fresh"] and not row["test_called"])
    return Template("knowledge/directory.html", context={"rows": rows, "missing": missing})


@get("/pengetahuan/kontak/{id:str}", guards=[only(*MANAGERS)])
async def contact(request: AnyRequest, desk: GivenDesk, id: FromPath[str]) -> Template:
    """One contact as people see it, where we know it from, and the calls to it."""
    return await _page(request, desk, id)


@post("/pengetahuan/kontak/{id:str}", guards=[only(*MANAGERS)])
async def confirm(
    request: AnyRequest,
    desk: GivenDesk,
    member: GivenMember,
    id: FromPath[str],
    data: URLEncodedBody[CallForm],
) -> Redirect | Template:
    """Note a call that was just made."""
    say = words(request)
    _contact(desk, id)
    if data.hasil not in confirmations.RESULTS:
        return await _page(request, desk, id, say("Pilih apa yang terjadi waktu ditelepon."))
    await desk.run(confirmations.confirm, id, data.hasil, member.login)
    flash(request, say("Tersimpan."), "good")
    return Redirect(f"/pengetahuan/kontak/{id}", status_code=303)


async def _page(request: AnyRequest, desk: Desk, id: str, error: str = "") -> Template:
    found = _contact(desk, id)
    say, lang = words(request), language_of(request)
    calls, (_latest, _fresh, names) = await desk.run(_one, id)
    context = {
        "id": id,
        "contact": found,
        "name": found.name_en if lang == "en" else found.name,
        "seen": contact_lines(found, lang),
        "is_shown": may_be_shown(found),
        "calls": [
            (call, reading.called(call, say), names.get(call.confirmed_by, call.confirmed_by))
            for call in calls
        ],
        "results": [(value, say(label)) for value, label in reading.RESULTS.items()],
        "error": error,
    }
    return Template("knowledge/contact.html", context=context, status_code=422 if error else 200)


def _contact(desk: Desk, id: str) -> Contact:
    """The contact of this id. Raises NotFoundException."""
    if id not in desk.library.contacts:
        raise NotFoundException
    return desk.library.contacts[id]


def _calls(db: Database) -> tuple[dict[str, Confirmation], set[str], dict[str, str]]:
    names = {one.login: one.shown_name for one in staff.listed(db)}
    return confirmations.latest(db), set(confirmations.reached_lately(db)), names


def _one(
    db: Database, id: str
) -> tuple[list[Confirmation], tuple[dict[str, Confirmation], set[str], dict[str, str]]]:
    return confirmations.of_contact(db, id), _calls(db)


handlers = [directory, contact, confirm]
