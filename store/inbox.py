"""Updates from Telegram, kept from before they are acknowledged until they are answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlite_utils import Database

from store.database import now
from store.keys import Keyring

MOST_ATTEMPTS = 3
MOST_WAITING_PER_CHAT = 200  # a flood from one chat must not fill the disk


@dataclass(frozen=True)
class StoredUpdate:
    """One update as Telegram sent it, and how often work on it was begun."""

    update_id: int
    chat: str
    payload: dict[str, Any]
    attempts: int
    received_at: str


def keep(db: Database, keys: Keyring, update: dict[str, Any], chat_id: int | str) -> bool:
    """Store an update; False when this update_id was here before or the chat floods."""
    chat = keys.name_of(chat_id)
    waiting = next(db.query("select count(*) n from inbox where chat = ? and status = 'new'", [chat]))
    if waiting["n"] >= MOST_WAITING_PER_CHAT:
        return False
    row = db.execute(
        "insert into inbox (update_id, chat, payload, status, attempts, received_at, message_id)"
        " values (?, ?, ?, 'new', 0, ?, ?) on conflict do nothing returning update_id",
        [update["update_id"], chat, keys.seal(update), now(), _message_id(update)],
    ).fetchone()
    return row is not None


def _message_id(update: dict[str, Any]) -> int | None:
    message = update.get("message")
    found = message.get("message_id") if isinstance(message, dict) else None
    return found if isinstance(found, int) else None


def on_screen(db: Database, chat: str, hours: int = 48) -> list[int]:
    """Telegram's numbers of what the person wrote to the bot lately."""
    since = (datetime.now(UTC) - timedelta(hours=hours)).isoformat(timespec="microseconds")
    rows = db.query(
        "select message_id from inbox where status in ('new', 'done') and chat = ? and message_id is not null"
        " and received_at > ?"
        " order by message_id",
        [chat, since],
    )
    return [row["message_id"] for row in rows]


def chats_waiting(db: Database) -> list[str]:
    """Chats with updates to work on, the longest waiting first."""
    rows = db.query(
        "select chat, min(update_id) first from inbox where status = 'new' group by chat order by first"
    )
    return [row["chat"] for row in rows]


def next_updates(db: Database, keys: Keyring, chat: str, most: int = 20) -> list[StoredUpdate]:
    """The oldest unfinished updates of a chat, in order."""
    rows = db.query(
        "select * from inbox where status = 'new' and chat = ? order by update_id limit ?",
        [chat, most],
    )
    return [
        StoredUpdate(r["update_id"], chat, keys.unseal(r["payload"]), r["attempts"], r["received_at"])
        for r in rows
    ]


def begin(db: Database, update_ids: list[int]) -> None:
    """Count an attempt before the work: an update that kills the process is counted too."""
    for update_id in update_ids:
        db.execute("update inbox set attempts = attempts + 1 where update_id = ?", [update_id])


def take_back_attempt(db: Database, update_ids: list[int]) -> None:
    """An attempt that failed for reasons of ours (a full disk) is not held against the update."""
    for update_id in update_ids:
        db.execute(
            "update inbox set attempts = max(0, attempts - 1) where update_id = ? and status = 'new'",
            [update_id],
        )


def forget_finished(db: Database, days: int = 30) -> None:
    """Drop finished updates; Telegram repeats one for a day at most, so their ids are no longer needed."""
    before = (datetime.now(UTC) - timedelta(days=days)).isoformat(timespec="microseconds")
    db.execute("delete from inbox where status != 'new' and finished_at < ?", [before])


def finish(db: Database, update_ids: list[int], status: str = "done") -> None:
    """Mark updates as worked on and forget what they said."""
    for update_id in update_ids:
        db.execute(
            "update inbox set status = ?, payload = null, finished_at = ? where update_id = ?",
            [status, now(), update_id],
        )
