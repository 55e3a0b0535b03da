"""The next holy day under an answer, all of them beside the sources, and the real calendar."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from knowledge.holy_days import coming, next_day
from knowledge.library import Library, load_library
from knowledge.model import Article
from knowledge.render import LONGEST_ANSWER, answer_text, long_date, longest_answer, sources_text
from tests.knowledge.small import PAGE, TODAY, Small, day

REAL = load_library()
YEARS = sorted({day.date.year for day in REAL.days})
WITH_DAYS = [a for a in REAL.articles.values() if any(day.article == a.id for day in REAL.days)]
CYCLE = 210  # days of the pawukon calendar
GALUNGAN = date(2025, 4, 23)  # the one that was read


def line(small: Small, lang: str = "id", today: date = TODAY) -> str:
    library = small.library()
    return next_day(library.articles[PAGE, lang], library, today)


def test_an_answer_ends_with_the_next_day_in_its_language(small: Small) -> None:
    small.days = [day()]
    library = small.library()
    answers = [answer_text(library.articles[PAGE, lang], library, TODAY) for lang in ("id", "en")]
    assert answers[0].endswith("2. Minta tertulis.\n\nBerikutnya: Nyepi, Senin 8 Maret 2027.")
    assert answers[1].endswith("\n\nNext: Nyepi, Monday 8 March 2027.")


def test_a_day_that_is_only_likely_is_said_to_be(small: Small) -> None:
    small.days = [day(status="likely")]
    assert line(small) == "Berikutnya: Nyepi, Senin 8 Maret 2027 (perkiraan)."
    assert line(small, "en") == "Next: Nyepi, Monday 8 March 2027 (expected)."


def test_it_is_the_first_day_ahead_whatever_the_order_of_the_file(small: Small) -> None:
    small.days = [day(date=date(2027, 8, 11)), day(), day(date=date(2026, 3, 19))]
    assert "8 Maret 2027" in line(small)
    assert "11 Agustus 2027" in line(small, today=date(2027, 3, 9))


def test_on_the_day_itself_it_says_today(small: Small) -> None:
    small.days = [day()]
    assert line(small, today=date(2027, 3, 8)) == "Hari ini: Nyepi, Senin 8 Maret 2027."
    assert line(small, "en", date(2027, 3, 8)) == "Today: Nyepi, Monday 8 March 2027."


def test_without_a_day_ahead_nothing_is_added(small: Small) -> None:
    small.days = [day(), day(date=date(2028, 1, 1), article="emergency/now")]
    assert line(small, today=date(2027, 3, 9)) == ""
    library = small.library()
    assert answer_text(library.articles[PAGE, "id"], library, date(2027, 3, 9)).endswith("2. Minta tertulis.")


def test_an_answer_that_has_run_out_names_no_day(small: Small) -> None:
    small.days = [day()]
    small.facts["deposit"]["valid_until"] = TODAY - timedelta(days=1)
    library = small.library()
    assert "Nyepi" not in answer_text(library.articles[PAGE, "id"], library, TODAY)


def test_the_sources_tell_the_next_day_of_each_name_and_what_it_asks(small: Small) -> None:
    small.days = [
        day(date=date(2027, 3, 9), name="Ngembak Geni", status="likely", note="Biasanya ramai."),
        day(),
        day(date=date(2028, 3, 26)),
    ]
    library = small.library()
    text = sources_text(library.articles[PAGE, "id"], library, TODAY)
    assert (
        "Kalender:\n"
        "• Nyepi, Senin 8 Maret 2027: Tinggal di rumah.\n"
        "• Ngembak Geni, Selasa 9 Maret 2027 (perkiraan): Biasanya ramai.\n\n"
        "Berlaku per 22 November 2026."
    ) in text
    assert "Calendar:\n• Nyepi, Monday 8 March 2027: Stay at home." in sources_text(
        library.articles[PAGE, "en"], library, TODAY
    )


@pytest.mark.parametrize("article", WITH_DAYS, ids=lambda a: f"{a.id}.{a.lang}")
def test_the_answer_fits_on_a_phone_on_each_day_of_the_calendar(library: Library, article: Article) -> None:
    days = [known.date for known in library.days if known.article == article.id]
    for today in (*days, *(when - timedelta(days=1) for when in days)):
        assert len(answer_text(article, library, today)) <= longest_answer(article, library) <= LONGEST_ANSWER
        assert len(sources_text(article, library, today)) <= 4000


def test_the_real_nyepi_page_says_when(library: Library) -> None:
    page = library.articles["adat_rules/nyepi", "id"]
    assert answer_text(page, library, date(2026, 11, 22)).endswith("Berikutnya: Nyepi, Senin 8 Maret 2027.")
    assert [day.name for day in coming(page, library, date(2026, 11, 22))] == ["Nyepi", "Ngembak Geni"]


def test_the_night_before_nyepi_is_said_with_a_doubt(library: Library) -> None:
    page = library.articles["adat_rules/ogoh-ogoh-night", "en"]
    text = answer_text(page, library, date(2026, 11, 22))
    assert text.endswith("Next: Pengerupukan, Sunday 7 March 2027 (expected).")


# --- the real calendar ---------------------------------------------------------------------------------


def dates(year: int, name: str) -> list[date]:
    return [day.date for day in REAL.days if day.name == name and day.date.year == year]


def pawukon(year: int, first: date) -> list[date]:
    """All days of this year that lie a whole number of cycles from `first`."""
    new_year = date(year, 1, 1)
    start = new_year + timedelta(days=(first - new_year).days % CYCLE)
    return [start + timedelta(days=n) for n in (0, CYCLE) if (start + timedelta(days=n)).year == year]


def test_next_year_is_there() -> None:
    assert 2027 in YEARS


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize(
    ("name", "after_galungan"), [("Galungan", 0), ("Kuningan", 10), ("Saraswati", 136), ("Pagerwesi", 140)]
)
def test_the_days_of_the_pawukon_calendar_are_where_the_count_puts_them(
    year: int, name: str, after_galungan: int
) -> None:
    """Saraswati is the last day of the cycle of thirty weeks, Pagerwesi four days later; Galungan lies in week 11."""
    assert dates(year, name) == pawukon(year, GALUNGAN + timedelta(days=after_galungan))


@pytest.mark.parametrize("year", YEARS)
def test_the_days_around_nyepi_are_its_neighbours(year: int) -> None:
    (nyepi,) = dates(year, "Nyepi")
    assert dates(year, "Pengerupukan") == [nyepi - timedelta(days=1)]
    assert dates(year, "Ngembak Geni") == [nyepi + timedelta(days=1)]


@pytest.mark.parametrize(("year", "nyepi"), [(2026, date(2026, 3, 19)), (2027, date(2027, 3, 8))])
def test_nyepi_is_on_the_decreed_day(year: int, nyepi: date) -> None:
    assert dates(year, "Nyepi") == ([nyepi] if year in YEARS else [])


def test_only_nyepi_galungan_and_kuningan_are_stated_flatly() -> None:
    assert {day.name for day in REAL.days if day.status == "verified"} == {"Nyepi", "Galungan", "Kuningan"}


def test_the_dates_an_article_writes_out_are_those_of_the_calendar(library: Library) -> None:
    page = library.articles["adat_rules/galungan-kuningan", "id"]
    for name in ("Galungan", "Kuningan"):
        for when in dates(2027, name):
            assert long_date(when, "id").removesuffix(" 2027") in page.short
