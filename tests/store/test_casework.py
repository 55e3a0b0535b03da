"""What staff decide about a case: recorded, refused to strangers, told to the person where that is safe."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlite_utils import Database

from store import assignment, casework, deadlines, delivery, messages, patterns, visibility
from store.casework import ChangedMeanwhile, NotAllowed
from store.database import write
from store.keys import Keyring
from store.referrals import NoSuchReferral
from store.staff import Member
from tests.store.people import alert_kinds, deeds, file_case, give_to_mediator, hire


@pytest.fixture
def people(db: Database) -> dict[str, Member]:
    return hire(db)


def row(db: Database, code: str) -> dict[str, Any]:
    return dict(db.table("referrals").get(code))


def notices(db: Database) -> int:
    return int(db.table("outbox").count)


def test_taking_a_case_puts_it_in_hand_and_tells_the_person(
    db: Database, keys: Keyring, people: dict[str, Member]
) -> None:
    code = file_case(db, keys)
    with write(db):
        assignment.take(db, keys, code, people["maria"])
        assignment.take(db, keys, code, people["maria"])  # a second press changes nothing
    assert (row(db, code)["assigned_to"], row(db, code)["status"]) == ("maria", "in_progress")
    assert notices(db) == 1
    assert deeds(db, code)[1:] == [("maria", "took")]


def test_of_two_who_press_take_the_second_hears_who_was_quicker(
    db: Database, keys: Keyring, people: dict[str, Member]
) -> None:
    code = file_case(db, keys)
    with write(db):
        assignment.take(db, keys, code, people["maria"])
    with pytest.raises(assignment.AlreadyTaken) as caught, write(db):
        assignment.take(db, keys, code, people["yosef"])
    assert caught.value.login == "maria"


def test_who_asked_not_to_be_written_to_hears_nothing_of_it(
    db: Database, keys: Keyring, people: dict[str, Member]
) -> None:
    never = file_case(db, keys, reply_to=None)
    at_hours = file_case(db, keys, reply_hours="sore")
    with write(db):
        for code in (never, at_hours):
            assignment.take(db, keys, code, people["maria"])
            assert not casework.set_status(db, keys, code, people["maria"], "waiting")
    assert notices(db) == 0


def test_a_case_is_assigned_reassigned_and_given_back(
    db: Database, keys: Keyring, people: dict[str, Member]
) -> None:
    code = file_case(db, keys)
    with write(db):
        assignment.assign(db, keys, code, people["lena"], "maria")
        assignment.assign(db, keys, code, people["maria"], "yosef")
        assert row(db, code)["assigned_to"] == "yosef"
        assignment.give_back(db, code, people["yosef"])
    assert (row(db, code)["assigned_to"], row(db, code)["status"]) == (None, "new")
    assert deeds(db, code)[1:] == [
        ("lena", "assigned to maria"), ("maria", "assigned to yosef"), ("yosef", "gave back"),
    ]  # fmt: skip


def test_a_case_is_given_only_to_those_who_may_see_and_decide(
    db: Database, keys: Keyring, people: dict[str, Member]
) -> None:
    code = file_case(db, keys)
    with write(db):
        visibility.exclude(db, code, "yosef")
    assert [m.login for m in assignment.candidates(db, code)] == ["agus", "domi", "lena", "maria"]
    for login in ("yosef", "rini", "ketut", "nobody"):
        with pytest.raises(NotAllowed), write(db):
            assignment.assign(db, keys, code, people["lena"], login)


Act = Callable[[Database, Keyring, str, Member], object]
ACTS: dict[str, Act] = {
    "take": lambda db, keys, code, who: assignment.take(db, keys, code, who),
    "assign": lambda db, keys, code, who: assignment.assign(db, keys, code, who, "maria"),
    "give back": lambda db, keys, code, who: assignment.give_back(db, code, who),
    "status": lambda db, keys, code, who: casework.set_status(db, keys, code, who, "waiting"),
    "priority": lambda db, keys, code, who: casework.set_priority(db, code, who, "urgent"),
    "tags": lambda db, keys, code, who: casework.set_tags(db, code, who, {"wages"}),
    "spoke": lambda db, keys, code, who: casework.spoke_with(db, code, who),
    "link": lambda db, keys, code, who: patterns.link(db, code, who, file_case_again(db, keys)),
    "leave": lambda db, keys, code, who: patterns.leave(db, code, who),
}


def file_case_again(db: Database, keys: Keyring) -> str:
    """Another case everybody may see, filed inside the caller's transaction."""
    from store import referrals

    return referrals.add(
        db, keys, referrals.NewReferral("mediation", "normal", {"lang": "id"}, None, None, None, None)
    )


