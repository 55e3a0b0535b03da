"""/pesan-belum-dipahami: what the bot did not understand. Staff write sentences of their own; only these ever leave."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from litestar import get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, URLEncodedBody
from litestar.plugins.flash import flash
from litestar.response import Redirect, Template
from sqlite_utils import Database

from hotline import model_figures, teaching
from hotline.access import only
from hotline.desk import Desk
from hotline.given import AnyRequest, GivenDesk, GivenMember
from hotline.language import language_of, words
from hotline.menu import Entry
from hotline.menu import noted as _
from hotline.sheets import word
from knowledge.teaching import Unfit, check
from locales import Translate
from store import nlu_inbox
from store.keys import Keyring
from store.nlu_inbox import Entry as Message
from store.nlu_inbox import NoSuchEntry, Paraphrase
from store.visibility import MANAGERS

PAGE = "/pesan-belum-dipahami"
SHOWN = 100  # the rest follows when these are done
menu = Entry(PAGE, _("Pesan belum dipahami"), roles=MANAGERS, place=50)


@dataclass
class SentenceForm:
    kalimat: str = ""
    label: str = ""


@get(PAGE, guards=[only(*MANAGERS)])
async def inbox(request: AnyRequest, desk: GivenDesk) -> Template:
    """What waits, what is ready to be exported, and how well the present model understands."""
    messages, ready = await desk.run(_overview, desk.keys)
    say = words(request)
    context = {
        "entries": [(one, _guesses(one, say)) for one in messages[:SHOWN]],
        "count": len(messages),
        "reasons": teaching.REASONS,
        "ready": ready,
        "stamp": teaching.stamp(ready),
        "accuracy": model_figures.accuracy(language_of(request)),
        "measured": model_figures.messages(),
    }
    return Template("nlu/inbox.html", context=context)


@get(PAGE + "/{id:str}", guards=[only(*MANAGERS)])
async def message(request: AnyRequest, desk: GivenDesk, member: GivenMember, id: FromPath[str]) -> Template:
    """One message with its words; that it was opened is recorded."""
    try:
        entry = await desk.run(nlu_inbox.opened, desk.keys, id, member.login)
    except NoSuchEntry:
        raise NotFoundException from None
    return page_of(request, desk, entry)


@post(PAGE + "/{id:str}", guards=[only(*MANAGERS)])
async def paraphrase(
    request: AnyRequest,
    desk: GivenDesk,
    member: GivenMember,
    id: FromPath[str],
    data: URLEncodedBody[SentenceForm],
) -> Redirect | Template:
    """Put an invented sentence in the place of the message, which is deleted at once."""
    say = words(request)
    try:
        entry = await desk.run(nlu_inbox.opened, desk.keys, id, member.login)
        known = teaching.known_labels(desk.library)
        text = await asyncio.to_thread(check, data.kalimat, data.label, entry.text or "", known)
        await desk.run(nlu_inbox.paraphrase, desk.keys, id, Paraphrase(data.label, text), member.login)
    except NoSuchEntry:  # a colleague was quicker
        flash(request, say("Pesan itu sudah dikerjakan."), "warn")
        return Redirect(PAGE, status_code=303)
    except Unfit as error:
        given = {"kalimat": data.kalimat, "label": data.label}
        return page_of(request, desk, entry, given, _errors(error, say))
    flash(request, say("Tersimpan. Pesan orangnya sudah dihapus."), "good")
    return Redirect(PAGE, status_code=303)


@post(PAGE + "/{id:str}/hapus", guards=[only(*MANAGERS)])
async def drop(request: AnyRequest, desk: GivenDesk, member: GivenMember, id: FromPath[str]) -> Redirect:
    """Delete a message nothing can be learned from."""
    say = words(request)
    try:
        await desk.run(nlu_inbox.drop, id, member.login)
        flash(request, say("Pesan dihapus."), "good")
    except NoSuchEntry:
        flash(request, say("Pesan itu sudah dikerjakan."), "warn")
    return Redirect(PAGE, status_code=303)


def page_of(
    request: AnyRequest,
    desk: Desk,
    entry: Message,
    given: dict[str, str] | None = None,
    errors: dict[str, str] | None = None,
) -> Template:
    """The page of one message, with what was typed and what is wrong with it."""
    say, lang = words(request), language_of(request)
    likeliest = entry.ranking[0][0] if entry.ranking else ""
    context = {
        "entry": entry,
        "guesses": _guesses(entry, say),
        "reason": teaching.REASONS[entry.reason],
        "choices": teaching.choices(desk.library, say, lang),
        "topics": teaching.topics(say),
        "given": {
            "kalimat": "",
            "label": likeliest,
            "judul": "",
            "topik": likeliest,
            "isi": "",
            **(given or {}),
        },
        "errors": errors or {},
        "article": desk.library.article(entry.article, lang) if entry.article else None,
    }
    return Template("nlu/message.html", context=context, status_code=422 if errors else 200)


def _errors(error: Unfit, say: Translate) -> dict[str, str]:
    return {"label" if error.why == "label" else "kalimat": say(teaching.UNFIT[error.why])}


def _guesses(entry: Message, say: Translate) -> list[tuple[str, str, str]]:
    """(label, words, percent) of what the model thought, best first."""
    return [(name, word("topic", name, say), f"{100 * share:.0f}") for name, share in entry.ranking]


def _overview(db: Database, keys: Keyring) -> tuple[list[Message], list[Paraphrase]]:
    return nlu_inbox.listed(db, keys), nlu_inbox.waiting_paraphrases(db)


handlers = [inbox, message, paraphrase, drop]
