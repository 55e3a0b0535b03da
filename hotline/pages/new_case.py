"""/kasus-baru: a case entered by staff on someone's behalf, by phone or face to face, with the bot's own forms.

Nothing becomes a case before the page is sent with a yes to the first question, and nothing stands in an address. What
is kept of an unfinished page: hotline/pages/half_entries.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template
from sqlite_utils import Database

from actions.forms import cases
from actions.forms.model import Option, form_names, load_form
from hotline import danger, phone_form, phone_rules, spoken_words
from hotline.access import only
from hotline.desk import Desk
from hotline.entry_page import (
    FILED,
    address_of,
    entry_of,
    entry_page,
    first,
    form_at,
    keep_unfinished,
    offered,
    posted,
    title,
    token_of,
    unfinished,
)
from hotline.given import AnyRequest, GivenDesk, GivenMember
from hotline.language import language_of, words
from hotline.menu import Entry, noted
from store import half_entries, spoken, visibility
from store.staff import Member

_ = noted
menu = Entry("/kasus-baru", _("Kasus baru"), visibility.MANAGERS, 20)

_MAY = [only(*visibility.MANAGERS)]
_FILED = "filed"  # in the session, from the sending of the form until its code has been read out


@get("/kasus-baru", guards=_MAY)
async def which_form(request: AnyRequest, desk: GivenDesk, member: GivenMember) -> Template:
    """Which of the forms fits what someone calls about; and what was not finished."""
    say = words(request)
    forms = [(address_of(name), title(load_form(name), say)) for name in form_names()]
    others = offered(await desk.run(unfinished, desk, member), say)
    return Template("new_case/which.html", context={"forms": forms, "unfinished": others})


@get("/kasus-baru/{address:str}", guards=_MAY)
async def blank(
    request: AnyRequest, desk: GivenDesk, member: GivenMember, address: FromPath[str]
) -> Template:
    """An empty form; whoever comes back to one she has not finished is offered that."""
    sheet = phone_form.empty(form_at(address), {})
    return entry_page(request, desk, sheet, others=await desk.run(unfinished, desk, member))


@get("/kasus-baru/{address:str}/tampilan.css", guards=_MAY, media_type="text/css", sync_to_thread=False)
def look(address: FromPath[str]) -> str:
    """Which questions show after which answers."""
    return phone_rules.rules(form_at(address))


@post("/kasus-baru/{address:str}/lanjut", guards=_MAY, status_code=200)
async def go_on(request: AnyRequest, desk: GivenDesk, address: FromPath[str]) -> Template:
    """The right form after another one refused: what was told there need not be asked again."""
    fields = await posted(request)
    told = {name[len("told-") :]: given[0] for name, given in fields.items() if name.startswith("told-")}
    return entry_page(request, desk, phone_form.empty(form_at(address), told), fields)


@post("/kasus-baru/{address:str}", guards=_MAY, status_code=200)
async def send(
    request: AnyRequest, desk: GivenDesk, member: GivenMember, address: FromPath[str]
) -> Response[Any]:
    """File the case, or say what is missing, or that this is the wrong form."""
    fields = await posted(request)
    sheet = phone_form.filled(form_at(address), fields)
    entry = entry_of(fields)
    if sheet.ending:
        await desk.run(half_entries.drop, member.login, entry)
        return _ended(request, desk, sheet, sheet.ending[1], fields)
    source = first(fields, "source")
    missing = [*([] if source in spoken.SOURCES else ["source"]), *sheet.missing]
    if missing:
        await desk.run(keep_unfinished, desk, member, sheet, entry, source)
        return entry_page(request, desk, sheet, fields, missing)
    code = await desk.run(_file, desk, member, sheet, source, entry)
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


def _file(db: Database, desk: Desk, member: Member, sheet: phone_form.Sheet, source: str, entry: str) -> str:
    def work() -> str:
        telling = cases.Telling(sheet.values, lang="id", source=source, by=member.login)
        hours = desk.hotline.deadlines
        code = cases.file(db, desk.keys, desk.library, hours, sheet.form, telling)
        spoken.note(db, desk.keys, code, member.login, source)
        half_entries.drop(db, member.login, entry)
        return code

    return FILED.result(token_of(member, entry), work)


def _ended(
    request: AnyRequest,
    desk: Desk,
    sheet: phone_form.Sheet,
    option: Option,
    fields: Mapping[str, Sequence[str]],
) -> Template:
    lang, say = language_of(request), words(request)
    crises = [
        way.data.partition(":")[2] or "emergency" for way in option.ways if way.data.startswith("crisis")
    ]
    names = [_FORM_OF_WAY.get(way.data, way.data.partition(":")[2]) for way in option.ways]
    context = {
        "reason": option.refuses,
        "numbers": [danger.numbers(desk.library, crisis, lang, say) for crisis in crises],
        "forms": [(address_of(n), title(load_form(n), say)) for n in names if n in form_names()],
        "told": sheet.carried(option) if option.refuses else {},
        "source": first(fields, "source"),
    }
    return Template("new_case/ended.html", context=context)


_FORM_OF_WAY = {"report": "report_discrimination"}  # buttons of the bot that lead to a form without naming it


handlers = [which_form, filed, blank, look, go_on, send]
