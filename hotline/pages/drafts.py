"""/pengetahuan/draf: pages that are missing, begun by staff from a message the bot could not answer."""

from __future__ import annotations

from dataclasses import dataclass

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, URLEncodedBody
from litestar.plugins.flash import flash
from litestar.response import Redirect, Template

from hotline import teaching
from hotline.access import only
from hotline.desk import Desk
from hotline.given import AnyRequest, GivenDesk, GivenMember
from hotline.language import words
from hotline.pages import nlu_inbox as inbox
from knowledge.drafts import draft_text, place
from language.anonymise import anonymised
from store import article_drafts, nlu_inbox
from store.article_drafts import Draft, DraftError
from store.clock import today_in_bali
from store.nlu_inbox import NoSuchEntry
from store.visibility import MANAGERS


@dataclass
class DraftForm:
    judul: str = ""
    topik: str = ""
    isi: str = ""


@post(inbox.PAGE + "/{id:str}/draf", guards=[only(*MANAGERS)])
async def begin(
    request: AnyRequest,
    desk: GivenDesk,
    member: GivenMember,
    id: FromPath[str],
    data: URLEncodedBody[DraftForm],
) -> Redirect | Template:
    """Open a draft for what this message asks. The message itself stays until a sentence is written for it."""
    say = words(request)
    try:
        entry = await desk.run(nlu_inbox.opened, desk.keys, id, member.login)
    except NoSuchEntry:
        raise NotFoundException from None
    given = {"judul": data.judul, "topik": data.topik, "isi": data.isi}
    if anonymised(f"{data.judul}\n{data.isi}").found:
        error = say("Ada nama, nomor, atau tempat di sini. Tulis pertanyaannya secara umum.")
        return inbox.page_of(request, desk, entry, given, {"isi": error})
    slug = teaching.slug_of(data.topik if data.topik in dict(teaching.topics(say)) else "", data.judul)
    try:
        await desk.run(article_drafts.begin, slug, data.judul, data.isi, member.login)
    except DraftError as error:
        field = {"note": "isi", "slug": "judul", "title": "judul", "there": "judul"}[error.why]
        return inbox.page_of(request, desk, entry, given, {field: say(teaching.UNDRAFTED[error.why])})
    flash(request, say("Draf dibuka. Ada di Pengetahuan."), "good")
    return Redirect(f"{inbox.PAGE}/{id}", status_code=303)


@get("/pengetahuan/draf/{number:int}", guards=[only(*MANAGERS)])
async def show(desk: GivenDesk, number: FromPath[int]) -> Template:
    """What has to be written, and the file to begin with."""
    draft = await _draft(desk, number)
    text = draft_text(draft.slug, draft.title, draft.note, today_in_bali())
    return Template(
        "knowledge/draft.html", context={"draft": draft, "text": text, "place": place(draft.slug)}
    )


@get("/pengetahuan/draf/{number:int}/berkas", guards=[only(*MANAGERS)])
async def file(desk: GivenDesk, number: FromPath[int]) -> Response[bytes]:
    """The file to begin with."""
    draft = await _draft(desk, number)
    text = draft_text(draft.slug, draft.title, draft.note, today_in_bali())
    name = place(draft.slug).rpartition("/")[2]
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(text.encode(), media_type="text/markdown", headers=headers)


@post("/pengetahuan/draf/{number:int}/tutup", guards=[only(*MANAGERS)])
async def close(request: AnyRequest, desk: GivenDesk, member: GivenMember, number: FromPath[int]) -> Redirect:
    """It is written, or will not be."""
    say = words(request)
    if not await desk.run(article_drafts.drop, number, member.login):
        raise NotFoundException
    flash(request, say("Draf ditutup."), "good")
    return Redirect("/pengetahuan", status_code=303)


async def _draft(desk: Desk, number: int) -> Draft:
    draft = await desk.run(article_drafts.find, number)
    if draft is None:
        raise NotFoundException
    return draft


handlers = [begin, show, file, close]
