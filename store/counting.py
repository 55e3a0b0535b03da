"""Counts the cases and questions of some weeks, as networks whose small counts can be withheld."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from datetime import date, timedelta
from math import ceil

from sqlite_utils import Database

from store import tallies, visibility
from store.quarters import Quarter, moment_of
from store.suppression import SMALLEST, Arc, Key
from store.visibility import Viewer

OPEN, UNKNOWN = "open", "unknown"  # outcome of a case still open; what nobody noted
ENOUGH_FOR_NINETY = 10  # of fewer, the 90 % would be the slowest one itself
_TOTAL = 20  # the loss of a total hurts more than that of a cell
_MARGIN = 4


def cases(db: Database, since: date, until: date, viewer: Viewer | None) -> list[Arc]:
    """Tables of regency by kind and kind by outcome, the weeks, and all totals."""
    condition, values = _chosen(since, until, viewer)
    rows = db.query(
        "select kind, coalesce(regency, ?) regency,"
        " case status when 'closed' then coalesce(outcome, ?) else ? end outcome,"
        " date(created_at, '+8 hours', 'weekday 0', '-6 days') monday, count(*) n"
        f" from referrals r where {condition} group by 1, 2, 3, 4",
        [UNKNOWN, UNKNOWN, OPEN, *values],
    )
    counts: Counter[Key] = Counter()
    for row in rows:
        kind, regency, outcome, n = row["kind"], row["regency"], row["outcome"], row["n"]
        counts["cases",] += n
        counts["week", row["monday"]] += n
        counts["regency", regency] += n
        counts["regency kind", regency, kind] += n
        counts["kind", kind] += n
        counts["kind outcome", kind, outcome] += n
        counts["outcome", outcome] += n
    weeks = Quarter.of(since).mondays
    counts.update({("week", monday.isoformat()): 0 for monday in weeks if monday < until})
    counts.update({("cases",): 0})
    _fill(counts, "regency", "kind", "outcome")
    return [_case_arc(key, n) for key, n in counts.items()]


def _case_arc(key: Key, count: int) -> Arc:
    """Where a count lies on a case's way: week, regency, kind, outcome (see store/suppression.py)."""
    match key:
        case ("cases",):
            return Arc(key, "end", "begin", count, _TOTAL)
        case ("week", _):
            return Arc(key, "begin", "weeks", count)
        case ("regency", regency):
            return Arc(key, "weeks", f"regency {regency}", count, _MARGIN)
        case ("regency kind", regency, kind):
            return Arc(key, f"regency {regency}", f"into {kind}", count)
        case ("kind", kind):
            return Arc(key, f"into {kind}", f"from {kind}", count, _MARGIN)
        case ("kind outcome", kind, outcome):
            return Arc(key, f"from {kind}", f"outcome {outcome}", count)
        case ("outcome", outcome):
            return Arc(key, f"outcome {outcome}", "end", count, _MARGIN)
    raise AssertionError(key)


def questions(db: Database, since: date, until: date) -> list[Arc]:
    """A table of topics by languages, with all totals."""
    counts: Counter[Key] = Counter({("questions",): 0})
    for topic, language, n in tallies.between(db, "topic", since, until - timedelta(days=1)):
        counts["questions",] += n
        counts["topic", topic] += n
        counts["topic language", topic, language] += n
        counts["language", language] += n
    _fill(counts, "topic", "language")
    return [_question_arc(key, n) for key, n in counts.items()]


def _question_arc(key: Key, count: int) -> Arc:
    match key:
        case ("questions",):
            return Arc(key, "end", "begin", count, _TOTAL)
        case ("topic", topic):
            return Arc(key, "begin", f"topic {topic}", count, _MARGIN)
        case ("topic language", topic, language):
            return Arc(key, f"topic {topic}", f"language {language}", count)
        case ("language", language):
            return Arc(key, f"language {language}", "end", count, _MARGIN)
    raise AssertionError(key)


def plain_list(db: Database, what: str, total: str, since: date, until: date) -> list[Arc]:
    """How often what happened (a kind of tally), and the total."""
    counts: Counter[Key] = Counter({(total,): 0})
    for name, _language, n in tallies.between(db, what, since, until - timedelta(days=1)):
        counts[total,] += n
        counts[what, name] += n
    return [
        Arc(key, "end", "begin", n, _TOTAL) if key == (total,) else Arc(key, "begin", "end", n)
        for key, n in counts.items()
    ]


def _fill(counts: Counter[Key], *dimensions: str) -> None:
    """A cell nobody fell into is a count too, where both its row and its column exist."""
    names = {d: sorted(key[1] for key in counts if key[0] == d) for d in dimensions}
    for row, column in itertools.pairwise(dimensions):
        for one in names[row]:
            for other in names[column]:
                counts[f"{row} {column}", one, other] += 0


def hours_to_answer(
    db: Database, since: date, until: date, viewer: Viewer | None
) -> dict[str, tuple[float, float | None]]:
    """Hours from filing to the first answer, by kind and for all."""
    condition, values = _chosen(since, until, viewer)
    waited: dict[str, list[float]] = defaultdict(list)
    for row in db.query(
        "select kind, (julianday(answered_at) - julianday(created_at)) * 24 hours from referrals r"
        f" where answered_at is not null and {condition} order by hours",
        values,
    ):
        waited[row["kind"]].append(row["hours"])
        waited[""].append(row["hours"])
    return {
        kind: (
            round(_rank(hours, 0.5), 1),
            round(_rank(hours, 0.9), 1) if len(hours) >= ENOUGH_FOR_NINETY else None,
        )
        for kind, hours in waited.items()
        if len(hours) >= SMALLEST
    }


def _rank(ordered: list[float], share: float) -> float:
    """The value that this share of all does not exceed."""
    return ordered[ceil(share * len(ordered)) - 1]


def _chosen(since: date, until: date, viewer: Viewer | None) -> tuple[str, list[str]]:
    seen, who = visibility.clause(viewer) if viewer else ("1", [])
    # Spelled out, so that the index on (practice, created_at) serves.
    wanted = f"r.practice = 0 and r.created_at >= ? and r.created_at < ? and {seen}"
    return wanted, [moment_of(since), moment_of(until), *who]
