"""The day in numbers, for the staff: what waits, what is late. Names no case and no person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlite_utils import Database

from store.database import now


@dataclass(frozen=True)
class Digest:
    """Counts of real cases (practice ones never count)."""

    filed: int  # in the last 24 hours
    untaken: int
    untaken_urgent: int
    overdue: int  # nobody has answered, and the deadline is over
    unread: int  # cases with words of the person nobody has opened
    held_back: int  # waiting for a lead to say who must not see them
    to_review: int  # openings of an identity no lead has looked at
    alerts: int  # about the system itself


def numbers(db: Database) -> Digest:
    """As things stand now."""
    since = (datetime.now(UTC) - timedelta(days=1)).isoformat(timespec="microseconds")

    def cases(where: str, *values: str) -> int:
        return db.table("referrals").count_where(f"practice = 0 and {where}", list(values))

    return Digest(
        filed=cases("created_at > ?", since),
        untaken=cases("status = 'new'"),
        untaken_urgent=cases("status = 'new' and priority = 'urgent'"),
        overdue=cases(
            "status in ('new', 'in_progress', 'waiting') and answered_at is null and due_at < ?", now()
        ),
        unread=cases("status in ('new', 'in_progress', 'waiting') and unread > 0"),
        held_back=cases("status != 'closed' and restricted = 1"),
        to_review=db.table("case_openings").count_where(
            "reviewed_at is null and code in (select code from referrals where practice = 0)"
        ),
        alerts=db.table("alerts").count_where("seen_at is null and kind in ('quarantine', 'nlu_down')"),
    )


def in_words(digest: Digest) -> str:
    """For a message to the staff, in Indonesian: they all read it."""
    lines = [
        f"Masuk 24 jam terakhir: {digest.filed}",
        f"Belum diambil: {digest.untaken} (mendesak: {digest.untaken_urgent})",
        f"Lewat batas jawab: {digest.overdue}",
        f"Ada pesan belum dibaca: {digest.unread}",
    ]
    if digest.held_back:
        lines.append(f"Menunggu koordinator memeriksa siapa yang tidak boleh baca: {digest.held_back}")
    if digest.to_review:
        lines.append(f"Pembukaan identitas yang belum ditinjau: {digest.to_review}")
    if digest.alerts:
        lines.append(f"Peringatan tentang sistem: {digest.alerts}")
    return "\n".join(lines)
