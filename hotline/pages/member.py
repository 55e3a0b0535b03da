"""/petugas/{login}: one account of the hotline and what an admin can do about it. All of it stands in the audit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from litestar import get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, URLEncodedBody
from litestar.plugins.flash import flash
from litestar.response import Redirect, Template
from sqlite_utils import Database

from hotline.access import only
from hotline.given import AnyRequest, GivenDesk, GivenMember
from hotline.language import words
from hotline.proof import one_time_password
from hotline.roles import all_roles, role_in_words
from store import accounts, audit, staff
from store.staff import Member, StaffError

ADMIN = ("admin",)


@dataclass
class Changes:
    nama: str = ""
    peran: str = ""


@get("/petugas/{login:str}", guards=[only(*ADMIN)])
async def one(desk: GivenDesk, member: GivenMember, login: FromPath[str]) -> Template:
    """One account and what can be done about it."""
    found = await desk.run(staff.find, login)
    if found is None:
        raise NotFoundException
    return page_of(found, member)


@post("/petugas/{login:str}", guards=[only(*ADMIN)])
async def change(
    request: AnyRequest,
    desk: GivenDesk,
    member: GivenMember,
    login: FromPath[str],
    data: URLEncodedBody[Changes],
) -> Redirect:
    """Another name or role. An admin cannot take the role from herself: somebody has to be there to give it back."""
    say = words(request)
    role = "admin" if login == member.login else data.peran
    await _done(desk, _changed, login, data.nama, role, member.login)
    flash(request, say("Tersimpan."), "good")
    return Redirect(f"/petugas/{login}", status_code=303)


@post("/petugas/{login:str}/sandi", guards=[only(*ADMIN)])
async def new_password(desk: GivenDesk, member: GivenMember, login: FromPath[str]) -> Template:
    """A one-time password, shown this once; her sessions end."""
    shown, hashed = await one_time_password()
    await _done(desk, accounts.set_password, login, hashed, member.login, True)
    return page_of(await desk.run(staff.active, login), member, shown)


@post("/petugas/{login:str}/lepas-kode", guards=[only(*ADMIN)])
async def remove_codes(
    request: AnyRequest, desk: GivenDesk, member: GivenMember, login: FromPath[str]
) -> Redirect:
    """For someone who lost her phone; her sessions end."""
    say = words(request)
    await _done(desk, accounts.reset_totp, login, member.login)
    flash(request, say("Kode dilepas. Sesinya sudah berakhir."), "warn")
    return Redirect(f"/petugas/{login}", status_code=303)


@post("/petugas/{login:str}/nonaktif", guards=[only(*ADMIN)])
async def switch_off(
    request: AnyRequest, desk: GivenDesk, member: GivenMember, login: FromPath[str]
) -> Redirect:
    """Switch an account off; never one's own."""
    say = words(request)
    if login == member.login:
        raise NotFoundException
    await _done(desk, _switched_off, login, member.login)
    flash(request, say("Akun dinonaktifkan."), "warn")
    return Redirect("/petugas", status_code=303)


async def _done(desk: GivenDesk, function: Callable[..., None], *arguments: object) -> None:
    """An account that is not there, or a role that does not exist, is an address nobody was given."""
    try:
        await desk.run(function, *arguments)
    except StaffError:
        raise NotFoundException from None


def _changed(db: Database, login: str, name: str, role: str, who: str) -> None:
    before = staff.active(db, login)
    staff.set_name(db, login, name)
    if role != before.role:
        staff.set_role(db, login, role)
        audit.record(db, who, f"role of {login} is {role}")


def _switched_off(db: Database, login: str, who: str) -> None:
    staff.disable(db, login)
    audit.record(db, who, f"staff disabled {login}")


def page_of(found: Member, me: Member, password: str = "") -> Template:
    """The page of an account; a password that was just made is shown on it this once."""
    context = {
        "found": found,
        "own": found.login == me.login,
        "password": password,
        "days": accounts.ONE_TIME_LASTS.days,
        "roles": all_roles(),
        "role": role_in_words(found.role),
    }
    return Template("member.html", context=context)


handlers = [one, change, new_password, remove_codes, switch_off]
