"""The list of cases staff work through: urgent ones first, then by deadline; closed ones by the day they were closed.

A page is found by where the last one ended ("keyset"), and all that may be filtered on stands in the index that is
walked: so the hundredth page of a hundred thousand cases costs what the first one does.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlite_utils import Database

from store.deadlines import is_overdue
from store.queue_index import ALL, Filters, Place, count, walk
from store.visibility import Viewer

PAGE = 50
GROUPS = ("new", "in_progress", "waiting", "closed")
COUNTED = 1000  # beyond this "1,000 and more" is all anyone needs to know


@dataclass(frozen=True)
class Listed:
    """A case as it stands in the list."""

    code: str
    kind: str
    priority: str
    status: str
    regency: str | None
    source: str
    created_at: str
    due_at: str | None
    answered_at: str | None
    closed_at: str | None
    outcome: str | None
    assigned_to: str | None
    unread: int
    restricted: int
    tags: tuple[str, ...] = ()

    @property
    def overdue(self) -> bool:
        return is_overdue(self.status, self.due_at, self.answered_at)


@dataclass(frozen=True)
class Page:
    """Some cases in order. `following` and `preceding`: what the next page begins after, and the one before this ends
    at; None at an end of the list."""

    cases: tuple[Listed, ...]
    following: Place | None
    preceding: Place | None


def page(
    db: Database,
    viewer: Viewer,
    group: str,
    filters: Filters = ALL,
    after: Place | None = None,
    before: Place | None = None,
    size: int = PAGE,
) -> Page:
    """The cases of a group this viewer may see, from `after` on, or those just ahead of `before`."""
    if before is not None:
        found = walk(db, viewer, group, filters, before, True, size + 1)[::-1]
        more_ahead, more_behind = len(found) > size, True
        found = found[-size:]
    else:
        found = walk(db, viewer, group, filters, after, False, size + 1)
        more_ahead, more_behind = after is not None, len(found) > size
        found = found[:size]
    return Page(
        cases=_details(db, [place.code for place in found]),
        following=found[-1] if found and more_behind else None,
        preceding=found[0] if found and more_ahead else None,
    )


def counts(db: Database, viewer: Viewer, filters: Filters = ALL) -> dict[str, int]:
    """How many cases each group has for this viewer, counted to `COUNTED`."""
    return {group: count(db, viewer, group, filters, COUNTED) for group in GROUPS}


def _details(db: Database, codes: list[str]) -> tuple[Listed, ...]:
    marks = ", ".join("?" * len(codes))
    rows = {
        row["code"]: Listed(**row)
        for row in db.query(
            "select code, kind, priority, status, regency, source, created_at, due_at, answered_at, closed_at,"
            f" outcome, assigned_to, unread, restricted from referrals where code in ({marks})",
            codes,
        )
    }
    for row in db.query(f"select code, tag from case_tags where code in ({marks}) order by tag", codes):
        case = rows[row["code"]]
        rows[case.code] = replace(case, tags=(*case.tags, row["tag"]))
    return tuple(rows[code] for code in codes)
