"""/akun/kode: one-time codes from an app on the phone. An admin reaches no other page before they are set up."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

import segno
from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import URLEncodedBody
from litestar.plugins.flash import flash
from litestar.response import Redirect, Template

from hotline import sessions
from hotline.access import BEFORE_READY, NEEDS_CODES
from hotline.forms import Errors
from hotline.given import AnyRequest, GivenDesk, GivenMember
from hotline.language import words
from hotline.proof import proven_again
from hotline.visitors import address_of, device, wait_in_words
from store import accounts, totp
from store.staff import Member
from store.throttle import TooManyTries

_PENDING = (
    "new_totp"  # in the session, sealed like all of it: the secret until a code proves that the phone has it
)


@dataclass
class Proof:
    sandi: str = ""
    kode: str = ""


@get("/akun/kode", opt=BEFORE_READY, sync_to_thread=False)
def codes_page(request: AnyRequest, member: GivenMember) -> Template:
    """The QR code and the way to try it."""
    request.session.setdefault(_PENDING, totp.new_secret())
    return _form(request, member, Errors())


@get("/akun/kode.svg", opt=BEFORE_READY, sync_to_thread=False)
def picture(request: AnyRequest, member: GivenMember) -> Response[bytes]:
    """The QR code of the secret that is being set up."""
    secret = request.session.get(_PENDING)
    if not secret:
        raise NotFoundException
    drawn = io.BytesIO()
    segno.make(totp.address_of(secret, member.login)).save(drawn, kind="svg", scale=6, light="white")
    return Response(drawn.getvalue(), media_type="image/svg+xml")


@post("/akun/kode", opt=BEFORE_READY)
async def set_up(
    request: AnyRequest, member: GivenMember, desk: GivenDesk, data: URLEncodedBody[Proof]
) -> Response[Any]:
    """From now on a code is asked for at every sign-in; every other session ends."""
    _ = words(request)
    secret = request.session.setdefault(_PENDING, totp.new_secret())
    step = totp.step_of(secret, data.kode)
    if step is None:
        return _form(
            request, member, Errors(kode=_("Kode ini tidak cocok. Tunggu kode berikutnya dan coba lagi."))
        )
    try:
        if not await proven_again(desk, member, data.sandi, address_of(request)):
            return _form(request, member, Errors(sandi=_("Kata sandi ini tidak cocok.")))
    except TooManyTries as error:
        sentence, headers = wait_in_words(request, error)
        return _form(request, member, Errors(sandi=sentence), 429, headers)
    await desk.run(accounts.set_totp, desk.keys, member.login, secret, step)
    sessions.sign_in(request, member.login, device(request))
    flash(request, _("Kode terpasang. Mulai sekarang kode diminta setiap kali masuk."), "good")
    return Redirect("/akun", status_code=303)


@post("/akun/kode/lepas")
async def take_away(
    request: AnyRequest, member: GivenMember, desk: GivenDesk, data: URLEncodedBody[Proof]
) -> Response[Any]:
    """No code is asked for any more. Not for roles that must have them."""
    _ = words(request)
    if member.role in NEEDS_CODES or not member.has_totp:
        raise NotFoundException
    try:
        if not await proven_again(desk, member, data.sandi, address_of(request)):
            return _form(request, member, Errors(lepas=_("Kata sandi ini tidak cocok.")))
    except TooManyTries as error:
        sentence, headers = wait_in_words(request, error)
        return _form(request, member, Errors(lepas=sentence), 429, headers)
    await desk.run(accounts.reset_totp, member.login, member.login)
    sessions.sign_in(request, member.login, device(request))
    flash(request, _("Kode dilepas. Masuk cukup dengan kata sandi."), "warn")
    return Redirect("/akun", status_code=303)


def _form(
    request: AnyRequest,
    member: Member,
    errors: Errors,
    status: int = 422,
    headers: dict[str, str] | None = None,
) -> Template:
    secret = request.session.setdefault(_PENDING, totp.new_secret())
    context = {
        "errors": errors,
        "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        "address": totp.address_of(secret, member.login),
        "must": member.role in NEEDS_CODES,
    }
    return Template(
        "account_codes.html", context=context, status_code=status if errors else 200, headers=headers
    )


handlers = [codes_page, picture, set_up, take_away]
