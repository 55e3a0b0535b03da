"""One list of what happened to a case."""

from __future__ import annotations

import pytest
from sqlite_utils import Database

from store import assignment, casework, delivery, messages, openings, referrals, timeline
from store.database import write
from store.keys import Keyring
from store.referrals import NoSuchReferral
from tests.store.people import file_case, hire


def test_everything_that_happened_stands_in_order(db: Database, keys: Keyring) -> None:
    maria = hire(db, "maria", "yosef")["maria"]
    code = file_case(db, keys)
    with write(db):
        referrals.opened(db, keys, code, "maria")
        referrals.opened(db, keys, code, "maria")
        referrals.opened(db, keys, code, "yosef")
        assignment.take(db, keys, code, maria)
        messages.from_person(db, keys, code, "Halo?")
        delivery.reply(db, keys, code, "Kami di sini.", "maria")
        referrals.add_note(db, keys, code, "maria", "telepon besok")
        openings.open_identity(db, keys, code, "maria", "Mau menelepon besok pagi")
        casework.set_status(db, keys, code, maria, "closed", "advised")
    events = [(e.who, e.what, e.words, e.times) for e in timeline.of_case(db, keys, code.lower())]
    assert events == [
        ("bot", "filed", "", 1),
        ("maria", "read", "", 2),
        ("yosef", "read", "", 1),
        ("maria", "took", "", 1),
        ("", "wrote", "Halo?", 1),
        ("maria", "answered", "Kami di sini.", 1),
        ("maria", "noted", "telepon besok", 1),
        ("maria", "opened identity", "Mau menelepon besok pagi", 1),
        ("maria", "status closed: advised", "", 1),
    ]


def test_the_last_change_is_no_reading(db: Database, keys: Keyring) -> None:
    maria = hire(db, "maria")["maria"]
    code = file_case(db, keys)
    with write(db):
        assignment.take(db, keys, code, maria)
        referrals.opened(db, keys, code, "yosef")
    last = timeline.last_change(db, code)
    assert last is not None
    assert (last.who, last.what) == ("maria", "took")
    with write(db):
        messages.from_person(db, keys, code, "Halo?")
    last = timeline.last_change(db, code)
    assert last is not None
    assert (last.who, last.what, last.words) == ("", "wrote", "")


def test_a_code_of_no_case_has_no_history(db: Database, keys: Keyring) -> None:
    with pytest.raises(NoSuchReferral):
        timeline.of_case(db, keys, "KR-0000-0000")
