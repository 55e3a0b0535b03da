"""Cases that show the same pattern ("the same landlord again"), held together without being merged.

They share an id that says nothing. Whoever sees one of them sees only those of the others that are for their eyes.
"""

from __future__ import annotations

import secrets

from sqlite_utils import Database

from store import audit, visibility
from store.casework import managed
from store.codes import SIGNS
from store.database import now
from store.visibility import Viewer


class SameCase(ValueError):
    """A case cannot be like itself."""


def link(db: Database, code: str, viewer: Viewer, other: str) -> None:
    """Say that two cases show the same pattern; what hangs on either hangs together now.

    Raises NoSuchReferral (for the other one too, if it is not for these eyes), NotAllowed, SameCase.
    """
    one, two = managed(db, viewer, code), managed(db, viewer, other)
    if one["code"] == two["code"]:
        raise SameCase
    pattern = one["pattern"] or two["pattern"] or "".join(secrets.choice(SIGNS) for _ in range(8))
    if one["pattern"] and two["pattern"]:
        db.execute("update referrals set pattern = ? where pattern = ?", [pattern, two["pattern"]])
    for case in (one, two):
        if case["pattern"] != pattern:
            db.execute(
                "update referrals set pattern = ?, updated_at = ? where code = ?",
                [pattern, now(), case["code"]],
            )
            # Without the other's code: who reads this row may not be allowed to know of it.
            audit.record(db, viewer.login, f"joined pattern {pattern}", case["code"])


def leave(db: Database, code: str, viewer: Viewer) -> None:
    """Take a case out of its pattern; a last one left alone is no pattern. Raises NoSuchReferral, NotAllowed."""
    row = managed(db, viewer, code)
    if row["pattern"] is None:
        return
    db.execute("update referrals set pattern = null, updated_at = ? where code = ?", [now(), row["code"]])
    audit.record(db, viewer.login, f"left pattern {row['pattern']}", row["code"])
    if db.table("referrals").count_where("pattern = ?", [row["pattern"]]) == 1:
        db.execute("update referrals set pattern = null where pattern = ?", [row["pattern"]])


def alike(db: Database, code: str, viewer: Viewer) -> list[str]:
    """Codes of the other cases of this one's pattern that the viewer may see, the oldest first."""
    seen, values = visibility.clause(viewer)
    rows = db.query(
        "select r.code from referrals r where r.pattern = (select pattern from referrals where code = ?)"
        f" and r.code != ? and {seen} order by r.created_at",
        [code, code, *values],
    )
    return [row["code"] for row in rows]
