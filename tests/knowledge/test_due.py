"""What a person has to look at again."""

from __future__ import annotations

from datetime import date, timedelta

from knowledge.due import CALENDAR_DAYS, due
from knowledge.library import Library
from tests.knowledge.small import PAGE, TODAY, Small, day


def listed(small: Small, kind: str, days: int = 60, today: date = TODAY) -> dict[str, str]:
    return {one.id: one.why for one in due(small.library(), today, days) if one.kind == kind}


def test_a_review_is_due_when_its_day_comes_near(small: Small) -> None:
    small.page["review_by"] = TODAY + timedelta(days=61)
    assert PAGE not in listed(small, "review")
    assert PAGE in listed(small, "review", days=61)


def test_a_fact_is_due_before_it_runs_out(small: Small) -> None:
    small.facts["deposit"]["valid_until"] = TODAY + timedelta(days=60)
    assert listed(small, "fact", days=59) == {}
    assert list(listed(small, "fact")) == ["deposit"]


def test_a_contact_that_was_confirmed_within_a_year_is_not_listed(small: Small) -> None:
    assert listed(small, "contact") == {}
    small.contacts["line-1"]["verified_on"] = TODAY - timedelta(days=365)
    assert listed(small, "contact") == {}


def test_a_contact_confirmed_more_than_a_year_ago_is_listed(small: Small) -> None:
    small.contacts["line-1"]["verified_on"] = TODAY - timedelta(days=366)
    assert listed(small, "contact") == {"line-1": "verified on 2025-11-21, more than a year ago"}


def test_a_contact_that_was_never_confirmed_is_listed(small: Small) -> None:
    small.contacts["line-1"].update(confidence="likely", verified_on=None)
    small.contacts["line-2"].update(confidence="likely", verified_on=None, crisis=True)
    assert listed(small, "contact") == {
        "line-1": "not verified, not shown to people",
        "line-2": "not verified, yet shown in a crisis",
    }


def test_a_doubtful_channel_of_a_good_contact_is_named(small: Small) -> None:
    small.contacts["line-1"]["channels"].append({"type": "web", "value": "polri.id", "confidence": "likely"})
    assert listed(small, "contact") == {"line-1": "not verified: polri.id"}


def test_a_contact_confirmed_at_no_known_day_is_listed(small: Small) -> None:
    small.contacts["line-1"]["verified_on"] = None
    assert listed(small, "contact") == {"line-1": "verified at an unknown date"}


def test_a_year_of_the_calendar_is_announced_ninety_days_before_it_ends(small: Small) -> None:
    small.days = [day(date=date(2026, 3, 19))]
    end = date(2026, 12, 31)
    assert listed(small, "calendar", days=1, today=end - timedelta(days=CALENDAR_DAYS + 1)) == {}
    assert listed(small, "calendar", days=1, today=end - timedelta(days=CALENDAR_DAYS)) == {
        "2026": "take its days out when it is over; 2027 is missing"
    }


def test_a_year_that_has_a_next_one_has_only_to_be_taken_out(small: Small) -> None:
    small.days = [day(date=date(2026, 3, 19)), day()]
    assert listed(small, "calendar") == {"2026": "take its days out when it is over"}


def test_the_most_urgent_comes_first_and_what_has_no_day_last(small: Small) -> None:
    small.facts["deposit"]["valid_until"] = TODAY + timedelta(days=5)
    small.page["review_by"] = TODAY + timedelta(days=2)
    small.contacts["line-1"].update(confidence="likely", verified_on=None)
    assert [one.kind for one in due(small.library(), TODAY, 60)] == ["review", "fact", "contact"]


def test_of_the_real_ones_the_wages_of_2026_and_unconfirmed_numbers_are_listed(library: Library) -> None:
    found = {(one.kind, one.id) for one in due(library, date(2026, 11, 22), 60)}
    assert ("fact", "employment.ump-bali-2026") in found
    assert ("contact", "police-110") in found