@pytest.mark.parametrize("act", list(ACTS.values()), ids=list(ACTS))
def test_strangers_and_excluded_colleagues_decide_nothing(
    db: Database, keys: Keyring, people: dict[str, Member], act: Act
) -> None:
    code = file_case(db, keys, "mediation")
    with write(db):
        visibility.exclude(db, code, "yosef")
    before = (row(db, code), deeds(db, code))
    for login in ("yosef", "rini", "ketut"):
        with pytest.raises(NoSuchReferral), write(db):
            act(db, keys, code, people[login])
    give_to_mediator(db, keys, code, "ketut")
    with pytest.raises(NotAllowed), write(db):
        act(db, keys, code, people["ketut"])  # she may see it; deciding is for those who keep the queue
    with pytest.raises(NoSuchReferral), write(db):
        act(db, keys, "KR-0000-0000", people["maria"])
    assert (row(db, code), deeds(db, code)) == before


def test_closing_wants_an_outcome_and_reopening_forgets_it(
    db: Database, keys: Keyring, people: dict[str, Member]
) -> None:
    code = file_case(db, keys)
    maria = people["maria"]
    for outcome in (None, "", "whatever"):
        with pytest.raises(ValueError, match="closed"), write(db):
            casework.set_status(db, keys, code, maria, "closed", outcome)
    with pytest.raises(ValueError, match="gone"), write(db):
        casework.set_status(db, keys, code, maria, "gone")
    with write(db):
        assert casework.set_status(db, keys, code, maria, "closed", "advised")
    closed = row(db, code)
    assert (closed["status"], closed["outcome"]) == ("closed", "advised")
    assert closed["closed_at"] is not None
    with write(db):
        assert not casework.set_status(db, keys, code, maria, "closed", "advised")  # the same once more
        casework.set_status(db, keys, code, maria, "in_progress")
    assert (row(db, code)["outcome"], row(db, code)["closed_at"]) == (None, None)
    assert deeds(db, code)[1:] == [("maria", "status closed: advised"), ("maria", "status in_progress")]


def test_the_person_is_told_of_each_change_but_not_of_our_own_order(
    db: Database, keys: Keyring, people: dict[str, Member]
) -> None:
    code = file_case(db, keys)
    told = []
    with write(db):
        for status, outcome in (
            ("waiting", None),
            ("in_progress", None),
            ("new", None),
            ("closed", "resolved"),
        ):
            told.append(casework.set_status(db, keys, code, people["maria"], status, outcome))
        # another outcome is the hotline's own book-keeping
        told.append(casework.set_status(db, keys, code, people["maria"], "closed", "agreed"))
    assert told == [True, True, False, True, False]
    assert notices(db) == 3


def test_who_decides_on_an_old_screen_is_stopped(
    db: Database, keys: Keyring, people: dict[str, Member]
) -> None:
    code = file_case(db, keys)
    seen_at = row(db, code)["updated_at"]
    with write(db):
        casework.set_priority(db, code, people["yosef"], "urgent", seen_at=seen_at)
    stale: list[Callable[[], object]] = [
        lambda: casework.set_status(db, keys, code, people["maria"], "closed", "resolved", seen_at),
        lambda: casework.set_priority(db, code, people["maria"], "normal", seen_at=seen_at),
        lambda: assignment.assign(db, keys, code, people["maria"], "lena", seen_at),
        lambda: assignment.give_back(db, code, people["maria"], seen_at),
    ]
    for act in stale:
        with pytest.raises(ChangedMeanwhile), write(db):
            act()
    assert row(db, code)["status"] == "new"


