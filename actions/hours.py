"""When the hotline is staffed: "Mon-Fri 08:00-20:00, Sat 09:00-13:00", in Bali's time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from locales import Translate

_DAYS = {
    "mon": 0, "sen": 0, "tue": 1, "sel": 1, "wed": 2, "rab": 2, "thu": 3, "kam": 3,
    "fri": 4, "jum": 4, "sat": 5, "sab": 5, "sun": 6, "min": 6,
}  # fmt: skip
_SPAN = re.compile(
    r"\s*(?P<first>[a-z]{3})(?:\s*-\s*(?P<last>[a-z]{3}))?\s+(?P<opens>\d\d:\d\d)\s*-\s*(?P<closes>\d\d:\d\d)\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Span:
    """Days of the week (0 Monday … 6 Sunday) and the hours of each."""

    days: tuple[int, ...]
    opens: time
    closes: time


@dataclass(frozen=True)
class Hours:
    """All spans of a week in which somebody is there."""

    spans: tuple[Span, ...]

    @classmethod
    def read(cls, text: str) -> "Hours":
        """From "Mon-Fri 08:00-20:00, Sat 09:00-13:00" (or Sen-Jum …). Raises ValueError with a sentence."""
        spans = []
        for piece in text.split(","):
            match = _SPAN.fullmatch(piece)
            days = _days(match["first"], match["last"]) if match else None
            if match is None or days is None:
                raise ValueError(
                    f"'{piece.strip()}' is not understood; write for example Mon-Fri 08:00-20:00, Sat 09:00-13:00"
                )
            try:
                opens, closes = time.fromisoformat(match["opens"]), time.fromisoformat(match["closes"])
            except ValueError:
                raise ValueError(f"'{piece.strip()}' names an hour that is none") from None
            if opens >= closes:
                raise ValueError(f"'{piece.strip()}' ends before it begins")
            spans.append(Span(days, opens, closes))
        return cls(tuple(spans))

    def open_at(self, moment: datetime) -> bool:
        """Whether somebody is there at this moment."""
        return any(
            moment.weekday() in span.days and span.opens <= moment.time() < span.closes for span in self.spans
        )

    def next_opening(self, moment: datetime) -> datetime:
        """When somebody comes next, after a moment at which nobody is there."""
        openings = [
            datetime.combine(moment.date() + timedelta(days=ahead), span.opens, moment.tzinfo)
            for ahead in range(8)
            for span in self.spans
            if (moment.weekday() + ahead) % 7 in span.days
        ]
        return min(opening for opening in openings if opening > moment)

    def described(self, say: Translate) -> str:
        """In words: "Senin–Jumat 08.00–20.00, Sabtu 09.00–13.00 WITA"."""
        names = day_names(say)
        pieces = []
        for span in self.spans:
            first, last = names[span.days[0]], names[span.days[-1]]
            days = first if first == last else f"{first}–{last}"
            pieces.append(f"{days} {span.opens:%H.%M}–{span.closes:%H.%M}")
        return f"{', '.join(pieces)} WITA"


def day_names(_: Translate) -> list[str]:
    """Monday to Sunday."""
    return [_("Senin"), _("Selasa"), _("Rabu"), _("Kamis"), _("Jumat"), _("Sabtu"), _("Minggu")]


def _days(first: str, last: str | None) -> tuple[int, ...] | None:
    begin = _DAYS.get(first.lower())
    end = _DAYS.get(last.lower()) if last else begin
    if begin is None or end is None:
        return None
    return tuple((begin + n) % 7 for n in range((end - begin) % 7 + 1))
