"""Replies waiting to go out, written in the same transaction as what caused them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlite_utils import Database

from store.database import now
from store.keys import Keyring

CRISIS, RECEIPT, ORDINARY = 0, 1, 2


@dataclass(frozen=True)
class Outgoing:
    """One call to the Bot API: method name and parameters."""

    id: int
    chat: str
    method: str
    parameters: dict[str, Any]
    weight: int
    attempts: int
    created_at: str


def queue(
    db: Database, keys: Keyring, chat: str, method: str, parameters: dict[str, Any], weight: int
) -> None:
    """Put a call into the outbox, inside the caller's transaction."""
    moment = now()
    db.table("outbox").insert(
        {
            "chat": chat,
            "payload": keys.seal({"method": method, "parameters": parameters}),
            "weight": weight,
            "status": "queued",
            "attempts": 0,
            "not_before": moment,
            "created_at": moment,
        }
    )


def due(db: Database, keys: Keyring, busy: set[str], most: int = 30) -> list[Outgoing]:
    """The next call of each chat that is not `busy`: in order within a chat, crisis first between chats."""
    rows = db.query(
        "select * from outbox where id in (select min(id) from outbox where status = 'queued' group by chat)"
        " and not_before <= ? order by weight, id limit ?",
        [now(), most + len(busy)],
    )
    found: list[Outgoing] = []
    for row in rows:
        if row["chat"] not in busy and len(found) < most:
            content = keys.unseal(row["payload"])
            found.append(
                Outgoing(
                    row["id"],
                    row["chat"],
                    content["method"],
                    content["parameters"],
                    row["weight"],
                    row["attempts"],
                    row["created_at"],
                )
            )
    return found


def begin(db: Database, id: int) -> None:
    """Mark a call as being sent, before it is."""
    db.execute("update outbox set status = 'sending', attempts = attempts + 1 where id = ?", [id])


def finish(db: Database, id: int, status: str, failure: str | None = None) -> None:
    """Record how a call ended: sent | unknown | failed."""
    db.execute(
        "update outbox set status = ?, failure = ?, finished_at = ? where id = ?",
        [status, failure, now(), id],
    )


def again(db: Database, id: int, after_seconds: float, failure: str) -> None:
    """Put a call back into the queue, to be tried after a pause."""
    moment = datetime.now(UTC) + timedelta(seconds=after_seconds)
    db.execute(
        "update outbox set status = 'queued', not_before = ?, failure = ? where id = ?",
        [moment.isoformat(timespec="microseconds"), failure, id],
    )


def settle_after_crash(db: Database) -> int:
    """Calls caught in the act when the process died may have arrived. Crisis answers and receipts are sent
    again (twice is better than never); others are left as unknown. Returns how many there were."""
    caught = [r["id"] for r in db.query("select id from outbox where status = 'sending'")]
    db.execute("update outbox set status = 'queued' where status = 'sending' and weight <= ?", [RECEIPT])
    db.execute("update outbox set status = 'unknown', finished_at = ? where status = 'sending'", [now()])
    return len(caught)


def forget_sent(db: Database, hours: int = 24, days: int = 30) -> None:
    """Erase the text of calls finished longer ago than `hours`, and the calls themselves after `days`."""
    old = (datetime.now(UTC) - timedelta(days=days)).isoformat(timespec="microseconds")
    db.execute("delete from outbox where finished_at < ?", [old])
    before = (datetime.now(UTC) - timedelta(hours=hours)).isoformat(timespec="microseconds")
    db.execute("update outbox set payload = null where payload is not null and finished_at < ?", [before])