def test_a_message_of_the_person_makes_the_screen_an_old_one(
    db: Database, keys: Keyring, people: dict[str, Member]
) -> None:
    code = file_case(db, keys)
    seen_at = row(db, code)["updated_at"]
    with write(db):
        messages.from_person(db, keys, code, "Saya takut")
    with pytest.raises(ChangedMeanwhile), write(db):
        casework.set_status(db, keys, code, people["maria"], "closed", "resolved", seen_at)


def test_tags_are_set_as_a_whole(db: Database, keys: Keyring, people: dict[str, Member]) -> None:
    code = file_case(db, keys)
    with write(db):
        casework.set_tags(db, code, people["maria"], {"wages", "police"})
        casework.set_tags(db, code, people["maria"], {"police", "children"})
    assert casework.tags_of(db, code) == ["children", "police"]
    assert [what for _who, what in deeds(db, code)[1:]] == [
        "tagged police", "tagged wages", "tagged children", "untagged wages",
    ]  # fmt: skip


# --- deadlines ---------------------------------------------------------------------------------------------------


def hours_to_deadline(db: Database, code: str) -> float:
    found = row(db, code)
    span = datetime.fromisoformat(found["due_at"]) - datetime.fromisoformat(found["created_at"])
    return span / timedelta(hours=1)


def test_every_case_has_a_deadline_from_its_filing_on(db: Database, keys: Keyring) -> None:
    assert hours_to_deadline(db, file_case(db, keys)) == 48
    assert hours_to_deadline(db, file_case(db, keys, priority="urgent")) == 4


@pytest.mark.parametrize(
    ("kind", "priority", "hours"),
    [
        ("help", "normal", 24), ("help", "urgent", 2), ("message", "normal", 72), ("message", "urgent", 3),
        ("mediation", "normal", 48), ("mediation", "urgent", 3),
    ],
)  # fmt: skip
def test_settings_name_hours_by_kind_and_priority(
    db: Database, keys: Keyring, kind: str, priority: str, hours: int
) -> None:
    settings = {"help": 24, "help.urgent": 2, "message": 72, "urgent": 3}
    code = file_case(db, keys, kind, priority)
    with write(db):
        deadlines.set_deadline(db, code, settings)
    assert hours_to_deadline(db, code) == hours
    with write(db):
        assert deadlines.renew(db, settings) == 0
        deadlines.renew(db, {})
    assert hours_to_deadline(db, code) == deadlines.HOURS[priority]


def test_the_setting_is_read_as_people_write_it() -> None:
    assert deadlines.read("normal=48, urgent = 4,help.urgent=2,") == {
        "normal": 48,
        "urgent": 4,
        "help.urgent": 2,
    }
    assert deadlines.read("") == {}
    for wrong in ("help", "help=0", "help=two", "help=-1", "urgent.help=2", "normal=48 urgent=4"):
        with pytest.raises(ValueError, match="no deadline; write for example"):
            deadlines.read(wrong)


def test_weekends_count() -> None:
    friday = "2026-11-20T15:00:00.000000+00:00"
    assert deadlines.due("help", "normal", friday) == "2026-11-22T15:00:00.000000+00:00"


def test_making_a_case_urgent_brings_its_deadline_forward(
    db: Database, keys: Keyring, people: dict[str, Member]
) -> None:
    code = file_case(db, keys)
    with write(db):
        casework.set_priority(db, code, people["maria"], "urgent")
    assert hours_to_deadline(db, code) == 4
    with pytest.raises(ValueError, match="extreme"), write(db):
        casework.set_priority(db, code, people["maria"], "extreme")


@pytest.mark.parametrize("how", ["by the bot", "by telephone"])
def test_the_first_answer_meets_the_deadline(
    db: Database, keys: Keyring, people: dict[str, Member], how: str
) -> None:
    code = file_case(db, keys)
    late = "2020-01-01T00:00:00.000000+00:00"
    db.execute("update referrals set due_at = ? where code = ?", [late, code])
    assert deadlines.is_overdue("new", late, row(db, code)["answered_at"])
    with write(db):
        if how == "by the bot":
            delivery.reply(db, keys, code, "Kami bantu.", "maria")
        else:
            casework.spoke_with(db, code, people["maria"])
    answered = row(db, code)["answered_at"]
    assert not deadlines.is_overdue("new", late, answered)
    with write(db):  # whether the old one was met must stay to be seen
        casework.set_priority(db, code, people["maria"], "urgent")
    assert row(db, code)["due_at"] == late


