"""Which referrals to agencies somebody should look at again, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlite_utils import Database

from store import visibility

PAGE = 50
MOST_COUNTED = 1000


@dataclass(frozen=True)
class FollowUp:
    """One referral still open, with nothing of what was told."""

    id: int
    code: str
    agency: str
    handover: str
    status: str
    follow_up_on: str
    staff: str
    practice: bool

    def is_due(self, today: date) -> bool:
        """Whether the day to look again has come."""
        return self.follow_up_on <= today.isoformat()


def still_open(db: Database, viewer: visibility.Viewer, after: int = 0, most: int = PAGE) -> list[FollowUp]:
    """Referrals to agencies without an end, of cases this viewer may see, by the day to look again. `after`: how many
    to pass over."""
    seen, values = visibility.clause(viewer)
    # "cross join" keeps SQLite from walking through all cases first: the index finds the few that are due.
    rows = db.query(
        "select a.id, a.code, a.agency, a.handover, a.status, a.follow_up_on, a.staff, r.practice"
        " from agency_referrals a cross join referrals r on r.code = a.code"
        f" where a.follow_up_on is not null and {seen}"  # open ones have a day, and no others
        " order by a.follow_up_on, a.id limit ? offset ?",
        [*values, most, after],
    )
    return [FollowUp(**{**row, "practice": bool(row["practice"])}) for row in rows]


def count_due(db: Database, viewer: visibility.Viewer, today: date) -> int:
    """How many of them are due today or before; beyond `MOST_COUNTED` nobody counts."""
    seen, values = visibility.clause(viewer)
    rows = db.query(
        "select count(*) as n from (select 1 from agency_referrals a cross join referrals r on r.code = a.code"
        f" where a.follow_up_on <= ? and r.practice = 0 and {seen} limit ?)",
        [today.isoformat(), *values, MOST_COUNTED],
    )
    return int(next(rows)["n"])
