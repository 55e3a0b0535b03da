"""What roles are called on a page."""

from __future__ import annotations

from hotline.menu import noted as _

ROLES = {
    "reviewer": _("petugas kasus"),
    "mediator": _("mediator"),
    "lead": _("koordinator"),
    "admin": _("admin"),
    "reader": _("pembaca statistik"),
}


def role_in_words(role: str) -> str:
    """The Indonesian source text for a role; the page translates it."""
    return ROLES.get(role, role)


def all_roles() -> list[tuple[str, str]]:
    """(role, source text of its name), for a list to choose from."""
    return list(ROLES.items())
