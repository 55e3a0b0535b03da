"""Who is signed in to the console, and until when.

The cookie's value is stored as a hash only: a copied database opens no session. What a session remembers is sealed.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlite_utils import Database

from store.database import now
from store.keys import Keyring

IDLE = timedelta(minutes=20)  # a phone left on a table
LONGEST = timedelta(hours=10)  # a long shift; after it everybody proves again who she is
RENEW_AFTER = timedelta(minutes=1)  # not every click needs a write to the disk
COOKIE_BYTES = 32


@dataclass(frozen=True)
class Session:
    """One open session. `data` is what the console remembers in it, JSON."""

    id: str  # hash of the cookie's value: good for ending it, useless for entering
    login: str
    begun_at: str
    expires_at: str
    data: dict[str, Any]


def begin(db: Database, keys: Keyring, login: str, data: dict[str, Any], begun_at: str | None = None) -> str:
    """Open a session; returns the cookie's value, which is stored nowhere. `begun_at` carries on an older one."""
    value = secrets.token_urlsafe(COOKIE_BYTES)
    begun = begun_at or now()
    db.table("web_sessions").insert(
        {
            "id": hashed(value),
            "login": login,
            "data": keys.seal({"begun_at": begun, **data}),
            "expires_at": _end(begun),
        }
    )
    return value


def find(db: Database, keys: Keyring, value: str) -> Session | None:
    """The session of a cookie's value, its end put off; None when there is none or its time is over."""
    row = next(
        db.query("select * from web_sessions where id = ? and expires_at > ?", [hashed(value), now()]), None
    )
    if row is None:
        return None
    session = _session(keys, row)
    end = _end(session.begun_at)
    if _moment(end) - _moment(session.expires_at) >= RENEW_AFTER:
        db.execute("update web_sessions set expires_at = ? where id = ?", [end, session.id])
    return session


def put(db: Database, keys: Keyring, session: Session, data: dict[str, Any]) -> None:
    """Remember something else in a session. One that has been ended meanwhile stays ended."""
    sealed = keys.seal({"begun_at": session.begun_at, **data})
    db.execute("update web_sessions set data = ? where id = ?", [sealed, session.id])


def of_member(db: Database, keys: Keyring, login: str) -> list[Session]:
    """Her open sessions, the newest first."""
    rows = db.query("select * from web_sessions where login = ? and expires_at > ?", [login, now()])
    return sorted((_session(keys, row) for row in rows), key=lambda s: s.begun_at, reverse=True)


def end(db: Database, id: str) -> bool:
    """End one session. Returns whether it was still open."""
    return bool(db.execute("delete from web_sessions where id = ?", [id]).rowcount)


def end_of_member(db: Database, login: str, id: str) -> None:
    """End one session of this member; that of another stays."""
    db.execute("delete from web_sessions where id = ? and login = ?", [id, login])


def end_all(db: Database, login: str, but: str = "") -> int:
    """End all sessions of an account, except the one whose id is `but`. Returns how many."""
    return int(db.execute("delete from web_sessions where login = ? and id != ?", [login, but]).rowcount)


def forget_old(db: Database) -> None:
    """Delete sessions whose time is over."""
    db.execute("delete from web_sessions where expires_at <= ?", [now()])


def seconds_left(session: Session) -> int:
    """How long the session stays open if nothing more comes. It was put off when it was found."""
    end = max(_moment(session.expires_at), min(datetime.now(UTC) + IDLE, _moment(session.begun_at) + LONGEST))
    return max(0, int((end - datetime.now(UTC)).total_seconds()))


def hashed(value: str) -> str:
    """The id under which the session of a cookie's value is found."""
    return hashlib.sha256(value.encode()).hexdigest()


def _session(keys: Keyring, row: dict[str, Any]) -> Session:
    data = keys.unseal(row["data"])
    return Session(row["id"], row["login"], data.pop("begun_at"), row["expires_at"], data)


def _end(begun_at: str) -> str:
    end = min(datetime.now(UTC) + IDLE, _moment(begun_at) + LONGEST)
    return end.isoformat(timespec="microseconds")


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
