"""How often what happened on a day: for the statistics. Holds no chat, no words, no time of day."""

from __future__ import annotations

from datetime import date

from sqlite_utils import Database


def count(db: Database, day: date, what: str, name: str, lang: str) -> None:
    """One more of this. what: decision | topic | article | campaign."""
    db.execute(
        "insert into tallies (day, what, name, lang, times) values (?, ?, ?, ?, 1)"
        " on conflict (day, what, name, lang) do update set times = times + 1",
        [day.isoformat(), what, name, lang],
    )


def between(db: Database, what: str, first: date, last: date) -> list[tuple[str, str, int]]:
    """(name, language, times) of a kind from `first` to `last`, both included, most frequent first."""
    rows = db.query(
        "select name, lang, sum(times) times from tallies where what = ? and day between ? and ?"
        " group by name, lang order by times desc, name, lang",
        [what, first.isoformat(), last.isoformat()],
    )
    return [(row["name"], row["lang"], row["times"]) for row in rows]
