"""Messages the model did not understand, kept for staff to learn from: encrypted, 30 days, tied to nobody.

Personal details are taken out before a text comes here (language.anonymise). There is no chat, no time of day and no
order in a row. Staff read a text, write a sentence of their own with the right label, and the text is emptied at once;
only such sentences ever leave (see `take_paraphrases`).
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlite_utils import Database

from store import audit
from store.keys import Keyring

KEPT_DAYS = 30
REASONS = ("clarified", "fell_back", "thumbs_down")


class NoSuchEntry(LookupError):
    """There is no such message in the NLU inbox."""


@dataclass(frozen=True)
class Entry:
    """A message not understood. `text` is None while it is folded: nothing personal was found in it, which may also
    mean that something was overlooked."""

    id: str
    day: str
    reason: str
    article: str | None
    ranking: list[tuple[str, float]]
    text: str | None


@dataclass(frozen=True)
class Paraphrase:
    """An invented sentence for the training data. `label`: an intent or an article id."""

    label: str
    text: str


def keep(
    db: Database,
    keys: Keyring,
    reason: str,
    text: str,
    removed: int,
    ranking: list[tuple[str, float]],
    day: date,
    article: str | None = None,
) -> None:
    """Add a message inside the caller's transaction. `text` is free of the `removed` personal details."""
    row = {
        "id": secrets.token_hex(4),
        "day": day.isoformat(),
        "reason": reason,
        "article": article,
        "ranking": json.dumps(ranking[:3]),
        "removed": removed,
        "body": keys.seal(text),
    }
    db.table("nlu_inbox").insert(row)


def listed(db: Database, keys: Keyring) -> list[Entry]:
    """What waits for a paraphrase, newest day first. Texts in which nothing personal was found stay folded."""
    rows = db.query("select * from nlu_inbox where body is not null order by day desc, id")
    return [_entry(row, keys, unfold=bool(row["removed"])) for row in rows]


def opened(db: Database, keys: Keyring, id: str, staff: str) -> Entry:
    """One entry with its text, folded or not; the opening is recorded. Raises NoSuchEntry."""
    row = _row(db, id)
    audit.record(db, staff, f"opened NLU message {row['id']}")
    return _entry(row, keys, unfold=True)


def paraphrase(db: Database, keys: Keyring, id: str, written: Paraphrase, staff: str) -> None:
    """Put a sentence of the staff's in the place of what a person wrote. Raises NoSuchEntry."""
    row = _row(db, id)
    db.execute(
        "update nlu_inbox set body = null, label = ?, paraphrase = ? where id = ?",
        [written.label, written.text, row["id"]],
    )
    audit.record(db, staff, f"paraphrased NLU message {row['id']}")


def drop(db: Database, id: str, staff: str) -> None:
    """Delete a message nothing can be learned from. Raises NoSuchEntry."""
    row = _row(db, id)
    db.execute("delete from nlu_inbox where id = ?", [row["id"]])
    audit.record(db, staff, f"dropped NLU message {row['id']}")


def waiting_paraphrases(db: Database) -> list[Paraphrase]:
    """The sentences that may go into the training data."""
    rows = db.query("select label, paraphrase from nlu_inbox where paraphrase is not null order by id")
    return [Paraphrase(row["label"], row["paraphrase"]) for row in rows]


def forget_exported(db: Database, exported: list[Paraphrase]) -> None:
    """Delete sentences that stand in the training data now."""
    for one in exported:
        db.execute("delete from nlu_inbox where label = ? and paraphrase = ?", [one.label, one.text])


def forget_old(db: Database, today: date) -> None:
    """Delete messages older than 30 days; sentences of the staff's wait until they are exported."""
    before = (today - timedelta(days=KEPT_DAYS)).isoformat()
    db.execute("delete from nlu_inbox where day < ? and paraphrase is null", [before])


def rate(db: Database, article: str, verdict: str, day: date) -> None:
    """Count one opinion on an answer: good, topic (not what was meant), unclear, outdated."""
    db.execute(
        "insert into ratings (article, day, verdict, times) values (?, ?, ?, 1)"
        " on conflict do update set times = times + 1",
        [article, day.isoformat(), verdict],
    )


def ratings(db: Database) -> Iterator[dict[str, Any]]:
    """Opinions by article and verdict, the most criticised article first."""
    return db.query(
        "select article, verdict, sum(times) as times from ratings group by article, verdict"
        " order by sum(sum(times)) filter (where verdict != 'good') over (partition by article) desc, article, verdict"
    )


def _row(db: Database, id: str) -> dict[str, Any]:
    row = next(db.query("select * from nlu_inbox where id = ? and body is not null", [id.strip()]), None)
    if row is None:
        raise NoSuchEntry(id)
    return row


def _entry(row: dict[str, Any], keys: Keyring, unfold: bool) -> Entry:
    ranking = [(name, confidence) for name, confidence in json.loads(row["ranking"])]
    text = keys.unseal(row["body"]) if unfold else None
    return Entry(row["id"], row["day"], row["reason"], row["article"], ranking, text)
