"""Who of the staff must not know of a case: what the case page shows of it, and to whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from store import visibility
from store.staff import Member
from store.visibility import LEADS, MANAGERS


@dataclass(frozen=True)
class Circle:
    """Who may not know of the case: the reporter's words, the list made of them, and whom it could be made of."""

    said: str
    excluded: tuple[str, ...]
    may_edit: bool
    confirmed: bool
    members: tuple[Member, ...]


def circle_of(
    db: Database, code: str, row: dict[str, Any], said: str, member: Member, people: list[Member]
) -> Circle:
    """The circle of a case as this member may see it; `row`: the plain columns of the case."""
    return Circle(
        said=said,
        excluded=tuple(visibility.excluded(db, code)),
        # A restricted case is before other eyes only when no lead is left to read the list.
        may_edit=member.role in LEADS or (member.role in MANAGERS and bool(row["restricted"])),
        confirmed=not row["restricted"],
        members=tuple(person for person in people if person.active and person.login != member.login),
    )
