"""Counts by day for the statistics; nothing in them leads back to a person."""

from __future__ import annotations

from datetime import date

from sqlite_utils import Database

from store import tallies
from store.database import write

MONDAY, TUESDAY, FRIDAY = date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 27)


def test_the_same_thing_on_the_same_day_is_one_row_that_counts(db: Database) -> None:
    with write(db):
        for _ in range(3):
            tallies.count(db, MONDAY, "topic", "housing", "id")
    assert db.table("tallies").count == 1
    assert tallies.between(db, "topic", MONDAY, MONDAY) == [("housing", "id", 3)]


def test_kinds_names_and_languages_are_counted_apart(db: Database) -> None:
    with write(db):
        tallies.count(db, MONDAY, "topic", "housing", "id")
        tallies.count(db, MONDAY, "topic", "housing", "en")
        tallies.count(db, MONDAY, "topic", "employment", "id")
        tallies.count(db, MONDAY, "article", "housing", "id")
    assert tallies.between(db, "article", MONDAY, MONDAY) == [("housing", "id", 1)]
    assert tallies.between(db, "topic", MONDAY, MONDAY) == [
        ("employment", "id", 1), ("housing", "en", 1), ("housing", "id", 1),
    ]  # fmt: skip


def test_days_are_added_up_both_ends_included_most_frequent_first(db: Database) -> None:
    with write(db):
        for day, name, times in (
            (MONDAY, "poster", 1), (TUESDAY, "poster", 2), (FRIDAY, "poster", 4), (TUESDAY, "gereja", 5),
        ):  # fmt: skip
            for _ in range(times):
                tallies.count(db, day, "campaign", name, "id")
    assert tallies.between(db, "campaign", MONDAY, FRIDAY) == [("poster", "id", 7), ("gereja", "id", 5)]
    assert tallies.between(db, "campaign", MONDAY, TUESDAY) == [("gereja", "id", 5), ("poster", "id", 3)]
    assert tallies.between(db, "campaign", FRIDAY, FRIDAY) == [("poster", "id", 4)]
    assert tallies.between(db, "campaign", date(2026, 12, 1), date(2026, 12, 31)) == []


def test_a_row_has_no_room_for_a_chat_words_or_a_time_of_day(db: Database) -> None:
    with write(db):
        tallies.count(db, MONDAY, "decision", "crisis", "id")
    [row] = db.query("select * from tallies")
    assert row == {"day": "2026-11-23", "what": "decision", "name": "crisis", "lang": "id", "times": 1}
