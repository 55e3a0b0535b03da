"""/akun: what a member sees and changes of her own account; her sessions; her Telegram account."""

from __future__ import annotations

from dataclasses import dataclass

from litestar import Response, get, post
from litestar.params import URLEncodedBody
from litestar.plugins.flash import flash
from litestar.response import Redirect, Template
from sqlite_utils import Database

from hotline import sessions
from hotline.access import BEFORE_READY
from hotline.given import AnyRequest, GivenDesk, GivenMember
from hotline.language import words
from hotline.paths import sign_in_path
from hotline.roles import role_in_words
from store import audit, staff_links, web_sessions


@dataclass
class OneSession:
    id: str = ""


@get("/akun")
async def account(request: AnyRequest, member: GivenMember, desk: GivenDesk) -> Template:
    """Name, role, sessions, and the ways to change password and one-time codes."""
    return await _page(request, member, desk)


@post("/akun/sesi/akhiri")
async def end_session(
    request: AnyRequest, member: GivenMember, desk: GivenDesk, data: URLEncodedBody[OneSession]
) -> Redirect:
    """End one of her sessions: the phone she left somewhere."""
    _ = words(request)
    await desk.run(web_sessions.end_of_member, member.login, data.id)
    flash(request, _("Sesi itu berakhir."), "good")
    return Redirect("/akun", status_code=303)


@post("/akun/sesi/akhiri-semua", opt=BEFORE_READY)
async def end_all_sessions(request: AnyRequest, member: GivenMember, desk: GivenDesk) -> Redirect:
    """Sign out everywhere, here too."""
    await desk.run(_ended_everywhere, member.login)
    sessions.sign_out(request)
    return Redirect(sign_in_path(), status_code=303)


@post("/akun/telegram")
async def link_telegram(request: AnyRequest, member: GivenMember, desk: GivenDesk) -> Template:
    """A code she sends to the bot from her own Telegram account."""
    code = await desk.run(staff_links.new_link, member.login, member.login)
    return await _page(request, member, desk, link_code=code)


@post("/akun/telegram/putus")
async def unlink_telegram(request: AnyRequest, member: GivenMember, desk: GivenDesk) -> Redirect:
    """Her Telegram account may take no cases any more."""
    _ = words(request)
    await desk.run(staff_links.unlink, member.login, member.login)
    flash(request, _("Akun Telegram dilepas."), "good")
    return Redirect("/akun", status_code=303)


@post("/sesi", opt=BEFORE_READY, sync_to_thread=False)
def stay(request: AnyRequest) -> Response[str]:
    """Asked for by console.js while someone types: the session's end is put off. Answers the seconds left."""
    session = sessions.session_of(request)
    return Response(
        str(web_sessions.seconds_left(session) if session else 0), media_type="text/plain", status_code=200
    )


async def _page(request: AnyRequest, member: GivenMember, desk: GivenDesk, link_code: str = "") -> Template:
    here = sessions.session_of(request)
    context = {
        "role": role_in_words(member.role),
        "sessions": await desk.run(web_sessions.of_member, desk.keys, member.login),
        "here": here.id if here else "",
        "link_code": link_code,
        "link_minutes": int(staff_links.LASTS.total_seconds() // 60),
    }
    return Template("account.html", context=context)


def _ended_everywhere(db: Database, login: str) -> None:
    web_sessions.end_all(db, login)
    audit.record(db, login, "signed out everywhere")


handlers = [account, end_session, end_all_sessions, link_telegram, unlink_telegram, stay]
