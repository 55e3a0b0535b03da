"""Cases: filed by a person, read by staff, erased at the person's wish; every step leaves an audit row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlite_utils import Database

from store import audit, referrals
from store.database import write
from store.errors import KeyUnusable
from store.keys import Keyring, temporary_keyring
from store.referrals import NewReferral, NoSuchReferral
from tests.store.people import close

REPORT = NewReferral(
    kind="report_discrimination",
    priority="normal",
    body={"what": "Ditolak kos karena dari Sumba", "when": "kemarin"},
    chat="ana",
    reply_to=7001,
    regency="Badung",
    consent="2026-11",
)
MISSING = "KR-0000-0000"


def deeds(db: Database) -> list[tuple[str, str, str]]:
    return [(r["who"], r["what"], r["code"]) for r in db.query("select * from audit order by id")]


def test_it_opens_a_case_as_it_was_told(db: Database, keys: Keyring) -> None:
    code = referrals.add(db, keys, REPORT)
    case = referrals.opened(db, keys, code, "maria")
    assert (case.body, case.reply_to, case.consent) == (REPORT.body, 7001, "2026-11")
    assert (case.summary.code, case.summary.kind, case.summary.priority, case.summary.status) == (
        code, "report_discrimination", "normal", "new",
    )  # fmt: skip
    assert case.summary.regency == "Badung"
    assert case.notes == []


def test_it_opens_a_case_by_a_code_as_people_type_it(db: Database, keys: Keyring) -> None:
    code = referrals.add(db, keys, REPORT)
    assert referrals.opened(db, keys, code.lower().replace("-", " "), "maria").summary.code == code


def test_it_keeps_a_case_without_a_chat_or_a_way_back(db: Database, keys: Keyring) -> None:
    code = referrals.add(db, keys, replace(REPORT, chat=None, reply_to=None, regency=None, consent=None))
    case = referrals.opened(db, keys, code, "maria")
    assert (case.reply_to, case.consent, case.summary.regency) == (None, None, None)


def test_it_adds_private_notes_in_order(db: Database, keys: Keyring) -> None:
    code = referrals.add(db, keys, REPORT)
    referrals.add_note(db, keys, code, "maria", "sudah telepon LBH")
    referrals.add_note(db, keys, code, "yosef", "ketemu Jumat")
    notes = referrals.opened(db, keys, code, "maria").notes
    assert [(n.staff, n.text) for n in notes] == [("maria", "sudah telepon LBH"), ("yosef", "ketemu Jumat")]


def test_it_lists_urgent_cases_first_then_the_oldest(db: Database, keys: Keyring) -> None:
    first, urgent, closed, last = (
        referrals.add(db, keys, replace(REPORT, priority=p)) for p in ("normal", "urgent", "normal", "normal")
    )
    close(db, keys, closed)
    assert [s.code for s in referrals.listed(db)] == [urgent, first, last]
    assert [s.code for s in referrals.listed(db, "closed")] == [closed]
    assert [s.code for s in referrals.listed(db, most=1)] == [urgent]


def test_a_chat_sees_only_its_own_cases(db: Database, keys: Keyring) -> None:
    mine = [referrals.add(db, keys, REPORT) for _ in range(2)]
    referrals.add(db, keys, replace(REPORT, chat="bos"))
    referrals.add(db, keys, replace(REPORT, chat=None))
    assert [s.code for s in referrals.of_chat(db, "ana")] == mine[::-1]
    assert referrals.of_chat(db, "stranger") == []


def test_it_records_who_did_what(db: Database, keys: Keyring) -> None:
    code = referrals.add(db, keys, REPORT)
    referrals.opened(db, keys, code, "maria")
    referrals.add_note(db, keys, code, "maria", "catatan")
    close(db, keys, code, "yosef")
    referrals.erase_of_chat(db, "ana")
    assert deeds(db) == [
        ("bot", "filed", code),
        ("maria", "read", code),
        ("maria", "noted", code),
        ("yosef", "status closed: resolved", code),
        ("bot", "erased at the person's wish", code),
    ]
    assert audit.first_broken(db) is None


def test_looking_at_the_list_is_not_reading_a_case(db: Database, keys: Keyring) -> None:
    referrals.add(db, keys, REPORT)
    referrals.listed(db)
    referrals.of_chat(db, "ana")
    assert len(deeds(db)) == 1


def test_it_erases_the_cases_of_a_chat_with_keys_and_notes(db: Database, keys: Keyring) -> None:
    mine = [referrals.add(db, keys, REPORT) for _ in range(2)]
    other = referrals.add(db, keys, replace(REPORT, chat="bos"))
    for code in (*mine, other):
        referrals.add_note(db, keys, code, "maria", "catatan")
    assert (db.table("referrals").count, db.table("case_notes").count) == (3, 3)
    assert referrals.erase_of_chat(db, "ana") == 2
    assert (db.table("referrals").count, db.table("case_notes").count) == (1, 1)
    assert referrals.erase_of_chat(db, "ana") == 0
    assert referrals.opened(db, keys, other, "maria").notes[0].text == "catatan"


Ask = Callable[[Database, Keyring, str], object]


@pytest.mark.parametrize("code", [MISSING, "KR-", "", "' or 1=1 --"])
@pytest.mark.parametrize(
    "ask",
    [
        lambda db, keys, code: referrals.opened(db, keys, code, "maria"),
        lambda db, keys, code: referrals.add_note(db, keys, code, "maria", "catatan"),
        close,
    ],
    ids=["open", "note", "status"],
)
def test_it_refuses_a_code_of_no_case_and_records_nothing(
    db: Database, keys: Keyring, ask: Ask, code: str
) -> None:
    referrals.add(db, keys, REPORT)
    with pytest.raises(NoSuchReferral):
        ask(db, keys, code)
    assert len(deeds(db)) == 1


def test_it_opens_nothing_with_another_key(db: Database, keys: Keyring) -> None:
    code = referrals.add(db, keys, REPORT)
    with pytest.raises(KeyUnusable), write(db):
        referrals.opened(db, temporary_keyring(), code, "maria")
    assert len(deeds(db)) == 1  # the reading did not happen, so it is not recorded
