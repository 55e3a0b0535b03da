"""One-time codes by which a member of staff links her Telegram account, so that alerts can be taken there.

The operator hands the code over; she sends it to the bot from her own account. It works once and not for long.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from datetime import UTC, datetime, timedelta

from sqlite_utils import Database

from store import audit, staff
from store.codes import SIGNS
from store.database import now
from store.keys import Keyring
from store.staff import Member

LASTS = timedelta(minutes=30)
LENGTH = 12  # of 32 signs: 60 bits, far beyond guessing through a chat


def new_link(db: Database, login: str, who: str) -> str:
    """A code for this member, as she types it ("ABCD-EFGH-JKMN"); an older one stops working. Raises StaffError."""
    staff.active(db, login)
    signs = "".join(secrets.choice(SIGNS) for _ in range(LENGTH))
    until = (datetime.now(UTC) + LASTS).isoformat(timespec="microseconds")
    db.execute("delete from staff_links where login = ? or expires_at <= ?", [login, now()])
    db.table("staff_links").insert({"code": _hashed(signs), "login": login, "expires_at": until})
    audit.record(db, who, f"code for linking {login} made")
    return "-".join(signs[at : at + 4] for at in range(0, LENGTH, 4))


def redeem(db: Database, keys: Keyring, code: str, user_id: int) -> Member | None:
    """Link the Telegram user who sent this code; the code is used up. None when it is wrong, used or too old.

    One Telegram account belongs to one member: a link it had before ends.
    """
    signs = re.sub(r"[^0-9A-Z]", "", code.upper()).translate(str.maketrans("OILU", "011V"))
    rows = db.query(
        "select login from staff_links where code = ? and expires_at > ?", [_hashed(signs), now()]
    )
    row = next(rows, None)
    member = staff.find(db, row["login"]) if row else None
    if member is None or not member.active:
        return None
    name = keys.name_of(user_id)
    db.execute("delete from staff_links where login = ?", [member.login])
    db.execute("update staff set telegram = null where telegram = ?", [name])
    db.execute("update staff set telegram = ? where login = ?", [name, member.login])
    audit.record(db, member.login, "Telegram account linked")
    return staff.active(db, member.login)


def member_behind(db: Database, keys: Keyring, user_id: int) -> Member | None:
    """The active member a Telegram user is linked to, None for anyone else."""
    row = next(
        db.query("select login from staff where telegram = ? and active = 1", [keys.name_of(user_id)]), None
    )
    return staff.find(db, row["login"]) if row else None


def unlink(db: Database, login: str, who: str) -> None:
    """Forget her Telegram account. Raises StaffError."""
    staff.active(db, login)
    db.execute("update staff set telegram = null where login = ?", [login])
    audit.record(db, who, f"Telegram account of {login} unlinked")


def _hashed(signs: str) -> str:
    return hashlib.sha256(signs.encode()).hexdigest()
