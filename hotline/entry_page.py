"""The page of a form filled in on someone's behalf: what was posted to it, and how it is shown."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from litestar.exceptions import NotFoundException
from litestar.response import Template
from sqlite_utils import Database

from actions.forms.conditions import chosen
from actions.forms.model import Form, form_names, load_form
from hotline import danger, labels, phone_form, spoken_words
from hotline.desk import Desk
from hotline.given import AnyRequest
from hotline.language import language_of, words
from hotline.once import Once
from locales import Translate
from store import half_entries
from store.half_entries import HalfEntry
from store.staff import Member

_ADDRESSES = {
    "report_discrimination": "diskriminasi",
    "help_request": "bantuan",
    "mediation_request": "mediasi",
    "message_to_staff": "pesan",
}
_ENTRY = re.compile(r"[\w-]{10,40}")
FILED = Once()  # by member and token of the page


async def posted(request: AnyRequest) -> dict[str, list[str]]:
    """The fields of a form as they were sent."""
    form = await request.form()
    return {name: [str(one) for one in form.getall(name)] for name in form}


def first(fields: Mapping[str, Sequence[str]], name: str) -> str:
    """The first value of a field, "" without one."""
    return next(iter(fields.get(name, ())), "")


def entry_of(fields: Mapping[str, Sequence[str]]) -> str:
    """The random token of a page; a new one where none came with it."""
    token = first(fields, "entry")
    return token if _ENTRY.fullmatch(token) else secrets.token_urlsafe(12)


def token_of(member: Member, entry: str) -> str:
    """Under which `FILED` knows this page of hers."""
    return f"{member.login}:{entry}"


def address_of(name: str) -> str:
    """The last part of the address of a form."""
    return _ADDRESSES.get(name, name.replace("_", "-"))


def title(form: Form, say: Translate) -> str:
    """What a form is called."""
    kind = labels.KINDS.get(form.referral_kind)
    return say(kind) if kind else form.name.replace("_", " ")


def form_at(address: str) -> Form:
    """The form of an address. Raises NotFoundException."""
    for name in form_names():
        if address_of(name) == address:
            return load_form(name)
    raise NotFoundException


def unfinished(db: Database, desk: Desk, member: Member) -> list[HalfEntry]:
    """What she has begun and not sent; forms we have no longer are left out."""
    return [one for one in half_entries.of_member(db, desk.keys, member.login) if one.form in form_names()]


def keep_unfinished(
    db: Database, desk: Desk, member: Member, sheet: phone_form.Sheet, entry: str, source: str
) -> bool:
    """Keep an unfinished page; returns whether it is kept. Without the person's yes nothing is, and what was sent
    already does not come back by a late request."""
    if not sheet.agreed or FILED.knows(token_of(member, entry)):
        half_entries.drop(db, member.login, entry)
        return False
    fields = {**sheet.posted, "source": [source]}
    half_entries.keep(db, desk.keys, member.login, entry, sheet.form.name, fields)
    return True


def offered(entries: Sequence[HalfEntry], say: Translate) -> list[tuple[HalfEntry, str, str]]:
    """Unfinished entries as they are listed: with the address and the title of their form."""
    return [(one, address_of(one.form), title(load_form(one.form), say)) for one in entries]


def entry_page(
    request: AnyRequest,
    desk: Desk,
    sheet: phone_form.Sheet,
    fields: Mapping[str, Sequence[str]] | None = None,
    missing: Sequence[str] = (),
    others: Sequence[HalfEntry] = (),
) -> Template:
    """The form, with what was filled in and what is missing; `others`: what this member has left unfinished."""
    lang, say = language_of(request), words(request)
    context: dict[str, Any] = {
        "address": address_of(sheet.form.name),
        "title": title(sheet.form, say),
        "opening": spoken_words.opening(desk.hotline, say),
        "sheet": sheet,
        "chosen": chosen,
        "missing": list(missing),
        "source": first(fields or {}, "source"),
        "entry": entry_of(fields or {}),
        "unfinished": offered(others, say),
        "takes_files": any(slot.kind == "files" for slot in sheet.form.slots),
        "question": lambda slot: spoken_words.question(slot, say),
        "answer": lambda slot, option: spoken_words.answer(slot, option, say),
        "dangers": danger.all_numbers(desk.library, lang, say),
        "longest": phone_form.LONGEST,
    }
    return Template("new_case/form.html", context=context, status_code=422 if missing else 200)
