"""Moments are stored in UTC; people and staff live by Bali's clock."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

BALI = ZoneInfo("Asia/Makassar")  # WITA, UTC+8


def today_in_bali() -> date:
    """The day it is where people ask and staff answer."""
    return datetime.now(BALI).date()
