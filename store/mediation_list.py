"""All mediations somebody may see, with the day of their next meeting; nothing of what is sealed."""

from __future__ import annotations

from dataclasses import dataclass

from sqlite_utils import Database

from store import visibility

PAGE = 50


@dataclass(frozen=True)
class Standing:
    """One mediation in a list. `status`: None while nobody has begun it."""

    code: str
    status: str | None
    mediator: str | None
    next_day: str | None
    priority: str
    created_at: str
    practice: bool


def listed(
    db: Database, viewer: visibility.Viewer, since: str, after: int = 0, most: int = PAGE
) -> list[Standing]:
    """Requests for mediation of cases that are not closed and whose mediation has not ended: the next meeting from the
    day `since` on first, then the oldest. `after`: how many to pass over."""
    seen, values = visibility.clause(viewer)
    rows = db.query(
        "select r.code, m.status, m.mediator, r.priority, r.created_at, r.practice,"
        " (select min(s.day) from mediation_sessions s"
        "   where s.code = r.code and s.status = 'planned' and s.day >= ?) as next_day"
        " from referrals r left join mediations m on m.code = r.code"
        " where r.practice in (0, 1) and r.status in ('new', 'in_progress', 'waiting') and r.kind = 'mediation'"
        f" and coalesce(m.status, '') != 'ended' and {seen}"
        " order by next_day is null, next_day, r.created_at limit ? offset ?",
        [since, *values, most, after],
    )
    return [Standing(**{**row, "practice": bool(row["practice"])}) for row in rows]
