"""What is not kept for ever: evidence some weeks after a case is closed, the case itself some months after."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlite_utils import Database

from store import audit, referrals

EVIDENCE_DAYS = 90
CASE_DAYS = 180
MOST_AT_ONCE = 200  # the rest follows at the next house-keeping: nobody shall wait for a year's cases


def purge(db: Database, evidence_days: int = EVIDENCE_DAYS, case_days: int = CASE_DAYS) -> tuple[int, int]:
    """Erase what was kept long enough, each case with a row in the audit. Returns (cases that lost their evidence,
    cases erased). A case that was opened again counts as open."""
    bare = _closed_before(db, evidence_days, "exists (select 1 from evidence e where e.code = r.code)")
    for code in bare:
        db.execute("delete from evidence where code = ?", [code])
        audit.record(db, "bot", "evidence erased: kept long enough", code)
    old = _closed_before(db, case_days)
    for code in old:
        referrals.erase(db, code, "bot", "erased: kept long enough")
    return len(bare), len(old)


def _closed_before(db: Database, days: int, also: str = "1") -> list[str]:
    before = _stored(datetime.now(UTC) - timedelta(days=days))
    rows = db.query(
        "select r.code code from referrals r where r.practice in (0, 1) and r.status = 'closed' and r.closed_at < ?"
        f" and {also} order by r.closed_at limit ?",
        [before, MOST_AT_ONCE],
    )
    return [row["code"] for row in rows]


def _stored(moment: datetime) -> str:
    return moment.isoformat(timespec="microseconds")
