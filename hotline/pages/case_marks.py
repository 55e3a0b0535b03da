"""/kasus/…/tanda and …/pola: what a case is about in a word, and which others show the same pattern."""

from __future__ import annotations

from dataclasses import dataclass

from litestar import post
from litestar.params import FromPath, URLEncodedBody
from litestar.plugins.flash import flash
from litestar.response import Redirect
from sqlite_utils import Database

from hotline import labels
from hotline.access import only
from hotline.decide import decide
from hotline.forms import Several, several
from hotline.given import AnyRequest, GivenDesk, GivenMember
from hotline.language import words
from store import casework, patterns
from store.referrals import NoSuchReferral
from store.visibility import MANAGERS

_MAY = [only(*MANAGERS)]


@dataclass
class Tags:
    tanda: Several = ""


@dataclass
class Other:
    kode: str = ""


@post("/kasus/{code:str}/tanda", guards=_MAY)
async def set_tags(
    request: AnyRequest, desk: GivenDesk, member: GivenMember, code: FromPath[str], data: URLEncodedBody[Tags]
) -> Redirect:
    """These tags and no others; one that has left the list is kept."""
    say = words(request)

    def work(db: Database, found: str) -> str:
        kept = set(casework.tags_of(db, found)) - set(labels.TAGS)
        casework.set_tags(db, found, member, {t for t in several(data.tanda) if t in labels.TAGS} | kept)
        return say("Tanda disimpan.")

    return await decide(request, desk, member, code, work, "#putusan")


@post("/kasus/{code:str}/pola", guards=_MAY)
async def link(
    request: AnyRequest,
    desk: GivenDesk,
    member: GivenMember,
    code: FromPath[str],
    data: URLEncodedBody[Other],
) -> Redirect:
    """The same pattern as another case."""
    say = words(request)

    def work(db: Database, found: str) -> str | None:
        try:
            patterns.link(db, found, member, data.kode)
        except NoSuchReferral:
            flash(request, say("Kode itu tidak ditemukan. Periksa huruf dan angkanya."), "warn")
            return None
        except patterns.SameCase:
            flash(request, say("Itu kasus ini sendiri."), "warn")
            return None
        return say("Kedua kasus dikaitkan.")

    return await decide(request, desk, member, code, work, "#putusan")


@post("/kasus/{code:str}/pola/lepas", guards=_MAY)
async def leave_pattern(
    request: AnyRequest, desk: GivenDesk, member: GivenMember, code: FromPath[str]
) -> Redirect:
    """Out of its pattern again."""
    say = words(request)

    def work(db: Database, found: str) -> str:
        patterns.leave(db, found, member)
        return say("Kasus dilepas dari polanya.")

    return await decide(request, desk, member, code, work, "#putusan")


handlers = [set_tags, link, leave_pattern]
