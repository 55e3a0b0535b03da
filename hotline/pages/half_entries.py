"""/kasus-baru/…/sementara, …/isian/…, /kasus-baru/buang: what was written down of a call and is not sent yet.

A closed tab, a session that ran out or a call that breaks off loses nothing. Kept from the moment the person has agreed
on, sealed, for the one who wrote it, until it is sent or thrown away, a day at most.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, URLEncodedBody
from litestar.plugins.flash import flash
from litestar.response import Redirect, Template

from hotline import phone_form
from hotline.access import only
from hotline.entry_page import entry_of, entry_page, first, form_at, keep_unfinished, posted
from hotline.given import AnyRequest, GivenDesk, GivenMember
from hotline.language import words
from store import half_entries, visibility
from store.database import now

_MAY = [only(*visibility.MANAGERS)]


@dataclass
class Which:
    entry: str = ""


@post("/kasus-baru/{address:str}/sementara", guards=_MAY, status_code=200)
async def keep_for_now(
    request: AnyRequest, desk: GivenDesk, member: GivenMember, address: FromPath[str]
) -> Response[Any]:
    """Keep what is on the page; console.js's htmx sends it while someone types, the button without scripts."""
    fields, say = await posted(request), words(request)
    sheet = phone_form.filled(form_at(address), fields)
    kept = await desk.run(keep_unfinished, desk, member, sheet, entry_of(fields), first(fields, "source"))
    if request.headers.get("hx-request"):
        return Template("new_case/kept.html", context={"kept": kept, "now": now()})
    if kept:
        flash(request, say("Tersimpan sementara, paling lama 24 jam, hanya untuk Anda."), "good")
        return Redirect("/kasus-baru", status_code=303)
    flash(request, say("Belum disimpan: orangnya belum memberi izin."), "warn")
    return entry_page(request, desk, sheet, fields)


@get("/kasus-baru/{address:str}/isian/{entry:str}", guards=_MAY)
async def go_on_with(
    request: AnyRequest, desk: GivenDesk, member: GivenMember, address: FromPath[str], entry: FromPath[str]
) -> Response[Any]:
    """The page as it was left."""
    form = form_at(address)
    found = await desk.run(half_entries.find, desk.keys, member.login, entry)
    if found is None or found.form != form.name:
        raise NotFoundException
    fields = {**found.posted, "entry": [found.entry]}
    return entry_page(request, desk, phone_form.filled(form, fields), fields)


@post("/kasus-baru/buang", guards=_MAY)
async def throw_away(
    request: AnyRequest, desk: GivenDesk, member: GivenMember, data: URLEncodedBody[Which]
) -> Redirect:
    """It is not wanted any more."""
    say = words(request)
    await desk.run(half_entries.drop, member.login, data.entry)
    flash(request, say("Isian itu dibuang."), "good")
    return Redirect("/kasus-baru", status_code=303)


handlers = [keep_for_now, go_on_with, throw_away]
