"""Figures that may be shown to anyone: true, never small, the same tomorrow, and without practice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlite_utils import Database

from store import referrals, statistics, tallies, visibility
from store.keys import Keyring
from store.quarters import Quarter, moment_of
from store.referrals import NewReferral
from store.suppression import SMALL, WITHHELD

QUARTER = Quarter(2026, 3)
MONDAY = QUARTER.begins
LATER = QUARTER.ends + timedelta(days=40)


@dataclass(frozen=True)
class Someone:
    login: str
    role: str


MARIA = Someone("maria", "reviewer")


def file(
    db: Database,
    keys: Keyring,
    times: int = 1,
    *,
    kind: str = "help",
    regency: str | None = "Badung",
    day: date = MONDAY,
    outcome: str | None = None,
    hours: float | None = None,
    practice: bool = False,
) -> list[str]:
    """Cases filed on a day at noon in Bali, closed with an outcome or open, answered after so many hours."""
    codes = []
    for _ in range(times):
        code = referrals.add(db, keys, NewReferral(kind, "normal", {}, None, None, regency, "1"))
        filed = datetime.fromisoformat(moment_of(day)) + timedelta(hours=12)
        answered = None if hours is None else (filed + timedelta(hours=hours)).isoformat()
        db.execute(
            "update referrals set created_at = ?, answered_at = ?, status = ?, outcome = ?, practice = ?"
            " where code = ?",
            [filed.isoformat(), answered, "closed" if outcome else "new", outcome, int(practice), code],
        )
        codes.append(code)
    return codes


def test_a_quarter_is_made_of_whole_weeks_and_shares_no_day_with_the_next() -> None:
    for year in range(2025, 2032):
        for number in (1, 2, 3, 4):
            quarter = Quarter(year, number)
            assert quarter.begins.weekday() == 0
            assert len(quarter.mondays) in (12, 13, 14)
            for day in (quarter.begins, quarter.ends - timedelta(days=1)):
                assert Quarter.of(day) == quarter
            assert Quarter.of(quarter.ends) == quarter.next
            assert Quarter.read(str(quarter)) == quarter


@pytest.mark.parametrize("written", ["2026-q5", "2026-Q1", "26-q1", "", "2026-q1'--", "1999-q1"])
def test_an_address_that_names_no_quarter_is_none(written: str) -> None:
    assert Quarter.read(written) is None


def test_it_counts_by_kind_regency_week_and_outcome(db: Database, keys: Keyring) -> None:
    file(db, keys, 6, kind="help", regency="Badung", outcome="solved")
    file(db, keys, 7, kind="help", regency="Denpasar", day=MONDAY + timedelta(days=8), outcome="solved")
    file(db, keys, 5, kind="discrimination", regency="Badung", day=MONDAY + timedelta(days=8))
    file(db, keys, 8, kind="discrimination", regency=None, day=MONDAY + timedelta(days=8))
    found = statistics.figures(db, QUARTER, LATER)
    assert found.of("cases") == {(): 26}
    assert found.of("kind") == {("help",): 13, ("discrimination",): 13}
    assert found.of("regency") == {("Badung",): 11, ("Denpasar",): 7, ("unknown",): 8}
    assert found.of("outcome") == {("solved",): 13, ("open",): 13}
    weeks = found.of("week")
    assert len(weeks) == len(QUARTER.mondays)
    assert weeks[MONDAY.isoformat(),] == 6
    assert weeks[(MONDAY + timedelta(days=7)).isoformat(),] == 20


def test_a_case_filed_late_on_sunday_in_bali_belongs_to_that_week(db: Database, keys: Keyring) -> None:
    sunday = MONDAY + timedelta(days=6)
    codes = file(db, keys, 5, day=sunday)
    late = (datetime.fromisoformat(moment_of(sunday)) + timedelta(hours=23.9)).isoformat()
    for code in codes:
        db.execute("update referrals set created_at = ? where code = ?", [late, code])
    assert statistics.figures(db, QUARTER, LATER).of("week")[MONDAY.isoformat(),] == 5


def test_small_counts_are_not_told(db: Database, keys: Keyring) -> None:
    file(db, keys, 3, kind="mediation", regency="Bangli")
    file(db, keys, 20, kind="help", regency="Bangli")
    file(db, keys, 30, kind="help", regency="Badung")
    file(db, keys, 40, kind="mediation", regency="Badung")
    counts = statistics.figures(db, QUARTER, LATER).counts
    assert counts["regency kind", "Bangli", "mediation"] == SMALL
    assert counts["regency kind", "Bangli", "help"] == WITHHELD
    assert counts["cases",] == 93


def test_practice_is_never_counted(db: Database, keys: Keyring) -> None:
    file(db, keys, 9, practice=True, hours=3)
    found = statistics.figures(db, QUARTER, LATER)
    assert found.of("cases") == {(): 0}
    assert found.hours == {}


def test_time_to_the_first_answer_needs_enough_answers(db: Database, keys: Keyring) -> None:
    for hours in (1, 2, 3, 4):
        file(db, keys, kind="help", hours=hours)
    assert statistics.figures(db, QUARTER, LATER).hours == {}
    file(db, keys, kind="help", hours=50)
    assert statistics.figures(db, QUARTER, LATER).hours == {"help": (3.0, None), "": (3.0, None)}
    for hours in (5, 6, 7, 8, 9):
        file(db, keys, kind="mediation", hours=hours)
    found = statistics.figures(db, QUARTER, LATER).hours
    assert found["mediation"] == (7.0, None)
    assert found[""] == (5.0, 9.0)


def test_questions_are_counted_by_topic_and_language(db: Database) -> None:
    for topic, lang, times in (
        ("housing", "id", 9),
        ("housing", "en", 6),
        ("rights", "id", 8),
        ("rights", "en", 5),
    ):
        for _ in range(times):
            tallies.count(db, MONDAY, "topic", topic, lang)
    for _ in range(5):
        tallies.count(db, MONDAY, "decision", "answer", "id")
    tallies.count(db, QUARTER.ends, "topic", "housing", "id")  # the first day of the next quarter
    found = statistics.figures(db, QUARTER, LATER)
    assert found.of("topic") == {("housing",): 15, ("rights",): 13}
    assert found.of("topic", "language")["rights", "en"] == 5
    assert found.of("language") == {("id",): 17, ("en",): 11}
    assert found.of("questions") == {(): 28}
    assert found.of("decision") == {("answer",): 5}


def test_a_reader_sees_whole_weeks_only(db: Database, keys: Keyring) -> None:
    wednesday = MONDAY + timedelta(days=9)
    file(db, keys, 6, day=MONDAY)
    file(db, keys, 7, day=wednesday)
    assert statistics.figures(db, QUARTER, wednesday).of("cases") == {(): 6}
    assert statistics.figures(db, QUARTER, wednesday, MARIA).of("cases") == {(): 13}
    assert statistics.figures(db, QUARTER, MONDAY + timedelta(days=14)).of("cases") == {(): 13}


def test_who_is_excluded_from_a_case_cannot_count_that_it_exists(db: Database, keys: Keyring) -> None:
    codes = file(db, keys, 8)
    visibility.exclude(db, codes[0], "maria")
    assert statistics.figures(db, QUARTER, LATER, MARIA).of("cases") == {(): 7}
    assert statistics.figures(db, QUARTER, LATER, Someone("yosef", "lead")).of("cases") == {(): 8}


def test_the_figures_of_a_quarter_that_is_over_stay_when_cases_are_erased(
    db: Database, keys: Keyring
) -> None:
    codes = file(db, keys, 9, hours=2)
    assert statistics.keep_finished(db, QUARTER.ends + timedelta(days=27)) == []
    assert statistics.keep_finished(db, LATER) == [str(QUARTER)]
    before = statistics.figures(db, QUARTER, LATER)
    for code in codes:
        referrals.erase(db, code, "bot", "erased")
    file(db, keys, 3)
    assert statistics.keep_finished(db, LATER + timedelta(days=1)) == []
    assert statistics.figures(db, QUARTER, LATER, MARIA) == before
    assert before.final
    assert before.of("cases") == {(): 9}
    assert before.hours == {"help": (2.0, None), "": (2.0, None)}


def test_what_is_kept_holds_no_small_count(db: Database, keys: Keyring) -> None:
    file(db, keys, 3, regency="Bangli")
    file(db, keys, 20, regency="Badung")
    statistics.keep_finished(db, LATER)
    text = next(db.query("select figures from statistics"))["figures"]
    assert '"Bangli"], "<5"' in text
    assert "], 3]" not in text


def test_nothing_is_kept_before_anything_happened(db: Database) -> None:
    assert statistics.keep_finished(db, datetime.now(UTC).date()) == []


def test_the_present_quarter_and_the_one_before_can_always_be_chosen(db: Database, keys: Keyring) -> None:
    file(db, keys, 9)
    statistics.keep_finished(db, LATER)
    assert [str(q) for q in statistics.quarters(db, date(2027, 8, 20))] == ["2027-q3", "2027-q2", "2026-q3"]