# --- back to the queue when nothing is heard ---------------------------------------------------------------------


def silent_since(db: Database, code: str, hours: int) -> None:
    moment = (datetime.now(UTC) - timedelta(hours=hours)).isoformat(timespec="microseconds")
    db.execute("update referrals set assigned_at = ? where code = ?", [moment, code])
    db.execute("update audit set at = ? where code = ?", [moment, code])


def test_a_case_goes_back_to_the_queue_when_its_assignee_is_silent(
    db: Database, keys: Keyring, people: dict[str, Member]
) -> None:
    silent, busy, waiting, answered, fresh = (file_case(db, keys) for _ in range(5))
    with write(db):
        for code in (silent, busy, waiting, answered, fresh):
            assignment.take(db, keys, code, people["maria"])
        for code in (waiting, answered):
            casework.set_status(db, keys, code, people["maria"], "waiting")
    for code in (silent, busy, waiting, answered):
        silent_since(db, code, 50)
    with write(db):
        casework.set_tags(db, busy, people["maria"], {"wages"})  # any act shows that she is there
        messages.from_person(db, keys, answered, "Sudah saya kirim.")
        returned = assignment.return_silent(db, timedelta(hours=48))
    assert sorted(returned) == sorted([silent, answered])
    for code in returned:
        assert (row(db, code)["assigned_to"], row(db, code)["status"]) == (None, "new")
        assert alert_kinds(db, code) == ["case_returned"]
        assert deeds(db, code)[-1] == ("bot", "returned: nothing from maria")
    with write(db):
        assert assignment.return_silent(db, timedelta(hours=48)) == []


def test_looking_for_silent_assignees_reads_only_cases_in_hand(db: Database) -> None:
    plan = [
        r["detail"]
        for r in db.query(
            "explain query plan select r.code from referrals r indexed by idx_referrals_held"
            " where r.assigned_to is not null and r.status in ('in_progress', 'waiting') and r.assigned_at < ?",
            ["2026"],
        )
    ]
    assert plan == ["SEARCH r USING INDEX idx_referrals_held (assigned_at<?)"]


# --- patterns ----------------------------------------------------------------------------------------------------


def test_cases_of_one_pattern_hang_together_without_being_merged(
    db: Database, keys: Keyring, people: dict[str, Member]
) -> None:
    one, two, three, four = (file_case(db, keys) for _ in range(4))
    maria = people["maria"]
    with write(db):
        patterns.link(db, one, maria, two.lower())
        patterns.link(db, three, maria, four)
        patterns.link(db, two, maria, three)
    assert patterns.alike(db, one, maria) == [two, three, four]
    with write(db):
        visibility.exclude(db, two, "yosef")
    assert patterns.alike(db, one, people["yosef"]) == [three, four]
    assert not any(other in what for _who, what in deeds(db, one) for other in (two, three, four))
    with write(db):
        patterns.leave(db, one, maria)
        patterns.leave(db, two, maria)
        patterns.leave(db, three, maria)
    assert row(db, four)["pattern"] is None
    assert patterns.alike(db, four, maria) == []


def test_a_case_is_not_linked_with_itself_nor_with_one_that_is_hidden(
    db: Database, keys: Keyring, people: dict[str, Member]
) -> None:
    one, hidden = file_case(db, keys), file_case(db, keys)
    with write(db):
        visibility.exclude(db, hidden, "yosef")
    with pytest.raises(patterns.SameCase), write(db):
        patterns.link(db, one, people["maria"], one)
    for other in (hidden, "KR-0000-0000", "abc"):
        with pytest.raises(NoSuchReferral), write(db):
            patterns.link(db, one, people["yosef"], other)
    assert row(db, hidden)["pattern"] is None
