"""/: the queue, a group of cases at a time; /cari: straight to a case by its code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from litestar import get, post
from litestar.params import FromQuery, URLEncodedBody
from litestar.plugins.flash import flash
from litestar.response import Redirect, Template
from sqlite_utils import Database

from hotline import labels
from hotline.access import only
from hotline.desk import Desk
from hotline.given import AnyRequest, GivenDesk, GivenMember
from hotline.language import words
from hotline.menu import Entry
from hotline.menu import noted as _
from store import practice, queue, staff, visibility
from store.queue import GROUPS, Page
from store.queue_index import NOBODY, Filters, Place
from store.referrals import NoSuchReferral
from store.staff import Member
from store.visibility import MANAGERS

SEES_CASES = (*MANAGERS, "mediator")
menu = Entry("/", _("Antrean"), roles=SEES_CASES, place=10)


@dataclass
class Code:
    kode: str = ""


@dataclass(frozen=True)
class Asked:
    """What the address asks for: a group of cases, and what narrows it. Holds nothing about a person."""

    kelompok: str
    jenis: str
    wilayah: str
    petugas: str
    tanda: str
    belum: str
    latihan: str

    @property
    def filters(self) -> Filters:
        return Filters(
            kind=self.jenis or None,
            regency=self.wilayah or None,
            assigned=self.petugas or None,
            tag=self.tanda or None,
            unread=self.belum == "ya",
            practice=self.latihan == "ya",
        )

    @property
    def narrowed(self) -> bool:
        return any((self.jenis, self.wilayah, self.petugas, self.tanda, self.belum))

    def address(self, **changes: str) -> str:
        """The same list with changes: another group, another page."""
        wanted = {**self.__dict__, **changes}
        return f"/?{urlencode({name: value for name, value in wanted.items() if value})}"


@get("/", guards=[only(*SEES_CASES)])
async def show_queue(
    desk: GivenDesk,
    member: GivenMember,
    kelompok: FromQuery[str] = "new",
    jenis: FromQuery[str] = "",
    wilayah: FromQuery[str] = "",
    petugas: FromQuery[str] = "",
    tanda: FromQuery[str] = "",
    belum: FromQuery[str] = "",
    latihan: FromQuery[str] = "",
    setelah: FromQuery[str] = "",
    sebelum: FromQuery[str] = "",
) -> Template:
    """One page of one group."""
    group = kelompok if kelompok in GROUPS else GROUPS[0]
    asked = Asked(group, jenis, wilayah, petugas, tanda, belum, latihan)
    found = await desk.run(_found, member, asked, Place.read(setelah), Place.read(sebelum))
    context = {**found, **_choices(desk, found["people"], member), "asked": asked, "labels": labels}
    return Template("queue.html", context=context)


@post("/cari", guards=[only(*SEES_CASES)])
async def search(
    request: AnyRequest, desk: GivenDesk, member: GivenMember, data: URLEncodedBody[Code]
) -> Redirect:
    """To the case of a code, however it was typed. Not by address: what is typed here may be anything."""
    say = words(request)
    typed = data.kode.strip()
    for attempt in (typed, f"KR{typed}"):
        try:
            return Redirect(f"/kasus/{await desk.run(visibility.find, member, attempt)}", status_code=303)
        except NoSuchReferral:
            continue
    flash(request, say("Kode itu tidak ditemukan. Periksa huruf dan angkanya."), "warn")
    return Redirect("/", status_code=303)


def _found(
    db: Database, member: Member, asked: Asked, after: Place | None, before: Place | None
) -> dict[str, Any]:
    page: Page = queue.page(db, member, asked.kelompok, asked.filters, after, before)
    return {
        "page": page,
        "counts": queue.counts(db, member, asked.filters),
        "most": queue.COUNTED,
        "people": staff.listed(db),
        "practice_cases": practice.count(db),
    }


def _choices(desk: Desk, people: list[Member], member: Member) -> dict[str, Any]:
    working = [m for m in people if m.active and m.role in MANAGERS and m.login != member.login]
    return {
        "names": {m.login: m.shown_name for m in people},
        "regencies": sorted(set(desk.library.regencies.values())),
        "assignees": [(NOBODY, None), (member.login, None), *((m.login, m.shown_name) for m in working)],
        "manages": member.role in MANAGERS,
    }


handlers = [show_queue, search]
