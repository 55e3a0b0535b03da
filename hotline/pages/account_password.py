"""/akun/kata-sandi: a new password. Whoever came with one of the operator's reaches no other page before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from litestar import Response, get, post
from litestar.params import URLEncodedBody
from litestar.plugins.flash import flash
from litestar.response import Redirect, Template

from hotline import sessions
from hotline.access import BEFORE_READY
from hotline.forms import Errors
from hotline.given import AnyRequest, GivenDesk, GivenMember
from hotline.language import words
from hotline.proof import hash_of, proven_again
from hotline.visitors import address_of, device, wait_in_words
from store import accounts
from store.passwords import LONGEST, SHORTEST, WeakPassword
from store.throttle import TooManyTries


@dataclass
class NewPassword:
    lama: str = ""
    baru: str = ""
    ulang: str = ""


@get("/akun/kata-sandi", opt=BEFORE_READY, sync_to_thread=False)
def password_page(member: GivenMember) -> Template:
    """The form."""
    return _form(Errors())


@post("/akun/kata-sandi", opt=BEFORE_READY)
async def change(
    request: AnyRequest, member: GivenMember, desk: GivenDesk, data: URLEncodedBody[NewPassword]
) -> Response[Any]:
    """Change it; every other session of hers ends."""
    _ = words(request)
    if data.baru != data.ulang:
        return _form(Errors(ulang=_("Dua isian ini tidak sama.")))
    if data.baru == data.lama:
        return _form(Errors(baru=_("Pilih kata sandi yang lain dari yang sekarang.")))
    try:
        hashed = await hash_of(data.baru, member.login)
        if not await proven_again(desk, member, data.lama, address_of(request)):
            return _form(Errors(lama=_("Kata sandi ini tidak cocok.")))
    except WeakPassword as error:
        return _form(Errors(baru=_why_weak(request, error)))
    except TooManyTries as error:
        sentence, headers = wait_in_words(request, error)
        return _form(Errors(lama=sentence), 429, headers)
    await desk.run(accounts.set_password, member.login, hashed, member.login)
    sessions.sign_in(request, member.login, device(request))
    flash(request, _("Kata sandi diganti. Sesi lain sudah berakhir."), "good")
    return Redirect("/akun", status_code=303)


def _why_weak(request: AnyRequest, error: WeakPassword) -> str:
    _ = words(request)
    return {
        "short": _("Paling sedikit {n} huruf. Empat kata biasa mudah diingat.").format(n=SHORTEST),
        "long": _("Paling banyak {n} huruf.").format(n=LONGEST),
        "same": _("Terlalu sedikit huruf yang berbeda."),
        "login": _("Isinya hampir hanya nama masuk."),
    }[error.reason]


def _form(errors: Errors, status: int = 422, headers: dict[str, str] | None = None) -> Template:
    context = {"errors": errors, "shortest": SHORTEST}
    return Template(
        "account_password.html", context=context, status_code=status if errors else 200, headers=headers
    )


handlers = [password_page, change]
