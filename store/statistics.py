"""Figures about a quarter that may leave the hotline: no count under five is told, and none can be worked out.

Cases for practice are never counted. The figures of a quarter that is over are made once and kept, because cases are
erased later (by the person, by retention) and because figures that change tell what changed.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta

from sqlite_utils import Database

from store import counting
from store.database import now
from store.quarters import Quarter, monday_of
from store.suppression import Key, Shown, published
from store.visibility import Viewer

SETTLES = timedelta(days=28)  # after its end a quarter's last cases get their answers and outcomes


@dataclass(frozen=True)
class Figures:
    """What is published about a quarter, counts already made safe.

    `counts`: keys like ("kind", "help"), ("regency kind", "Badung", "help"), ("week", "2026-11-16"), ("cases",),
    ("topic language", "housing", "id"), ("questions",), ("decision", "answer"), ("decisions",).
    `hours`: time to the first answer by kind ("" for all): median and 90 %, where enough were answered.
    `until`: the first day that does not count any more.
    """

    quarter: str
    until: str
    final: bool
    counts: dict[Key, Shown]
    hours: dict[str, tuple[float, float | None]]

    def of(self, *table: str) -> dict[Key, Shown]:
        """The rows of one table, without its name: `of("kind")` gives {("help",): 12, …}."""
        name = " ".join(table)
        return {key[1:]: shown for key, shown in self.counts.items() if key[0] == name}

    def as_json(self) -> str:
        return json.dumps(
            {
                "quarter": self.quarter,
                "until": self.until,
                "counts": [[list(key), shown] for key, shown in self.counts.items()],
                "hours": {kind: list(pair) for kind, pair in self.hours.items()},
            }
        )

    @classmethod
    def from_json(cls, text: str) -> "Figures":
        data = json.loads(text)
        return cls(
            data["quarter"],
            data["until"],
            True,
            {tuple(key): shown for key, shown in data["counts"]},
            {kind: (median, ninety) for kind, (median, ninety) in data["hours"].items()},
        )


def figures(db: Database, quarter: Quarter, today: date, viewer: Viewer | None = None) -> Figures:
    """The kept figures of a quarter that is over, else those so far.

    Someone who may see cases gets those so far up to today, of the cases she may see: the total must not tell her that
    there is another one. Everybody else (`viewer` None) gets whole weeks that are over: figures looked at every day
    would tell each single case.
    """
    kept = next(db.query("select figures from statistics where quarter = ?", [str(quarter)]), None)
    if kept is not None:
        return Figures.from_json(kept["figures"])
    end = monday_of(today) if viewer is None else today + timedelta(days=1)
    return _counted(db, quarter, min(quarter.ends, end), viewer, final=False)


def keep_finished(db: Database, today: date) -> list[str]:
    """Make and keep the figures of quarters that have settled and have none yet. Returns their names."""
    oldest = next(
        db.query(
            "select min(day) day from (select substr(min(created_at), 1, 10) day from referrals where practice = 0"
            " union all select min(day) from tallies)"
        )
    )["day"]
    if oldest is None:
        return []
    quarter, made = Quarter.of(date.fromisoformat(oldest)), []
    known = {row["quarter"] for row in db.query("select quarter from statistics")}
    while quarter.ends + SETTLES <= today:
        if str(quarter) not in known:
            found = _counted(db, quarter, quarter.ends, None, final=True)
            db.table("statistics").insert(
                {"quarter": str(quarter), "figures": found.as_json(), "made_at": now()}
            )
            made.append(str(quarter))
        quarter = quarter.next
    return made


def quarters(db: Database, today: date) -> list[Quarter]:
    """The quarters there are figures for, the present one first."""
    kept = [Quarter.read(row["quarter"]) for row in db.query("select quarter from statistics")]
    present = Quarter.of(today)
    before = Quarter.of(present.begins - timedelta(days=1))
    return sorted({present, before, *(quarter for quarter in kept if quarter)}, reverse=True)


def _counted(db: Database, quarter: Quarter, until: date, viewer: Viewer | None, final: bool) -> Figures:
    since = quarter.begins
    counts = {
        **published(counting.cases(db, since, until, viewer)),
        **published(counting.questions(db, since, until)),
        **published(counting.plain_list(db, "decision", "decisions", since, until)),
        **published(counting.plain_list(db, "campaign", "arrivals", since, until)),
    }
    hours = counting.hours_to_answer(db, since, until, viewer)
    return Figures(str(quarter), until.isoformat(), final, counts, hours)
