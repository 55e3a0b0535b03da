"""Shows a case: the page itself, and again with what was typed when something could not be done."""

from __future__ import annotations

from typing import Any

from litestar.response import Template
from sqlite_utils import Database

from hotline import case_view, labels
from hotline.answers import filled, ready_answers
from hotline.case_view import CaseView
from hotline.desk import Desk
from hotline.given import AnyRequest
from hotline.in_case import in_case
from hotline.language import words
from hotline.roles import ROLES
from store import agency_records, referrals
from store.database import now
from store.evidence import MOST_BYTES, MOST_PER_CASE
from store.staff import Member

# Shown in the page itself. Anything else is a download: a browser must never run what a stranger has sent.
PICTURES = ("image/jpeg", "image/png", "image/webp", "image/gif")
SOUNDS = ("audio/ogg", "audio/mpeg", "audio/mp4")
_NOTHING_WRONG = ("error", "draft_error", "note_draft", "note_error", "identity_error", "file_error")


async def case_page(
    request: AnyRequest,
    desk: Desk,
    member: Member,
    typed: str,
    *,
    template: str = "case/page.html",
    recorded_as: str = "read",
    status: int = 200,
    answer: str = "",
    **more: str,
) -> Template:
    """The page of a case, its reading recorded. `answer`: the ready answer to begin with; `more`: draft, error, draft_error,
    note_draft, note_error, identity_error, file_error. Raises NotFoundException."""
    say = words(request)

    def work(db: Database, code: str) -> tuple[CaseView, str]:
        view = case_view.read(db, desk, member, code, say, recorded_as)
        return view, ready(db, desk, member, code, answer)

    view, prepared = await in_case(desk, member, typed, work)
    context: dict[str, Any] = {
        "view": view,
        "row": view.row,
        "code": view.code,
        "labels": labels,
        "roles": ROLES,
        "answers": ready_answers(),
        "chosen": answer,
        "person_lang": view.lang,
        "pictures": PICTURES,
        "sounds": SOUNDS,
        "most_files": MOST_PER_CASE,
        "most_bytes": MOST_BYTES,
        "now": now(),
        **dict.fromkeys(_NOTHING_WRONG, ""),
        "draft": prepared,
        **more,
    }
    return Template(template, context=context, status_code=status)


def ready(db: Database, desk: Desk, member: Member, code: str, name: str) -> str:
    """A ready answer for this case, in the person's language, with whatever is known filled in."""
    lang = referrals.content_of(db, desk.keys, code)["told"].get("lang", "id")
    agencies = [
        one.plan.agency for one in agency_records.of_case(db, desk.keys, code) if one.status != "withdrawn"
    ]
    contact = desk.library.contacts.get(agencies[-1]) if agencies else None
    agency = (contact.name_en if lang == "en" and contact.name_en else contact.name) if contact else ""
    first_name = member.shown_name.split()[0]
    return filled(name, lang, {"kode": code, "petugas": first_name, "lembaga": agency})
