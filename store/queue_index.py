"""The walk through the queue's index: all that may be filtered on stands in it, so no row is read to skip a case.

Where only few cases can fit, a member's or those with a rare tag, these are looked at instead of the whole list.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from store import visibility
from store.visibility import Viewer

NOBODY = "-"  # filter: cases without an assignee
_PRIORITIES = ("urgent", "normal")
_INDEX = {"closed": "idx_referrals_closed"}
_OTHERWISE = "idx_referrals_queue"
_OF_MEMBER = "idx_referrals_of_member"
_BY_CODE = "sqlite_autoindex_referrals_1"  # of the primary key
_FEW = 500  # so many are fetched one by one and sorted sooner than the others of the list are passed over
_MANY = 5000  # cases with one tag: asking each case of the list is quicker than listing these


@dataclass(frozen=True)
class Filters:
    """What narrows the list. `assigned`: a login, or `NOBODY`."""

    kind: str | None = None
    regency: str | None = None
    assigned: str | None = None
    tag: str | None = None
    unread: bool = False
    practice: bool = False


ALL = Filters()


@dataclass(frozen=True)
class Place:
    """Where in the list a case stands: what a page begins after, or ends before."""

    priority: str
    moment: str
    code: str

    def __str__(self) -> str:
        return f"{self.priority}~{self.moment}~{self.code}"

    @classmethod
    def read(cls, text: str | None) -> "Place | None":
        """A place from the address of a page; None for anything else."""
        parts = (text or "").split("~")
        return cls(*parts) if len(parts) == 3 and parts[0] in _PRIORITIES else None


def walk(
    db: Database, viewer: Viewer, group: str, filters: Filters, start: Place | None, back: bool, most: int
) -> list[Place]:
    """The places of at most `most` cases, from `start` on or back from it.

    One run per priority: within one, the index is in the order of the list.
    """
    tagged = _tagged(db, filters)
    few_of_member = filters.assigned and count(db, viewer, group, filters, _FEW) < _FEW
    index = _BY_CODE if tagged < _FEW else _OF_MEMBER if few_of_member else _list(group)
    conditions = _conditions(viewer, group, filters, tagged)
    priorities: tuple[str | None, ...] = (None,) if group == "closed" else _PRIORITIES
    found: list[Place] = []
    for priority in priorities[::-1] if back else priorities:
        passed = start is not None and priority is not None and priority != start.priority
        if passed and (priority == "urgent") != back:
            continue  # this priority lies wholly on the other side of `start`
        sql, values = _stretch(index, group, conditions, priority, None if passed else start, back)
        rows = db.query(f"{sql} limit ?", [*values, most - len(found)])
        found += [Place(row["priority"], row["moment"], row["code"]) for row in rows]
        if len(found) == most:
            break
    return found


def count(db: Database, viewer: Viewer, group: str, filters: Filters, most: int) -> int:
    """How many cases there are, counted to `most`."""
    tagged = _tagged(db, filters)
    wanted, values = _conditions(viewer, group, filters, tagged)
    index = _BY_CODE if tagged < _FEW else _OF_MEMBER if filters.assigned else _list(group)
    row = next(
        db.query(
            f"select count(*) n from (select 1 from referrals r indexed by {index} where {' and '.join(wanted)} limit ?)",
            [*values, most],
        )
    )
    return int(row["n"])


def _tagged(db: Database, filters: Filters) -> int:
    """How many cases have the tag that is asked for, counted to `_MANY`; as many where none is asked for."""
    if not filters.tag:
        return _MANY
    rows = db.query(
        "select count(*) n from (select 1 from case_tags where tag = ? limit ?)", [filters.tag, _MANY]
    )
    return int(next(rows)["n"])


def _list(group: str) -> str:
    """The index that is in the order of a group's list."""
    return _INDEX.get(group, _OTHERWISE)


def _stretch(
    index: str,
    group: str,
    conditions: tuple[list[str], list[Any]],
    priority: str | None,
    start: Place | None,
    back: bool,
) -> tuple[str, list[Any]]:
    """The query for one run through the index, in either direction."""
    closed = group == "closed"
    moment = "closed_at" if closed else "due_at"
    falling = closed != back  # closed cases: the latest first
    wanted, values = [*conditions[0]], [*conditions[1]]
    if priority is not None:
        wanted.append("r.priority = ?")
        values.append(priority)
    if start is not None:
        wanted.append(f"(r.{moment}, r.code) {'<' if falling else '>'} (?, ?)")
        values += [start.moment, start.code]
    way = "desc" if falling else "asc"
    shown = "'normal'" if closed else "r.priority"
    sql = (
        f"select {shown} priority, r.{moment} moment, r.code code"
        f" from referrals r indexed by {index}"
        f" where {' and '.join(wanted)} order by r.{moment} {way}, r.code {way}"
    )
    return sql, values


def _conditions(viewer: Viewer, group: str, filters: Filters, tagged: int) -> tuple[list[str], list[Any]]:
    seen, who = visibility.clause(viewer)
    wanted, values = ["r.practice = ?", "r.status = ?"], [int(filters.practice), group]
    for column, value in (("kind", filters.kind), ("regency", filters.regency)):
        if value:
            wanted.append(f"r.{column} = ?")
            values.append(value)
    if filters.assigned == NOBODY:
        wanted.append("r.assigned_to is null")
    elif filters.assigned:
        wanted.append("r.assigned_to = ?")
        values.append(filters.assigned)
    if filters.unread:
        wanted.append("r.unread > 0")
    if filters.tag:
        among = "exists (select 1 from case_tags t where t.tag = ? and t.code = r.code)"
        wanted.append(
            among if tagged == _MANY else "r.code in (select t.code from case_tags t where t.tag = ?)"
        )
        values.append(filters.tag)
    return [*wanted, seen], [*values, *who]
