"""What is kept of messages that were not understood, for how long, and what never leaves."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlite_utils import Database

from store import nlu_inbox
from store.keys import Keyring
from store.nlu_inbox import NoSuchEntry, Paraphrase

DAY = date(2026, 11, 22)
RANKING = [("housing", 0.4), ("residency", 0.3), ("rights", 0.1), ("health", 0.05)]


def keep(db: Database, keys: Keyring, text: str, removed: int = 0, day: date = DAY) -> str:
    """Put a message in; returns its id."""
    before = {entry.id for entry in nlu_inbox.listed(db, keys)}
    nlu_inbox.keep(db, keys, "clarified", text, removed, RANKING, day)
    return next(entry.id for entry in nlu_inbox.listed(db, keys) if entry.id not in before)


def test_it_keeps_the_text_encrypted_and_nothing_of_the_chat(db: Database, keys: Keyring) -> None:
    keep(db, keys, "kos di [tempat] itu aneh", removed=1)
    row = next(db.query("select * from nlu_inbox"))
    assert set(row) == {"id", "day", "reason", "article", "ranking", "removed", "body", "label", "paraphrase"}
    assert b"kos" not in row["body"]
    assert row["day"] == "2026-11-22"


def test_a_text_in_which_nothing_personal_was_found_stays_folded(db: Database, keys: Keyring) -> None:
    folded = keep(db, keys, "kos itu aneh")
    keep(db, keys, "kata [nama] kos itu aneh", removed=1)
    texts = {entry.id: entry.text for entry in nlu_inbox.listed(db, keys)}
    assert texts.pop(folded) is None
    assert list(texts.values()) == ["kata [nama] kos itu aneh"]


def test_opening_it_is_recorded(db: Database, keys: Keyring) -> None:
    id = keep(db, keys, "kos itu aneh")
    assert nlu_inbox.opened(db, keys, id, "maria").text == "kos itu aneh"
    assert [(r["who"], r["what"]) for r in db.query("select who, what from audit")] == [
        ("maria", f"opened NLU message {id}")
    ]


def test_only_the_three_likeliest_intents_are_kept(db: Database, keys: Keyring) -> None:
    id = keep(db, keys, "kos itu aneh")
    assert nlu_inbox.opened(db, keys, id, "maria").ranking == RANKING[:3]


def test_a_paraphrase_takes_the_place_of_the_text(db: Database, keys: Keyring) -> None:
    id = keep(db, keys, "kos itu aneh")
    nlu_inbox.paraphrase(db, keys, id, Paraphrase("housing", "kamar sewa saya terasa janggal"), "maria")
    assert nlu_inbox.listed(db, keys) == []
    assert next(db.query("select body from nlu_inbox"))["body"] is None
    assert nlu_inbox.waiting_paraphrases(db) == [Paraphrase("housing", "kamar sewa saya terasa janggal")]
    with pytest.raises(NoSuchEntry):
        nlu_inbox.opened(db, keys, id, "maria")


def test_what_was_exported_is_forgotten(db: Database, keys: Keyring) -> None:
    one, two = keep(db, keys, "a"), keep(db, keys, "b")
    nlu_inbox.paraphrase(db, keys, one, Paraphrase("housing", "satu dua tiga"), "maria")
    nlu_inbox.paraphrase(db, keys, two, Paraphrase("rights", "empat lima enam"), "maria")
    nlu_inbox.forget_exported(db, [Paraphrase("housing", "satu dua tiga")])
    assert nlu_inbox.waiting_paraphrases(db) == [Paraphrase("rights", "empat lima enam")]


def test_it_forgets_after_thirty_days_but_not_the_staffs_own_sentences(db: Database, keys: Keyring) -> None:
    old = DAY - timedelta(days=31)
    keep(db, keys, "lama", day=old)
    kept = keep(db, keys, "baru saja", day=DAY - timedelta(days=30))
    written = keep(db, keys, "lama juga", day=old)
    nlu_inbox.paraphrase(db, keys, written, Paraphrase("housing", "satu dua tiga"), "maria")
    nlu_inbox.forget_old(db, DAY)
    assert [entry.id for entry in nlu_inbox.listed(db, keys)] == [kept]
    assert len(nlu_inbox.waiting_paraphrases(db)) == 1


def test_a_message_can_be_dropped(db: Database, keys: Keyring) -> None:
    nlu_inbox.drop(db, keep(db, keys, "apa saja"), "maria")
    assert nlu_inbox.listed(db, keys) == []
    with pytest.raises(NoSuchEntry):
        nlu_inbox.drop(db, "00000000", "maria")


def test_opinions_are_counted_without_who_gave_them(db: Database) -> None:
    for verdict in ("good", "good", "unclear"):
        nlu_inbox.rate(db, "housing/evicted-suddenly", verdict, DAY)
    nlu_inbox.rate(db, "employment/thr", "outdated", DAY)
    nlu_inbox.rate(db, "employment/thr", "topic", DAY + timedelta(days=1))
    assert [tuple(row.values()) for row in nlu_inbox.ratings(db)] == [
        ("employment/thr", "outdated", 1),
        ("employment/thr", "topic", 1),
        ("housing/evicted-suddenly", "good", 2),
        ("housing/evicted-suddenly", "unclear", 1),
    ]
