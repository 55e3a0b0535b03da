"""Sessions on the server: Litestar's, with what it leaves open closed.

Litestar keeps the id a browser brings, so that whoever planted one is signed in with its victim, and stores a record
for every anonymous visit. Here an id is made by the server alone, at sign-in and whenever a member proves anew who she
is; without a sign-in nothing is stored.
"""

from __future__ import annotations

import copy
from typing import Any

from litestar.connection import ASGIConnection
from litestar.datastructures import Cookie, MutableScopeHeaders
from litestar.middleware.session.server_side import ServerSideSessionBackend, ServerSideSessionConfig
from litestar.types import Empty, Message, ScopeSession
from sqlite_utils import Database

from hotline.desk import Desk
from store import staff, web_sessions
from store.keys import Keyring
from store.staff import Member
from store.web_sessions import Session

_FOUND = "kawan_session"  # (Session, Member) of this request, in the scope's state
_SIGNED_IN = "kawan_signed_in"
_LOGIN = "login"


class SessionBackend(ServerSideSessionBackend):
    """Reads and writes store/web_sessions.py; the cookie has no end of its own and dies with the browser."""

    def __init__(self, config: "SessionConfig") -> None:
        super().__init__(config)
        self._desk = config.desk

    def get_session_id(self, connection: ASGIConnection[Any, Any, Any, Any]) -> str:
        """Nobody but the store makes ids; Litestar's own use of this value has no effect here."""
        return ""

    async def load_from_connection(self, connection: ASGIConnection[Any, Any, Any, Any]) -> dict[str, Any]:
        """What the session remembers; empty for anyone who is not signed in."""
        value = connection.cookies.get(self.config.key)
        found = await self._desk.run(_found, self._desk.keys, value) if value else None
        if found is None:
            return {}
        connection.scope["state"][_FOUND] = found
        session, _member = found
        return {_LOGIN: session.login, **copy.deepcopy(session.data)}

    async def store_in_message(
        self, scope_session: ScopeSession, message: Message, connection: ASGIConnection[Any, Any, Any, Any]
    ) -> None:
        """Store what changed, and send a cookie when the id did."""
        found = connection.scope["state"].get(_FOUND)
        before: Session | None = found[0] if found else None
        after = dict(scope_session) if isinstance(scope_session, dict) else {}
        login = after.pop(_LOGIN, None)
        headers = MutableScopeHeaders.from_message(message)
        if login is None:
            if before is not None:
                await self._desk.run(web_sessions.end, before.id)
            if self.config.key in connection.cookies:
                headers.add("Set-Cookie", self._cookie("", ends=True))
        elif connection.scope["state"].get(_SIGNED_IN):
            value = await self._desk.run(_begun, self._desk.keys, before, login, after)
            headers.add("Set-Cookie", self._cookie(value or "", ends=value is None))
        elif before is not None and after != before.data:  # only `sign_in` begins a session
            await self._desk.run(web_sessions.put, self._desk.keys, before, after)

    def _cookie(self, value: str, ends: bool = False) -> str:
        return Cookie(
            key=self.config.key,
            value=value,
            max_age=0 if ends else None,
            path="/",
            secure=self.config.secure,
            httponly=True,
            samesite="strict",
        ).to_header(header="")


class SessionConfig(ServerSideSessionConfig):
    """Litestar's configuration and the desk the backend works at."""

    _backend_class: type[ServerSideSessionBackend] = SessionBackend

    def __init__(self, desk: Desk) -> None:
        # The prefix makes browsers refuse such a cookie from a neighbouring host or over plain http.
        name = "__Host-kawan" if desk.config.secure else "kawan"
        super().__init__(
            key=name,
            secure=desk.config.secure,
            samesite="strict",
            exclude=["^/static", "^/health", "^/metrics"],
        )
        self.desk = desk


def member_of(connection: ASGIConnection[Any, Any, Any, Any]) -> Member | None:
    """Who is signed in, also where a page is open to anyone."""
    found = connection.scope["state"].get(_FOUND)
    return found[1] if found else None


def session_of(connection: ASGIConnection[Any, Any, Any, Any]) -> Session | None:
    """The stored session this request came with."""
    found = connection.scope["state"].get(_FOUND)
    return found[0] if found else None


def sign_in(connection: ASGIConnection[Any, Any, Any, Any], login: str, device: str) -> None:
    """From this response on the browser is signed in, under a new id. Call it after each proof of identity."""
    connection.scope["session"] = {_LOGIN: login, "device": device}
    connection.scope["state"][_SIGNED_IN] = True


def sign_out(connection: ASGIConnection[Any, Any, Any, Any]) -> None:
    """From this response on the browser is nobody."""
    connection.scope["session"] = Empty


def _found(db: Database, keys: Keyring, value: str) -> tuple[Session, Member] | None:
    session = web_sessions.find(db, keys, value)
    member = staff.find(db, session.login) if session else None
    return (session, member) if session and member and member.active else None


def _begun(
    db: Database, keys: Keyring, before: Session | None, login: str, data: dict[str, Any]
) -> str | None:
    """A new session; the one this browser had ends. None when the account was switched off at this moment."""
    if before is not None:
        web_sessions.end(db, before.id)
    member = staff.find(db, login)
    return web_sessions.begin(db, keys, login, data) if member and member.active else None
