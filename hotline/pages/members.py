"""/petugas: accounts of the hotline, for admins."""

from __future__ import annotations

from dataclasses import dataclass, replace

from litestar import get, post
from litestar.params import URLEncodedBody
from litestar.response import Template
from sqlite_utils import Database

from hotline.access import only
from hotline.forms import Errors
from hotline.given import AnyRequest, GivenDesk, GivenMember
from hotline.language import words
from hotline.menu import Entry
from hotline.menu import noted as _
from hotline.pages.member import ADMIN, page_of
from hotline.proof import one_time_password
from hotline.roles import all_roles, role_in_words
from store import accounts, audit, staff
from store.staff import Member, StaffError

menu = Entry("/petugas", _("Petugas"), roles=ADMIN, place=90)


@dataclass
class NewMember:
    login: str = ""
    nama: str = ""
    peran: str = "reviewer"


@get("/petugas", guards=[only(*ADMIN)])
async def members(desk: GivenDesk, member: GivenMember) -> Template:
    """All accounts, and the form for a new one."""
    return _list(await desk.run(staff.listed), NewMember(), Errors())


@post("/petugas", guards=[only(*ADMIN)])
async def add(
    request: AnyRequest, desk: GivenDesk, member: GivenMember, data: URLEncodedBody[NewMember]
) -> Template:
    """A new account, or one switched on again; its one-time password is shown this once."""
    say = words(request)
    shown, hashed = await one_time_password()
    data = replace(data, login=data.login.strip().lower())
    try:
        new = await desk.run(_added, data, hashed, member.login)
    except StaffError:
        wrong = Errors(
            login=say("Nama masuk: 2 sampai 31 huruf kecil, angka, titik, atau garis, dan belum dipakai.")
        )
        return _list(await desk.run(staff.listed), data, wrong, status=422)
    return page_of(new, member, shown)


def _added(db: Database, new: NewMember, hashed: str, who: str) -> Member:
    staff.add(db, new.login, new.peran, new.nama)
    audit.record(db, who, f"staff added {new.login} as {new.peran}")
    accounts.set_password(db, new.login, hashed, who, one_time=True)
    return staff.active(db, new.login)


def _list(found: list[Member], new: NewMember, errors: Errors, status: int = 200) -> Template:
    context = {
        "members": found,
        "new": new,
        "errors": errors,
        "roles": all_roles(),
        "role_in_words": role_in_words,
    }
    return Template("members.html", context=context, status_code=status)


handlers = [members, add]
