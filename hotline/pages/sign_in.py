"""/masuk and /keluar: sign in with password and one-time code, sign out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromQuery, URLEncodedBody
from litestar.response import Redirect, Template

from hotline import sessions
from hotline.access import BEFORE_READY, OPEN_TO_ALL
from hotline.given import AnyRequest, GivenDesk, GivenMenu
from hotline.language import words
from hotline.paths import own_path, sign_in_path
from hotline.proof import proven
from hotline.visitors import address_of, device, wait_in_words
from store.staff import Member
from store.throttle import TooManyTries


@dataclass
class SignIn:
    nama: str = ""
    sandi: str = ""
    kode: str = ""
    ke: str = ""


@get("/masuk", opt=OPEN_TO_ALL, sync_to_thread=False)
def sign_in_page(request: AnyRequest, menu: GivenMenu, ke: FromQuery[str] = "") -> Response[Any]:
    """The form; whoever is signed in already goes on."""
    member = sessions.member_of(request)
    if member:
        return Redirect(own_path(ke) or menu.home_of(member), status_code=303)
    return _form(ke)


@post("/masuk", opt=OPEN_TO_ALL)
async def sign_in(
    request: AnyRequest, desk: GivenDesk, menu: GivenMenu, data: URLEncodedBody[SignIn]
) -> Response[Any]:
    """The same answer for an unknown name, a wrong password and a wrong code."""
    _ = words(request)
    login = data.nama.strip().lower()
    try:
        member = await proven(desk, login, data.sandi, data.kode, address_of(request))
    except TooManyTries as error:
        sentence, headers = wait_in_words(request, error)
        return _form(data.ke, data.nama, sentence, 429, headers)
    if member is None:
        return _form(data.ke, data.nama, _("Nama, kata sandi, atau kode tidak cocok."), 422)
    sessions.sign_in(request, member.login, device(request))
    return Redirect(own_path(data.ke) or menu.home_of(member), status_code=303)


@post("/keluar", opt=BEFORE_READY, sync_to_thread=False)
def sign_out(request: Request[Member, Any, Any]) -> Redirect:
    """End this session. The browser forgets what it holds of us."""
    sessions.sign_out(request)
    return Redirect(sign_in_path(), status_code=303, headers={"Clear-Site-Data": '"cache", "storage"'})


def _form(
    back_to: str, login: str = "", error: str = "", status: int = 200, headers: dict[str, str] | None = None
) -> Template:
    context = {"ke": own_path(back_to), "nama": login, "error": error}
    return Template("sign_in.html", context=context, status_code=status, headers=headers)


handlers = [sign_in_page, sign_in, sign_out]
