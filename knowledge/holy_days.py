"""The next holy days an article speaks of: one line under the answer, all of them beside its sources.

The dates live in calendar.yml alone, so that an article need not be rewritten each year. What is said about them stands
here in both languages, as in everything curated; the catalogue in locales/ holds the words of the conversation.
"""

from __future__ import annotations

from datetime import date

from babel.dates import format_date

from knowledge.library import Library
from knowledge.model import Article, CalendarDay

_TODAY = {"id": "Hari ini: {day}.", "en": "Today: {day}."}
_NEXT = {"id": "Berikutnya: {day}.", "en": "Next: {day}."}
_LIKELY = {"id": " (perkiraan)", "en": " (expected)"}
_CALENDAR = {"id": "Kalender", "en": "Calendar"}


def coming(article: Article, library: Library, today: date) -> list[CalendarDay]:
    """The next day of each name this article speaks of, soonest first; today counts."""
    found: dict[str, CalendarDay] = {}
    for day in sorted(library.days, key=lambda day: day.date):
        if day.article == article.id and day.date >= today:
            found.setdefault(day.name, day)
    return list(found.values())


def next_day(article: Article, library: Library, today: date) -> str:
    """ "Berikutnya: Nyepi, Senin 8 Maret 2027."; "" when no day of this article is ahead."""
    days = coming(article, library, today)
    return _line(days[0], article.lang, today) if days else ""


def longest_line(article: Article, library: Library) -> int:
    """How many characters the line of any day of this article needs: the answer must leave room for it."""
    days = [day for day in library.days if day.article == article.id]
    lines = [_line(day, article.lang, today) for day in days for today in (day.date, date.min)]
    return max((len(line) for line in lines), default=0)


def calendar_text(article: Article, library: Library, today: date) -> str:
    """The coming days with what each asks of a resident; "" when there is none."""
    lines = [
        f"• {_named(day, article.lang)}: {day.note_en if article.lang == 'en' else day.note}"
        for day in coming(article, library, today)
    ]
    return "\n".join((f"{_CALENDAR[article.lang]}:", *lines)) if lines else ""


def _line(day: CalendarDay, lang: str, today: date) -> str:
    say = _TODAY if day.date == today else _NEXT
    return say[lang].format(day=_named(day, lang))


def _named(day: CalendarDay, lang: str) -> str:
    written = format_date(day.date, "EEEE d MMMM y", locale=lang)
    return f"{day.name}, {written}{_LIKELY[lang] if day.status == 'likely' else ''}"
