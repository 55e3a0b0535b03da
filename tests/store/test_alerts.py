"""What staff are told about the system."""

from __future__ import annotations

from sqlite_utils import Database

from store import alerts


def shown(db: Database) -> list[tuple[str, str]]:
    return [(a["kind"], a["subject"]) for a in alerts.unseen(db)]


def test_it_shows_alerts_oldest_first(db: Database) -> None:
    alerts.raise_alert(db, "quarantine", "41")
    alerts.raise_alert(db, "nlu_down")
    assert shown(db) == [("quarantine", "41"), ("nlu_down", "")]


def test_it_raises_the_same_alert_once_while_it_is_unseen(db: Database) -> None:
    for subject in ("41", "41", "42"):
        alerts.raise_alert(db, "quarantine", subject)
    assert shown(db) == [("quarantine", "41"), ("quarantine", "42")]


def test_it_raises_it_again_after_it_was_seen(db: Database) -> None:
    alerts.raise_alert(db, "nlu_down")
    db.execute("update alerts set seen_at = created_at")
    assert shown(db) == []
    alerts.raise_alert(db, "nlu_down")
    assert shown(db) == [("nlu_down", "")]
