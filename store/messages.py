"""What a person and the hotline write to each other about a case, encrypted with the key of the case."""

from __future__ import annotations

from dataclasses import dataclass

from sqlite_utils import Database

from store import audit, referrals
from store.database import now
from store.keys import Keyring


@dataclass(frozen=True)
class Message:
    """`direction`: in (from the person) or out; `author`: staff login, "" for the person.

    `delivery` of one that goes out: waiting (until the person writes), queued, sent, unknown, failed, blocked.
    `read_at`: when it was shown to the person, or opened by staff.
    """

    id: int
    direction: str
    author: str
    text: str
    delivery: str
    created_at: str
    read_at: str | None


def from_person(db: Database, keys: Keyring, code: str, text: str) -> bool:
    """Add what the person wrote; a closed case opens again. Returns whether it did. Raises NoSuchReferral."""
    _add(db, keys, code, "in", "", text, "")
    db.execute("update referrals set unread = unread + 1, updated_at = ? where code = ?", [now(), code])
    closed = db.table("referrals").count_where("code = ? and status = 'closed'", [code]) > 0
    if closed:
        db.execute(
            "update referrals set status = case when assigned_to is null then 'new' else 'in_progress' end,"
            " closed_at = null where code = ?",
            [code],
        )
        audit.record(db, "bot", "reopened by the person", code)
    return closed


def from_staff(
    db: Database, keys: Keyring, code: str, login: str, text: str, delivery: str, outbox_id: int | None
) -> None:
    """Add what staff wrote; `delivery` tells how it goes out. Raises NoSuchReferral."""
    _add(db, keys, code, "out", login, text, delivery, outbox_id)
    moment = now()
    db.execute(
        "update referrals set answered_at = coalesce(answered_at, ?), updated_at = ? where code = ?",
        [moment, moment, code],
    )


def thread(db: Database, keys: Keyring, code: str) -> list[Message]:
    """The whole exchange about a case, oldest first. Raises NoSuchReferral."""
    case = referrals.key_of(db, keys, code)
    return [
        Message(
            row["id"],
            row["direction"],
            row["author"],
            case.unseal(row["body"]),
            row["delivery"],
            row["created_at"],
            row["read_at"],
        )
        for row in db.query("select * from messages where code = ? order by id", [code])
    ]


def seen_by_staff(db: Database, code: str) -> None:
    """Staff have opened the case: what the person wrote is no longer new."""
    db.execute(
        "update messages set read_at = ? where code = ? and direction = 'in' and read_at is null",
        [now(), code],
    )
    db.execute("update referrals set unread = 0 where code = ?", [code])


def codes_with_news(db: Database, chat: str) -> list[str]:
    """Cases of this chat with words of the hotline the person has not read."""
    rows = db.query(
        "select distinct m.code from messages m join referrals r on r.code = m.code"
        " where r.chat = ? and m.direction = 'out' and m.read_at is null",
        [chat],
    )
    return [row["code"] for row in rows]


def read_by_person(db: Database, keys: Keyring, code: str) -> list[Message]:
    """What the hotline wrote and the person has not read; marked as read with this. Raises NoSuchReferral."""
    unread = [m for m in thread(db, keys, code) if m.direction == "out" and m.read_at is None]
    moment = now()
    for message in unread:
        db.execute("update messages set read_at = ? where id = ?", [moment, message.id])
    db.execute(
        "update messages set delivery = 'sent' where code = ? and direction = 'out' and delivery = 'waiting'",
        [code],
    )
    return unread


def _add(
    db: Database,
    keys: Keyring,
    code: str,
    direction: str,
    author: str,
    text: str,
    delivery: str,
    outbox_id: int | None = None,
) -> None:
    db.table("messages").insert(
        {
            "code": code,
            "direction": direction,
            "author": author,
            "body": referrals.key_of(db, keys, code).seal(text),
            "outbox_id": outbox_id,
            "delivery": delivery,
            "created_at": now(),
        }
    )
