"""Who may open which page. A page one may not open is answered like one that does not exist."""

from __future__ import annotations

from typing import Any

from litestar.connection import ASGIConnection
from litestar.exceptions import NotFoundException
from litestar.handlers import BaseRouteHandler
from litestar.types import Guard

from hotline.sessions import member_of
from store.staff import Member

OPEN_TO_ALL = {"exclude_from_auth": True}  # `opt` of a handler that needs no sign-in
BEFORE_READY = {"before_ready": True}  # `opt` of a handler one reaches while the account is not finished
NEEDS_CODES = ("admin",)  # roles that must have one-time codes


class GoThere(Exception):
    """Not this page: go to `path` first."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


def only(*roles: str) -> Guard:
    """A guard for handlers: `guards=[only("lead", "admin")]`."""

    def guard(connection: ASGIConnection[Any, Any, Any, Any], _handler: BaseRouteHandler) -> None:
        member = member_of(connection)
        if member is None or member.role not in roles:
            raise NotFoundException

    return guard


def ready(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """For all pages: whoever has a password of the operator's, or is admin without one-time codes, mends that first."""
    member = member_of(connection)
    if member is None or handler.opt.get("before_ready") or handler.opt.get("exclude_from_auth"):
        return
    missing = first_thing_missing(member)
    if missing:
        raise GoThere(missing)


def first_thing_missing(member: Member) -> str | None:
    """The page on which an unfinished account is finished, None when nothing is missing."""
    if member.must_change_password:
        return "/akun/kata-sandi"
    if member.role in NEEDS_CODES and not member.has_totp:
        return "/akun/kode"
    return None
