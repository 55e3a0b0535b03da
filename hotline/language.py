"""In which language a page is shown: the member's own, or before she signed in the browser's choice."""

from __future__ import annotations

from typing import Any

from litestar.connection import ASGIConnection

from hotline.sessions import member_of
from locales import LANGUAGES, Translate, translator

COOKIE = "bahasa"


def language_of(connection: ASGIConnection[Any, Any, Any, Any]) -> str:
    """The member's language; else that of the cookie, else the browser's; Indonesian when nothing else fits."""
    member = member_of(connection)
    chosen = member.lang if member else connection.cookies.get(COOKIE, "")
    if chosen in LANGUAGES:
        return chosen
    for wish in connection.headers.get("accept-language", "").split(","):
        wanted = wish.split(";")[0].strip().lower().split("-")[0]
        if wanted in LANGUAGES:
            return wanted
    return "id"


def words(connection: ASGIConnection[Any, Any, Any, Any]) -> Translate:
    """The translation function for this request; in handlers: `_ = words(request)`."""
    return translator(language_of(connection))
