"""Reading the audit: by case and by person, a page at a time, without what the reader may not know of."""

from __future__ import annotations

from dataclasses import dataclass

from sqlite_utils import Database

from store import visibility
from store.codes import read_code
from store.visibility import Viewer

PAGE = 50


@dataclass(frozen=True)
class Row:
    """One deed. `code` is empty for what was not done to a case."""

    id: int
    at: str
    who: str
    what: str
    code: str


@dataclass(frozen=True)
class Page:
    """Rows, newest first. `older`: the id to go on from, None at the end."""

    rows: tuple[Row, ...]
    older: int | None


# What was hidden from someone stays hidden when the case itself has been erased: then only the audit remembers.
_HIDDEN = (
    "exists (select 1 from case_exclusions x where x.code = a.code and x.login = ?)"
    " or exists (select 1 from audit e where e.what = ? and e.code = a.code and not exists"
    " (select 1 from audit b where b.code = e.code and b.what = ? and b.id > e.id))"
)


def page(
    db: Database, viewer: Viewer, code: str = "", who: str = "", before: int | None = None, most: int = PAGE
) -> Page:
    """Deeds of a person, on a case, or all, for a lead; nothing for anyone else. Rows about a case that is or was
    hidden from the viewer are left out."""
    if viewer.role not in visibility.LEADS:
        return Page((), None)
    login = viewer.login
    wanted = [f"(a.code = '' or not ({_HIDDEN}))"]
    values: list[str | int] = [login, f"excluded {login}", f"admitted {login}"]
    for condition, value in (("a.code = ?", read_code(code) or code), ("a.who = ?", who)):
        if value:
            wanted.append(condition)
            values.append(value)
    if before is not None:
        wanted.append("a.id < ?")
        values.append(before)
    rows = db.query(
        f"select a.id id, a.at at, a.who who, a.what what, a.code code from audit a where {' and '.join(wanted)}"
        " order by a.id desc limit ?",
        [*values, most + 1],
    )
    found = [Row(**row) for row in rows]
    return Page(tuple(found[:most]), found[most - 1].id if len(found) > most else None)


def people(db: Database) -> list[str]:
    """Everybody the audit knows, found without reading each row."""
    rows = db.query(
        "with recursive p(who) as (select min(who) from audit union all"
        " select (select min(who) from audit where who > p.who) from p where p.who is not null)"
        " select who from p where who is not null"
    )
    return [row["who"] for row in rows]
