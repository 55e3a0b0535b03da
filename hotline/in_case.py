"""Work on one case: only for those who may see it, in one transaction, and for all others as if there were none."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from litestar.exceptions import NotFoundException
from sqlite_utils import Database

from hotline.desk import Desk
from store import visibility
from store.agency_records import NoSuchAgencyReferral
from store.clock import BALI
from store.referrals import NoSuchReferral
from store.staff import Member


async def in_case[T](desk: Desk, member: Member, typed: str, work: Callable[[Database, str], T]) -> T:
    """Call work(db, code) with the code as it is stored. Raises NotFoundException for a case (or a part of it) that is
    not there or not for these eyes."""

    def whole(db: Database) -> T:
        return work(db, visibility.find(db, member, typed))

    try:
        return await desk.run(whole)
    except (NoSuchReferral, NoSuchAgencyReferral):
        raise NotFoundException from None


def stored_moment(typed: str) -> str | None:
    """The moment of a date and time typed on Bali's clock, as it is stored; None for anything else."""
    try:
        moment = datetime.fromisoformat(typed)
    except ValueError:
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=BALI)
    return aware.astimezone(UTC).isoformat(timespec="microseconds")


def typed_now() -> str:
    """The present moment as a field for date and time shows it."""
    return datetime.now(BALI).strftime("%Y-%m-%dT%H:%M")
