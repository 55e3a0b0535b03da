"""The periods statistics speak of: quarters made of whole weeks, so that no two periods share a day.

Two periods that overlap ("January to March", "January to April") would tell by subtraction what happened in between.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from store.clock import BALI

WEEK = timedelta(days=7)
_WRITTEN = re.compile(r"(20\d\d)-q([1-4])")


@dataclass(frozen=True, order=True)
class Quarter:
    """All weeks whose Monday falls into a calendar quarter."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Quarter":
        """The quarter the week of this day belongs to."""
        monday = monday_of(day)
        return cls(monday.year, (monday.month - 1) // 3 + 1)

    @classmethod
    def read(cls, written: str) -> "Quarter | None":
        """A quarter as it stands in an address ("2026-q4"); None for anything else."""
        match = _WRITTEN.fullmatch(written)
        return cls(int(match[1]), int(match[2])) if match else None

    def __str__(self) -> str:
        return f"{self.year}-q{self.number}"

    @property
    def begins(self) -> date:
        """Its first Monday."""
        first = date(self.year, 3 * self.number - 2, 1)
        monday = monday_of(first)
        return monday if monday == first else monday + WEEK

    @property
    def ends(self) -> date:
        """The first Monday after it."""
        return self.next.begins

    @property
    def next(self) -> "Quarter":
        return Quarter(self.year, self.number + 1) if self.number < 4 else Quarter(self.year + 1, 1)

    @property
    def mondays(self) -> list[date]:
        """The days its weeks begin on."""
        return [self.begins + n * WEEK for n in range((self.ends - self.begins) // WEEK)]


def monday_of(day: date) -> date:
    """The day the week of this day began on."""
    return day - timedelta(days=day.weekday())


def day_in_bali(moment: str) -> date:
    """The day it was in Bali at a stored moment."""
    return datetime.fromisoformat(moment).astimezone(BALI).date()


def moment_of(day: date) -> str:
    """Midnight in Bali at the beginning of a day, as moments are stored."""
    return datetime.combine(day, time(), BALI).astimezone(UTC).isoformat(timespec="microseconds")
