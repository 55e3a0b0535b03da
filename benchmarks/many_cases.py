"""A table full of invented cases, made in seconds: for the benchmark of the console and for tests of the queue."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlite_utils import Database

from store import referrals
from store.codes import new_code
from store.deadlines import due
from store.keys import Keyring

KINDS = ("discrimination", "help", "mediation", "message")
REGENCIES = (
    "Badung",
    "Denpasar",
    "Gianyar",
    "Tabanan",
    "Buleleng",
    "Karangasem",
    "Klungkung",
    "Bangli",
    "Jembrana",
)
# Per cent; a hotline that has seen a hundred thousand cases has closed most of them.
STATUSES = ("closed",) * 70 + ("in_progress",) * 14 + ("waiting",) * 8 + ("new",) * 8
RARE_TAG = "needs_interpreter"
COMMON_TAG = "wages"
# What people write: about as long as a real report, all of them the same, sealed with one key.
TOLD = {
    "consent": "staff_only", "about": "work", "danger": "no", "age": "18_up", "lang": "id", "reply": "any_time",
    "place": "Dalung", "contact": "0812 0000 0000 (Ana)",
    "happened": "Upah dua bulan belum dibayar, bos bilang tunggu terus. " * 12,
}  # fmt: skip

LIFE = (
    ("bot", "filed"), ("staff1", "read"), ("staff1", "took"), ("staff1", "read"), ("staff1", "replied"),
    ("staff2", "read"), ("staff1", "status closed: resolved"),
)  # fmt: skip


def fill(db: Database, keys: Keyring, count: int, seed: int = 1) -> list[str]:
    """Insert `count` cases of all kinds, statuses and ages; returns their codes. The same seed gives the same cases,
    but for their codes."""
    dice = random.Random(seed)
    wrapped, case = keys.new_case()
    body = case.seal({"told": TOLD, "reply_to": None})
    codes = {new_code() for _ in range(count)}
    while len(codes) < count:
        codes.add(new_code())
    rows = [_row(dice, code, wrapped, body) for code in codes]
    columns = ", ".join(rows[0])
    marks = ", ".join("?" * len(rows[0]))
    db.conn.executemany(
        f"insert into referrals ({columns}) values ({marks})", [tuple(r.values()) for r in rows]
    )
    db.conn.executemany("insert into case_tags (code, tag) values (?, ?)", list(_tags(dice, sorted(codes))))
    return [row["code"] for row in rows]


def fill_history(db: Database, keys: Keyring, codes: list[str]) -> None:
    """What a life leaves behind each case: audit rows in their chain, a message each way."""
    moment = datetime.now(UTC)
    previous = next(db.query("select hash from audit order by id desc limit 1"), {"hash": ""})["hash"]
    rows = []
    for number, code in enumerate(codes):
        at = (moment - timedelta(minutes=len(codes) - number)).isoformat(timespec="microseconds")
        for who, what in LIFE:
            row = {"at": at, "who": who, "what": what, "code": code, "previous": previous}
            previous = hashlib.sha256("\x1f".join(row.values()).encode()).hexdigest()
            rows.append((*row.values(), previous))
    db.conn.executemany(
        "insert into audit (at, who, what, code, previous, hash) values (?, ?, ?, ?, ?, ?)", rows
    )
    at = moment.isoformat(timespec="microseconds")
    case = referrals.key_of(db, keys, codes[0])  # `fill` seals all its cases with one key
    words = [
        ("in", "", case.seal("Apakah sudah ada kabar?"), ""),
        ("out", "staff1", case.seal("Masih kami kerjakan."), "sent"),
    ]
    db.conn.executemany(
        "insert into messages (code, direction, author, body, delivery, created_at, read_at)"
        " values (?, ?, ?, ?, ?, ?, ?)",
        [(code, *word, at, at) for code in codes for word in words],
    )


def _row(dice: random.Random, code: str, wrapped: bytes, body: bytes) -> dict[str, Any]:
    kind, status = dice.choice(KINDS), dice.choice(STATUSES)
    priority = "urgent" if dice.random() < 0.1 else "normal"
    filed = datetime.now(UTC) - timedelta(minutes=dice.randrange(3 * 365 * 24 * 60))
    created = filed.isoformat(timespec="microseconds")
    taken = status != "new"
    closed = (filed + timedelta(hours=dice.randrange(1, 300))).isoformat(timespec="microseconds")
    return {
        "code": code,
        "kind": kind,
        "priority": priority,
        "status": status,
        "regency": dice.choice(REGENCIES),
        "chat": f"{dice.getrandbits(128):032x}",
        "case_key": wrapped,
        "body": body,
        "consent": "2026-11-22",
        "created_at": created,
        "updated_at": created,
        "due_at": due(kind, priority, created),
        "assigned_to": f"staff{dice.randrange(8)}" if taken else None,
        "assigned_at": created if taken else None,
        "answered_at": created if taken else None,
        "closed_at": closed if status == "closed" else None,
        "outcome": "resolved" if status == "closed" else None,
        "unread": int(status != "closed" and dice.random() < 0.1),
    }


def _tags(dice: random.Random, codes: list[str]) -> Iterator[tuple[str, str]]:
    for code in codes:
        if dice.random() < 0.2:
            yield code, COMMON_TAG
    for code in dice.sample(codes, min(3, len(codes))):
        yield code, RARE_TAG
