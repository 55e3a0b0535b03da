"""/kasus-baru: a case entered by staff on someone's behalf, by phone or face to face, with the bot's own forms.

Nothing is stored before the page is sent with a yes to the first question: no draft, and nothing in an address.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect, Template
from sqlite_utils import Database

from actions.forms import cases
from actions.forms.conditions import chosen
from actions.forms.model import Form, Option, form_names, load_form
from hotline import danger, labels, phone_form, phone_rules, spoken_words
from hotline.access import only
from hotline.desk import Desk
from hotline.given import AnyRequest, GivenDesk, GivenMember
from hotline.language import language_of, words
from hotline.menu import Entry, noted
from hotline.once import Once
from locales import Translate
from store import spoken, visibility
from store.staff import Member

_ = noted
menu = Entry("/kasus-baru", _("Kasus baru"), visibility.MANAGERS, 20)

_MAY = [only(*visibility.MANAGERS)]
_FILED = "filed"  # in the session, from the sending of the form until its code has been read out
_ADDRESSES = {
    "report_discrimination": "diskriminasi",
    "help_request": "bantuan",
    "mediation_request": "mediasi",
    "message_to_staff": "pesan",
}
_once = Once()


@get("/kasus-baru", guards=_MAY, sync_to_thread=False)
def which_form(request: AnyRequest) -> Template:
    """Which of the forms fits what someone calls about."""
    forms = [(_address(name), _title(load_form(name), words(request))) for name in form_names()]
    return Template("new_case/which.html", context={"forms": forms})


@get("/kasus-baru/{address:str}", guards=_MAY, sync_to_thread=False)
def blank(request: AnyRequest, desk: GivenDesk, address: FromPath[str]) -> Template:
    """An empty form."""
    return _page(request, desk, phone_form.empty(_form_at(address), {}))


@get("/kasus-baru/{address:str}/tampilan.css", guards=_MAY, media_type="text/css", sync_to_thread=False)
def look(address: FromPath[str]) -> str:
    """Which questions show after which answers."""
    return phone_rules.rules(_form_at(address))


@post("/kasus-baru/{address:str}/lanjut", guards=_MAY, status_code=200)
async def go_on(request: AnyRequest, desk: GivenDesk, address: FromPath[str]) -> Template:
    """The right form after another one refused: what was told there need not be asked again."""
    posted = await _posted(request)
    told = {name[len("told-") :]: given[0] for name, given in posted.items() if name.startswith("told-")}
    return _page(request, desk, phone_form.empty(_form_at(address), told), posted)


@post("/kasus-baru/{address:str}", guards=_MAY, status_code=200)
async def send(
    request: AnyRequest, desk: GivenDesk, member: GivenMember, address: FromPath[str]
) -> Response[Any]:
    """File the case, or say what is missing, or that this is the wrong form; only the first of these keeps anything."""
    posted = await _posted(request)
    sheet = phone_form.filled(_form_at(address), posted)
    if sheet.ending:
        return _ended(request, desk, sheet, sheet.ending[1], posted)
    source = _first(posted, "source")
    missing = [*([] if source in spoken.SOURCES else ["source"]), *sheet.missing]
    if missing:
        return _page(request, desk, sheet, posted, missing)
    token = f"{member.login}:{_first(posted, 'entry') or secrets.token_urlsafe(12)}"
    code = await desk.run(_file, desk, member, sheet, source, token)
    request.session[_FILED] = {"code": code, "dangers": sheet.dangers, "notes": sheet.notes}
    return Redirect("/kasus-baru/tersimpan", status_code=303)


@get("/kasus-baru/tersimpan", guards=_MAY)
async def filed(request: AnyRequest, desk: GivenDesk, member: GivenMember) -> Response[Any]:
    """The code, shown this once for reading out, with whom to call and what else to say."""
    kept = request.session.pop(_FILED, None)
    if kept is None:
        return Redirect("/kasus-baru", status_code=303)
    lang, say = language_of(request), words(request)
    context = {
        "code": kept["code"],
        "spelled": spoken_words.spelled(kept["code"], say),
        "numbers": [danger.numbers(desk.library, crisis, lang, say) for crisis in kept["dangers"]],
        "notes": kept["notes"],
        "may_see": await desk.run(visibility.may_see, member, kept["code"]),
    }
    return Template("new_case/filed.html", context=context)


def _file(db: Database, desk: Desk, member: Member, sheet: phone_form.Sheet, source: str, token: str) -> str:
    def work() -> str:
        telling = cases.Telling(sheet.values, lang="id", source=source, by=member.login)
        hours = desk.hotline.deadlines
        code = cases.file(db, desk.keys, desk.library, hours, sheet.form, telling)
        spoken.note(db, desk.keys, code, member.login, source)
        return code

    return _once.result(token, work)


def _page(
    request: AnyRequest,
    desk: Desk,
    sheet: phone_form.Sheet,
    posted: Mapping[str, Sequence[str]] | None = None,
    missing: Sequence[str] = (),
) -> Template:
    lang, say = language_of(request), words(request)
    context = {
        "address": _address(sheet.form.name),
        "title": _title(sheet.form, say),
        "opening": spoken_words.opening(desk.hotline, say),
        "sheet": sheet,
        "chosen": chosen,
        "missing": list(missing),
        "source": _first(posted or {}, "source"),
        "entry": _first(posted or {}, "entry") or secrets.token_urlsafe(12),
        "question": lambda slot: spoken_words.question(slot, say),
        "answer": lambda slot, option: spoken_words.answer(slot, option, say),
        "dangers": danger.all_numbers(desk.library, lang, say),
        "longest": phone_form.LONGEST,
    }
    return Template("new_case/form.html", context=context, status_code=422 if missing else 200)


def _ended(
    request: AnyRequest,
    desk: Desk,
    sheet: phone_form.Sheet,
    option: Option,
    posted: Mapping[str, Sequence[str]],
) -> Template:
    lang, say = language_of(request), words(request)
    crises = [
        way.data.partition(":")[2] or "emergency" for way in option.ways if way.data.startswith("crisis")
    ]
    names = [_FORM_OF_WAY.get(way.data, way.data.partition(":")[2]) for way in option.ways]
    context = {
        "reason": option.refuses,
        "numbers": [danger.numbers(desk.library, crisis, lang, say) for crisis in crises],
        "forms": [(_address(n), _title(load_form(n), say)) for n in names if n in form_names()],
        "told": sheet.carried(option) if option.refuses else {},
        "source": _first(posted, "source"),
    }
    return Template("new_case/ended.html", context=context)


_FORM_OF_WAY = {"report": "report_discrimination"}  # buttons of the bot that lead to a form without naming it


async def _posted(request: AnyRequest) -> dict[str, list[str]]:
    form = await request.form()
    return {name: [str(one) for one in form.getall(name)] for name in form}


def _first(posted: Mapping[str, Sequence[str]], name: str) -> str:
    return next(iter(posted.get(name, ())), "")


def _address(name: str) -> str:
    return _ADDRESSES.get(name, name.replace("_", "-"))


def _title(form: Form, say: Translate) -> str:
    kind = labels.KINDS.get(form.referral_kind)
    return say(kind) if kind else form.name.replace("_", " ")


def _form_at(address: str) -> Form:
    for name in form_names():
        if _address(name) == address:
            return load_form(name)
    raise NotFoundException


handlers = [which_form, filed, blank, look, go_on, send]
