"""Addresses within the console that travel through a form or a link: only our own are followed."""

from __future__ import annotations

import re
from urllib.parse import quote

_OURS = re.compile(r"/(?![/\\])[A-Za-z0-9._~/-]*")


def sign_in_path(back_to: str = "") -> str:
    """The sign-in page, which leads back to where someone wanted to go."""
    return f"/masuk?ke={quote(back_to)}" if own_path(back_to) not in ("", "/") else "/masuk"


def own_path(path: str) -> str:
    """The path if it is one of ours (no other host, no query), else an empty string."""
    return path if _OURS.fullmatch(path) else ""
