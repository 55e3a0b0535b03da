"""Proof of who someone is: sign-in in steps around the slow password check, and changes of password."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlite_utils import Database

from store import audit, staff, throttle, totp, web_sessions
from store.database import now
from store.keys import Keyring
from store.staff import Member

ONE_TIME_LASTS = timedelta(days=7)  # a slip of paper that nobody used must not open a door for ever


def stored_password(db: Database, keys: Keyring, login: str, address: str) -> str | None:
    """Step one: count the try and give the hash to check against, None when there is none that counts.

    Raises throttle.TooManyTries, for logins that do not exist too.
    """
    throttle.try_counted(db, keys, login, address)
    row = next(
        db.query(
            "select password from staff where login = ? and active = 1"
            " and (password_until is null or password_until > ?)",
            [login, now()],
        ),
        None,
    )
    return row["password"] if row else None


def signed_in(db: Database, keys: Keyring, login: str, code: str, address: str) -> Member | None:
    """Step two, after the password fitted: the one-time code, which is used up. None when it is wrong."""
    if not totp.used(db, keys, login, code):
        audit.record(db, login, "sign-in refused: wrong code")
        return None
    throttle.succeeded(db, keys, login, address)
    db.execute("update staff set signed_in_at = ? where login = ? and active = 1", [now(), login])
    audit.record(db, login, "signed in")
    return staff.active(db, login)


def set_password(db: Database, login: str, hashed: str, who: str, one_time: bool = False) -> None:
    """Replace the password; all her sessions end. `who` does it, for the audit. Raises StaffError."""
    staff.active(db, login)
    until = datetime.now(UTC) + ONE_TIME_LASTS
    db.execute(
        "update staff set password = ?, password_until = ? where login = ?",
        [hashed, until.isoformat(timespec="microseconds") if one_time else None, login],
    )
    web_sessions.end_all(db, login)
    audit.record(db, who, f"password of {login} {'made' if one_time else 'changed'}")


def set_totp(db: Database, keys: Keyring, login: str, secret: str, step: int) -> None:
    """She proved with the code of `step` that her phone knows the secret; all her sessions end."""
    totp.set_up(db, keys, login, secret, step)
    web_sessions.end_all(db, login)
    audit.record(db, login, "one-time codes set up")


def keep_renewed(db: Database, login: str, old: str, new: str) -> None:
    """Store the same password under a stricter hash, unless it was changed meanwhile."""
    db.execute("update staff set password = ? where login = ? and password = ?", [new, login, old])


def reset_totp(db: Database, login: str, who: str) -> None:
    """She lost the phone: no code is asked for any more, and all sessions end. Raises StaffError."""
    staff.active(db, login)
    totp.remove(db, login)
    web_sessions.end_all(db, login)
    audit.record(db, who, f"one-time codes of {login} removed")
