"""What /hapus erases: everything kept of one chat."""

from __future__ import annotations

from sqlite_utils import Database

from store import referrals, trackers


def erase_chat(db: Database, chat: str) -> int:
    """Erase cases, their alerts, tracker, sent texts, and the link from old updates to this chat.

    What stays: audit rows (codes only), and update ids without a chat, so that none is worked on twice.
    Replies still waiting to go out stay until they are sent. Returns how many cases were erased.
    """
    for case in referrals.of_chat(db, chat):
        db.execute("delete from alerts where subject = ?", [case.code])
    count = referrals.erase_of_chat(db, chat)
    trackers.erase(db, chat)
    db.execute("delete from outbox where chat = ? and status not in ('queued', 'sending')", [chat])
    db.execute("update inbox set chat = '' where chat = ? and status != 'new'", [chat])
    return count
