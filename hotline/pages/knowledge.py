"""/pengetahuan: articles as people see them, what readers found wanting, and what has to be looked at again."""

from __future__ import annotations

from litestar import get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery
from litestar.response import Template
from sqlite_utils import Database

from hotline import reading
from hotline.access import only
from hotline.desk import Desk
from hotline.given import AnyRequest, GivenDesk
from hotline.language import language_of
from hotline.menu import Entry
from hotline.menu import noted as _
from knowledge.due import Due
from knowledge.render import answer_text, contacts_text, sources_text
from locales import LANGUAGES
from store import article_drafts
from store.article_drafts import Draft
from store.clock import today_in_bali
from store.visibility import MANAGERS

MOST_FOUND = 20
menu = Entry("/pengetahuan", _("Pengetahuan"), roles=MANAGERS, place=60)


@get("/pengetahuan", guards=[only(*MANAGERS)])
async def overview(request: AnyRequest, desk: GivenDesk, cari: FromQuery[str] = "") -> Template:
    """All articles with what readers think of them; with words to look for, those that fit."""
    lang = language_of(request)
    found, due, drafts = await desk.run(_overview, desk, lang)
    words_asked = cari.strip()[:200]
    if words_asked:
        best = desk.search.find(words_asked, lang, MOST_FOUND)
        by_id = {one.id: one for one in found}
        found = [by_id[id] for id in best if id in by_id]
    context = {
        "articles": found,
        "asked": words_asked,
        "due": len(due),
        "overdue": sum(one.on is not None and one.on < today_in_bali() for one in due),
        "verdicts": [reading.VERDICTS[verdict] for verdict in reading.BAD],
        "bad": reading.BAD,
        "drafts": drafts,
    }
    return Template("knowledge/overview.html", context=context)


@get("/pengetahuan/artikel/{intent:str}/{slug:str}", guards=[only(*MANAGERS)])
async def article(
    request: AnyRequest,
    desk: GivenDesk,
    intent: FromPath[str],
    slug: FromPath[str],
    bahasa: FromQuery[str] = "",
) -> Template:
    """One article as it stands on a phone, with all that is behind its buttons."""
    lang = bahasa if bahasa in LANGUAGES else language_of(request)
    found = desk.library.article(f"{intent}/{slug}", lang)
    if found is None:
        raise NotFoundException
    known = {one.id: one for one in (await desk.run(_overview, desk, lang))[0]}
    context = {
        "article": found,
        "answer": answer_text(found, desk.library, today_in_bali()),
        "sources": sources_text(found, desk.library, today_in_bali()),
        "contacts": contacts_text(found.contacts, desk.library, lang),
        "facts_used": [(id, desk.library.facts[id]) for id in found.facts],
        "read": known[found.id],
        "verdicts": [(reading.VERDICTS[verdict], known[found.id].bad[verdict]) for verdict in reading.BAD],
        "others": [code for code in LANGUAGES if code != found.lang],
    }
    return Template("knowledge/article.html", context=context)


@get("/pengetahuan/jatuh-tempo", guards=[only(*MANAGERS)])
async def due_page(request: AnyRequest, desk: GivenDesk) -> Template:
    """Reviews, facts, contacts and calendar years that run out."""
    lang = language_of(request)
    due = (await desk.run(_overview, desk, lang))[1]
    rows = [(one, reading.KINDS[one.kind], reading.named(one, desk.library, lang)) for one in due]
    return Template("knowledge/due.html", context={"rows": rows, "today": today_in_bali()})


def _overview(db: Database, desk: Desk, lang: str) -> tuple[list[reading.Read], list[Due], list[Draft]]:
    return (
        reading.articles(db, desk.library, lang, today_in_bali()),
        reading.what_is_due(db, desk.library, today_in_bali()),
        article_drafts.listed(db),
    )


handlers = [overview, article, due_page]
