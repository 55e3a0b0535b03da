"""What colleagues are called."""

from __future__ import annotations

from sqlite_utils import Database

from store import staff


def shown_names(db: Database) -> dict[str, str]:
    """The shown name of every account, by login; of those switched off too."""
    return {member.login: member.shown_name for member in staff.listed(db)}
