"""Forms staff have begun to fill in for someone on the phone: kept until they are sent or thrown away, a day at most."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlite_utils import Database

from store.database import now
from store.keys import Keyring

LONGEST = timedelta(hours=24)  # from its beginning: whoever goes on later asks the person anew
MOST_EACH = 5  # calls one member of staff leaves unfinished; the oldest makes room


@dataclass(frozen=True)
class HalfEntry:
    """An unfinished form. `entry`: the token of its page; `posted`: the fields as the page would send them."""

    entry: str
    form: str
    posted: dict[str, list[str]]
    begun_at: str


def keep(
    db: Database, keys: Keyring, login: str, entry: str, form: str, posted: dict[str, list[str]]
) -> None:
    """Keep what was filled in so far, in the place of what was kept of this page before."""
    forget_old(db)
    sealed = keys.seal({"form": form, "posted": posted})
    if db.execute("update half_entries set body = ? where id = ?", [sealed, _id(login, entry)]).rowcount:
        return
    row = {"id": _id(login, entry), "login": login, "body": sealed, "begun_at": now()}
    db.table("half_entries").insert(row)
    db.execute(
        "delete from half_entries where login = ? and id not in"
        " (select id from half_entries where login = ? order by begun_at desc limit ?)",
        [login, login, MOST_EACH],
    )


def find(db: Database, keys: Keyring, login: str, entry: str) -> HalfEntry | None:
    """What this member has kept of a page; None when there is nothing, or it is too old."""
    return next((one for one in of_member(db, keys, login) if one.entry == entry), None)


def of_member(db: Database, keys: Keyring, login: str) -> list[HalfEntry]:
    """What she has not finished, the latest first."""
    rows = db.query(
        "select * from half_entries where login = ? and begun_at > ? order by begun_at desc",
        [login, _oldest()],
    )
    return [_opened(keys, row) for row in rows]


def drop(db: Database, login: str, entry: str) -> None:
    """It was sent, or is not wanted any more."""
    db.execute("delete from half_entries where id = ?", [_id(login, entry)])


def forget_old(db: Database) -> None:
    """Delete what was begun too long ago."""
    db.execute("delete from half_entries where begun_at <= ?", [_oldest()])


def _opened(keys: Keyring, row: dict[str, Any]) -> HalfEntry:
    body = keys.unseal(row["body"])
    entry = row["id"].removeprefix(_id(row["login"], ""))
    return HalfEntry(entry, body["form"], body["posted"], row["begun_at"])


def _id(login: str, entry: str) -> str:
    return f"{login}:{entry}"


def _oldest() -> str:
    return (datetime.now(UTC) - LONGEST).isoformat(timespec="microseconds")
