"""Times as staff read them: Bali's clock, in words. The store keeps UTC."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cache

from babel import Locale
from babel.dates import format_date, format_datetime, format_timedelta

from store.clock import BALI


def moment(at: str | datetime, lang: str) -> str:
    """Day and hour: "22 Nov 2026 14.05"."""
    pattern = "d MMM y HH.mm" if lang == "id" else "d MMM y HH:mm"
    return format_datetime(local(at), pattern, locale=_locale(lang))


def day(at: str | date, lang: str) -> str:
    """The day alone: "22 Nov 2026"."""
    if isinstance(at, str):
        at = date.fromisoformat(at) if len(at) == len("2026-11-22") else local(at).date()
    return format_date(at, "d MMM y", locale=_locale(lang))


def ago(at: str | datetime, lang: str) -> str:
    """How long since then, or until then: "3 jam yang lalu", "dalam 2 hari"."""
    return format_timedelta(local(at) - datetime.now(UTC), add_direction=True, locale=_locale(lang))


def local(at: str | datetime) -> datetime:
    """A stored moment on Bali's clock."""
    return (datetime.fromisoformat(at) if isinstance(at, str) else at).astimezone(BALI)


@cache
def _locale(lang: str) -> Locale:
    """Babel would look for it four times for each moment of a list."""
    return Locale.parse(lang)
