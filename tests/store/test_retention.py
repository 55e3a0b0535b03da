"""Nothing of a person is kept longer than needed, and that it went is told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlite_utils import Database

from store import audit, evidence, referrals, retention
from store.keys import Keyring
from store.referrals import NewReferral


@pytest.fixture
def code(db: Database, keys: Keyring) -> str:
    code = referrals.add(db, keys, NewReferral("help", "normal", {"a": "b"}, None, None, None, "1"))
    evidence.add(db, keys, code, {"kind": "text", "mime": "text/plain", "text": "chat"})
    return code


def close(db: Database, code: str, days_ago: float) -> None:
    moment = (datetime.now(UTC) - timedelta(days=days_ago)).isoformat(timespec="microseconds")
    db.execute("update referrals set status = 'closed', closed_at = ? where code = ?", [moment, code])


def test_evidence_goes_after_90_days_and_the_case_after_180(db: Database, keys: Keyring, code: str) -> None:
    close(db, code, 89)
    assert retention.purge(db) == (0, 0)
    close(db, code, 91)
    assert retention.purge(db) == (1, 0)
    assert evidence.count_of(db, code) == 0
    assert referrals.opened(db, keys, code, "maria").body == {"a": "b"}
    close(db, code, 181)
    assert retention.purge(db) == (0, 1)
    assert db.table("referrals").count == 0
    assert retention.purge(db) == (0, 0)


def test_the_audit_tells_what_went(db: Database, code: str) -> None:
    close(db, code, 200)
    retention.purge(db)
    deeds = [row["what"] for row in db.query("select what from audit where code = ? order by id", [code])]
    assert deeds[-2:] == ["evidence erased: kept long enough", "erased: kept long enough"]
    assert audit.first_broken(db) is None


def test_open_cases_stay_however_old(db: Database, code: str) -> None:
    db.execute("update referrals set created_at = '2020-01-01', updated_at = '2020-01-01'")
    assert retention.purge(db, 1, 1) == (0, 0)


def test_a_case_that_was_opened_again_stays(db: Database, code: str) -> None:
    close(db, code, 300)
    db.execute("update referrals set status = 'new'")
    assert retention.purge(db) == (0, 0)


def test_how_long_is_for_the_operator_to_say(db: Database, code: str) -> None:
    close(db, code, 8)
    assert retention.purge(db, evidence_days=7, case_days=30) == (1, 0)


def test_a_whole_years_cases_go_in_parts(
    db: Database, keys: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "MOST_AT_ONCE", 2)
    for _ in range(5):
        close(db, referrals.add(db, keys, NewReferral("help", "normal", {}, None, None, None, "1")), 200)
    assert [retention.purge(db)[1] for _ in range(4)] == [2, 2, 1, 0]
