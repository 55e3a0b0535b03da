"""One decision about a case: done, or a sentence that says why not; then back to the case."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from litestar.exceptions import NotFoundException
from litestar.plugins.flash import flash
from litestar.response import Redirect
from sqlite_utils import Database

from hotline.deeds import in_words
from hotline.desk import Desk
from hotline.given import AnyRequest
from hotline.in_case import in_case
from hotline.language import language_of, words
from hotline.times import moment
from store import staff, timeline, visibility
from store.assignment import AlreadyTaken
from store.casework import ChangedMeanwhile, NotAllowed
from store.codes import read_code
from store.staff import Member


async def decide(
    request: AnyRequest,
    desk: Desk,
    member: Member,
    typed: str,
    work: Callable[[Database, str], str | None],
    part: str = "",
) -> Redirect:
    """Call work(db, code) and go back to `part` of the case page. What work returns is said there; so is why it was
    refused. To those who may not decide the case does not exist. Raises NotFoundException."""
    say = words(request)
    try:
        said = await in_case(desk, member, typed, work)
    except NotAllowed:
        raise NotFoundException from None
    except AlreadyTaken as error:
        name = await desk.run(_name, error.login)
        flash(request, say("Kasus ini sudah diambil {name}.").format(name=name), "warn")
    except ChangedMeanwhile:
        flash(request, await changed(request, desk, member, typed), "bad")
    else:
        if said:
            flash(request, said, "good")
    if not await desk.run(_still_there, member, typed):
        return Redirect("/", status_code=303)
    return Redirect(case_path(typed, part), status_code=303)


async def changed(request: AnyRequest, desk: Desk, member: Member, typed: str) -> str:
    """What happened while the page was open, and what to do."""
    say = words(request)
    event, names = await in_case(
        desk,
        member,
        typed,
        lambda db, code: (timeline.last_change(db, code), {m.login: m.shown_name for m in staff.listed(db)}),
    )
    if event is None:
        return say("Belum disimpan: kasus ini berubah sementara Anda membukanya. Lihat dulu, lalu ulangi.")
    who = {"": say("Orangnya"), "bot": say("Bot")}.get(event.who) or names.get(event.who, event.who)
    return say(
        "Belum disimpan: sementara Anda membuka halaman ini, kasusnya berubah ({who}, {when}: {what}). "
        "Lihat dulu, lalu ulangi."
    ).format(who=who, when=moment(event.at, language_of(request)), what=in_words(event.what, say, names))


def case_path(typed: str, part: str = "") -> str:
    """The address of a case that is there, however its code was typed."""
    return f"/kasus/{read_code(typed)}{part}"


def _name(db: Database, login: str) -> str:
    member = staff.find(db, login)
    return member.shown_name if member else login


def _still_there(db: Database, member: Member, typed: str) -> bool:
    with suppress(LookupError):
        visibility.find(db, member, typed)
        return True
    return False
