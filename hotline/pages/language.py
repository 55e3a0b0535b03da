"""/bahasa: Indonesian or English, for the member or, before she signed in, for this browser."""

from __future__ import annotations

from dataclasses import dataclass

from litestar import post
from litestar.datastructures import Cookie
from litestar.params import URLEncodedBody
from litestar.response import Redirect

from hotline.access import OPEN_TO_ALL
from hotline.given import AnyRequest, GivenDesk
from hotline.language import COOKIE
from hotline.paths import own_path
from hotline.sessions import member_of
from locales import LANGUAGES
from store import staff

A_YEAR = 31_536_000


@dataclass
class Choice:
    bahasa: str = "id"
    ke: str = ""


@post("/bahasa", opt=OPEN_TO_ALL)
async def choose(request: AnyRequest, desk: GivenDesk, data: URLEncodedBody[Choice]) -> Redirect:
    """Keep the choice and show the page again."""
    lang = data.bahasa if data.bahasa in LANGUAGES else "id"
    member = member_of(request)
    if member:
        await desk.run(staff.set_language, member.login, lang)
    cookie = Cookie(
        key=COOKIE, value=lang, max_age=A_YEAR, path="/", secure=desk.config.secure, samesite="strict"
    )
    return Redirect(own_path(data.ke) or "/masuk", status_code=303, cookies=[cookie])


handlers = [choose]
