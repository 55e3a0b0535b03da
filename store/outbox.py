"""Replies waiting to go out, written in the same transaction as what caused them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlite_utils import Database

from store.database import now
from store.keys import Keyring

# Crisis answers overtake what else waits for their chat. What takes messages off the screen has the same weight:
# an answer that overtook a deletion would be deleted with the rest.
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
) -> int:
    """Put a call into the outbox, inside the caller's transaction; returns its id.

    A chat that has blocked the bot gets what matters (crisis answers, receipts, news) when it comes back.
    """
    moment = now()
    parked = weight <= RECEIPT and is_blocked(db, chat)
    row = db.table("outbox").insert(
        {
            "chat": chat,
            "payload": keys.seal({"method": method, "parameters": parameters}),
            "weight": weight,
            "status": "parked" if parked else "queued",
            "attempts": 0,
            "not_before": moment,
            "created_at": moment,
        }
    )
    assert row.last_pk is not None
    return int(row.last_pk)


def due(db: Database, keys: Keyring, busy: set[str], most: int = 30) -> list[Outgoing]:
    """The next call of each chat that is not `busy`: crisis first, within a chat and between chats; else in order."""
    rows = db.query(
        "select * from outbox where id in (select coalesce(min(case when weight = ? then id end), min(id))"
        " from outbox where status = 'queued' group by chat) and not_before <= ? order by weight, id limit ?",
        [CRISIS, now(), most + len(busy)],
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


def begin(db: Database, id: int) -> bool:
    """Mark a call as being sent, before it is. False: it must not be sent now, for while it waited for its turn it was
    dropped, or a crisis answer came that goes first."""
    marked = db.execute(
        "update outbox set status = 'sending', attempts = attempts + 1 where id = ? and status = 'queued'"
        " and (weight = ? or not exists (select 1 from outbox as urgent where urgent.chat = outbox.chat"
        " and urgent.status = 'queued' and urgent.weight = ?))",
        [id, CRISIS, CRISIS],
    )
    return marked.rowcount == 1


def finish(
    db: Database, id: int, status: str, failure: str | None = None, message_id: int | None = None
) -> None:
    """Record how a call ended: sent | unknown | failed; `message_id` is Telegram's number of what was sent."""
    db.execute(
        "update outbox set status = ?, failure = ?, finished_at = ?, message_id = ? where id = ?",
        [status, failure, now(), message_id, id],
    )
    db.execute("update messages set delivery = ? where outbox_id = ?", [status, id])


def park(db: Database, chat: str, id: int) -> None:
    """The person blocked the bot: note it, keep what matters for their return, drop the rest."""
    db.execute("insert into blocked_chats (chat, since) values (?, ?) on conflict do nothing", [chat, now()])
    db.execute(
        "update outbox set status = 'parked', failure = 'Forbidden' where chat = ? and weight <= ?"
        " and (status = 'queued' or id = ?)",
        [chat, RECEIPT, id],
    )
    db.execute(
        "update outbox set status = 'failed', failure = 'Forbidden', finished_at = ? where chat = ?"
        " and (status = 'queued' or id = ?) and status != 'parked'",
        [now(), chat, id],
    )
    for status, delivery in (("parked", "blocked"), ("failed", "failed")):
        db.execute(
            "update messages set delivery = ? where outbox_id in"
            " (select id from outbox where chat = ? and status = ?)",
            [delivery, chat, status],
        )


def is_blocked(db: Database, chat: str) -> bool:
    """Whether this chat has blocked the bot, as far as Telegram has told."""
    return db.table("blocked_chats").count_where("chat = ?", [chat]) > 0


def welcome_back(db: Database, chat: str) -> None:
    """The person writes again or unblocked the bot: what was parked goes out, crisis answers first."""
    if not is_blocked(db, chat):
        return
    db.execute("delete from blocked_chats where chat = ?", [chat])
    db.execute(
        "update messages set delivery = 'queued' where outbox_id in"
        " (select id from outbox where chat = ? and status = 'parked')",
        [chat],
    )
    db.execute(
        "update outbox set status = 'queued', not_before = ? where chat = ? and status = 'parked'",
        [now(), chat],
    )


def drop_waiting(db: Database, chat: str) -> None:
    """Nothing that was said before may still appear on the screen of this chat."""
    db.execute(
        "update outbox set status = 'failed', failure = 'hidden', payload = null, finished_at = ?"
        " where chat = ? and status in ('queued', 'parked')",
        [now(), chat],
    )


def on_screen(db: Database, chat: str, hours: int = 48) -> list[int]:
    """Telegram's numbers of what the bot sent to this chat and may still delete."""
    since = (datetime.now(UTC) - timedelta(hours=hours)).isoformat(timespec="microseconds")
    rows = db.query(
        "select message_id from outbox where status = 'sent' and chat = ? and message_id is not null"
        " and finished_at > ?"
        " order by message_id",
        [chat, since],
    )
    return [row["message_id"] for row in rows]


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
    db.execute(
        "delete from outbox where status = 'parked' and created_at < ?", [old]
    )  # nobody came back for it
    db.execute("delete from blocked_chats where since < ?", [old])
    before = (datetime.now(UTC) - timedelta(hours=hours)).isoformat(timespec="microseconds")
    db.execute("update outbox set payload = null where payload is not null and finished_at < ?", [before])
