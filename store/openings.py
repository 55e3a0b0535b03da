"""Breaking the glass: who a person is stays folded until someone needs it and says why.

Nobody has to be asked first, for a small hotline must not be blocked at night. Every opening is looked at by a lead
within a day instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlite_utils import Database

from store import alerts, audit, referrals, staff, visibility
from store.database import now
from store.keys import Keyring
from store.visibility import LEADS, Viewer

IDENTITY = "identity"
LASTS = timedelta(minutes=15)  # long enough for a call; what lies open on a screen all evening is not folded
REVIEWED_WITHIN = timedelta(hours=24)
SHORTEST_REASON = 10  # characters: "perlu" tells a lead nothing


class NoReason(ValueError):
    """Opening needs a reason in words."""


class OwnOpening(PermissionError):
    """Somebody else looks at what one has opened, as long as there is somebody else."""


@dataclass(frozen=True)
class Opening:
    """One look behind the fold; `overdue`: no lead has looked at it within a day."""

    id: int
    code: str
    staff: str
    part: str
    reason: str
    opened_at: str
    reviewed_by: str | None
    reviewed_at: str | None

    @property
    def overdue(self) -> bool:
        return self.reviewed_at is None and self.opened_at < _ago(REVIEWED_WITHIN)


def open_identity(db: Database, keys: Keyring, code: str, login: str, reason: str) -> None:
    """Open name and contact for `LASTS`; logged and listed for the lead. Raises NoSuchReferral, NoReason."""
    if len(reason.strip()) < SHORTEST_REASON:
        raise NoReason
    code = referrals.canonical(db, code)
    db.table("case_openings").insert(
        {
            "code": code,
            "staff": login,
            "part": IDENTITY,
            "reason": referrals.key_of(db, keys, code).seal(reason.strip()),
            "opened_at": now(),
        }
    )
    audit.record(db, login, f"opened {IDENTITY}", code)


def is_open(db: Database, code: str, login: str) -> bool:
    """Whether this login has opened name and contact of the case a short while ago (`code` as it is stored)."""
    return bool(
        db.table("case_openings").count_where(
            "code = ? and staff = ? and part = ? and opened_at > ?", [code, login, IDENTITY, _ago(LASTS)]
        )
    )


def of_case(db: Database, keys: Keyring, code: str) -> list[Opening]:
    """All openings of one case, oldest first. Raises NoSuchReferral."""
    code = referrals.canonical(db, code)
    return _read(db, keys, "o.code = ?", [code])


def to_review(db: Database, keys: Keyring, viewer: Viewer) -> list[Opening]:
    """What a lead has to look at, the longest waiting first; of cases this lead may see. Empty for all others."""
    if viewer.role not in LEADS:
        return []
    seen, values = visibility.clause(viewer)
    return _read(db, keys, f"o.reviewed_at is null and {seen}", values)


def review(db: Database, id: int, viewer: Viewer) -> bool:
    """A lead has looked at an opening. False when there is none such for these eyes, or it was reviewed before.
    Raises OwnOpening when it is the lead's own and another lead could look."""
    seen, values = visibility.clause(viewer)
    row = next(
        db.query(
            "select o.* from case_openings o join referrals r on r.code = o.code"
            f" where o.id = ? and o.reviewed_at is null and {seen}",
            [id, *values],
        ),
        None,
    )
    if row is None or viewer.role not in LEADS:
        return False
    if row["staff"] == viewer.login and _other_leads(db, row["code"], viewer.login):
        raise OwnOpening
    db.execute(
        "update case_openings set reviewed_by = ?, reviewed_at = ? where id = ?", [viewer.login, now(), id]
    )
    audit.record(db, viewer.login, f"reviewed an opening by {row['staff']}", row["code"])
    return True


def alert_overdue(db: Database) -> list[str]:
    """House-keeping: one alert for each case with an opening no lead has looked at within a day. Returns their codes."""
    late = db.query(
        "select distinct o.code from case_openings o where o.reviewed_at is null and o.opened_at < ?"
        " and not exists (select 1 from alerts a where a.kind = 'opening_unreviewed' and a.subject = o.code"
        " and a.created_at > o.opened_at)",
        [_ago(REVIEWED_WITHIN)],
    )
    codes = [row["code"] for row in late]
    for code in codes:
        alerts.raise_alert(db, "opening_unreviewed", code)
    return codes


def _other_leads(db: Database, code: str, login: str) -> bool:
    return any(
        m.active and m.role in LEADS and m.login != login and visibility.may_see(db, m, code)
        for m in staff.listed(db)
    )


def _read(db: Database, keys: Keyring, where: str, values: list[str]) -> list[Opening]:
    rows = db.query(
        "select o.*, r.case_key from case_openings o join referrals r on r.code = o.code"
        f" where {where} order by o.opened_at, o.id",
        values,
    )
    return [
        Opening(
            row["id"],
            row["code"],
            row["staff"],
            row["part"],
            keys.case(row["case_key"]).unseal(row["reason"]),
            row["opened_at"],
            row["reviewed_by"],
            row["reviewed_at"],
        )
        for row in rows
    ]


def _ago(span: timedelta) -> str:
    return (datetime.now(UTC) - span).isoformat(timespec="microseconds")
