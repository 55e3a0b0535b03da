"""The queue: urgent first, then by deadline; each page costs the same, however many cases there are."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlite_utils import Database

from benchmarks.many_cases import COMMON_TAG, RARE_TAG, fill
from store import casework, queue, queue_index, staff, visibility
from store.database import open_database, write
from store.keys import Keyring, temporary_keyring
from store.queue_index import Filters, Place
from store.staff import Member
from tests.store.people import file_case, give_to_mediator, hire

MANY = 20_000


DEEP = Place("normal", "2026", "KR")


@pytest.fixture
def maria(db: Database) -> Member:
    return hire(db, "maria", "yosef")["maria"]


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A table with many cases, to be read only."""
    db = open_database(tmp_path_factory.mktemp("crowd"))
    hire(db)
    with write(db):
        codes = fill(db, temporary_keyring(), MANY)
        for code in codes[:200]:
            visibility.exclude(db, code, "maria")
    yield db
    db.close()


def known(db: Database, login: str) -> Member:
    found = staff.find(db, login)
    assert found is not None
    return found


def codes(db: Database, viewer: Member, group: str = "new", **filters: object) -> list[str]:
    page = queue.page(db, viewer, group, replace(Filters(), **filters))  # type: ignore[arg-type]
    return [case.code for case in page.cases]


def test_urgent_cases_come_first_then_those_whose_time_is_over_soonest(
    db: Database, keys: Keyring, maria: Member
) -> None:
    first, urgent, second, urgent_too = (
        file_case(db, keys, priority=p) for p in ("normal", "urgent", "normal", "urgent")
    )
    assert codes(db, maria) == [urgent, urgent_too, first, second]
    db.execute("update referrals set due_at = '2020-01-01T00:00:00.000000+00:00' where code = ?", [second])
    assert codes(db, maria) == [urgent, urgent_too, second, first]
    assert [c.overdue for c in queue.page(db, maria, "new").cases] == [False, False, True, False]


def test_closed_cases_come_with_the_latest_first(db: Database, keys: Keyring, maria: Member) -> None:
    filed = [file_case(db, keys, priority=p) for p in ("normal", "urgent", "normal")]
    with write(db):
        for code in filed:
            casework.set_status(db, keys, code, maria, "closed", "resolved")
    assert codes(db, maria, "closed") == filed[::-1]
    assert codes(db, maria) == []


def test_each_filter_narrows_the_list(db: Database, keys: Keyring, maria: Member) -> None:
    plain = file_case(db, keys)
    other_kind = file_case(db, keys, "discrimination")
    elsewhere = file_case(db, keys, regency="Gianyar")
    mine, unread, tagged, practice = (file_case(db, keys) for _ in range(4))
    with write(db):
        db.execute("update referrals set assigned_to = 'maria' where code = ?", [mine])
        db.execute("update referrals set unread = 1 where code = ?", [unread])
        casework.set_tags(db, tagged, maria, {"wages"})
        db.execute("update referrals set practice = 1 where code = ?", [practice])
    assert codes(db, maria, kind="discrimination") == [other_kind]
    assert codes(db, maria, regency="Gianyar") == [elsewhere]
    assert codes(db, maria, assigned="maria") == [mine]
    assert mine not in codes(db, maria, assigned=queue_index.NOBODY)
    assert codes(db, maria, unread=True) == [unread]
    assert codes(db, maria, tag="wages") == [tagged]
    assert codes(db, maria, practice=True) == [practice]
    assert codes(db, maria, kind="help", regency="Badung", assigned=queue_index.NOBODY) == [
        plain, unread, tagged,
    ]  # fmt: skip
    assert codes(db, maria, kind="' or 1=1 --") == []
    assert queue.page(db, maria, "new", Filters(tag="wages")).cases[0].tags == ("wages",)


def test_the_groups_are_counted_for_who_looks(db: Database, keys: Keyring) -> None:
    people = hire(db, "maria", "yosef", "rini", "ketut")
    one, two = file_case(db, keys), file_case(db, keys, "mediation")
    give_to_mediator(db, keys, two, "ketut")
    with write(db):
        visibility.exclude(db, one, "yosef")
    counted = {login: queue.counts(db, who)["new"] for login, who in people.items()}
    assert counted == {"maria": 2, "yosef": 1, "rini": 0, "ketut": 1}


def test_counting_ends_where_nobody_reads_the_number(crowd: Database) -> None:
    assert queue.counts(crowd, known(crowd, "lena"))["closed"] == queue.COUNTED


@pytest.mark.parametrize("login", ["lena", "maria"])
@pytest.mark.parametrize("group", ["in_progress", "closed"])
def test_leafing_forward_shows_each_case_once_and_back_again_the_same_pages(
    crowd: Database, login: str, group: str
) -> None:
    viewer, filters = known(crowd, login), Filters(kind="help")
    pages, after = [], None
    while True:
        page = queue.page(crowd, viewer, group, filters, after)
        pages.append([case.code for case in page.cases])
        if page.following is None:
            break
        after = Place.read(str(page.following))
    all_codes = [code for page in pages for code in page]
    expected = {
        row["code"]
        for row in crowd.query("select code from referrals where status = ? and kind = 'help'", [group])
        if visibility.may_see(crowd, viewer, row["code"])
    }
    assert len(all_codes) == len(set(all_codes)) == len(expected)
    assert set(all_codes) == expected
    assert len(pages) > 3
    back, before = [pages[-1]], page.preceding
    while before is not None:
        page = queue.page(crowd, viewer, group, filters, before=before)
        back.insert(0, [case.code for case in page.cases])
        before = page.preceding
    assert back == pages


@pytest.mark.parametrize("nonsense", ["", "x", "~~", "urgent~2026", "drop~table~x", None])
def test_a_place_that_is_none_is_the_beginning(nonsense: str | None) -> None:
    assert Place.read(nonsense) is None


@pytest.mark.parametrize("login", ["maria", "lena", "ketut"])
@pytest.mark.parametrize("group", queue.GROUPS)
@pytest.mark.parametrize(
    "filters", [Filters(), Filters("help", "Badung", "maria", RARE_TAG, True), Filters(assigned="-")]
)
def test_a_page_is_found_in_the_index_alone_without_sorting(
    crowd: Database, login: str, group: str, filters: Filters
) -> None:
    viewer = known(crowd, login)
    for tagged in (1, queue_index._MANY):
        conditions = queue_index._conditions(viewer, group, filters, tagged)
        for start, back in ((None, False), (None, True), (DEEP, False), (DEEP, True)):
            priority = None if group == "closed" else "normal"
            index = queue_index._list(group)
            sql, values = queue_index._stretch(index, group, conditions, priority, start, back)
            plan = [r["detail"] for r in crowd.query(f"explain query plan {sql} limit 50", values)]
            assert plan[0].startswith("SEARCH r USING COVERING INDEX idx_referrals_"), plan
            assert not any("TEMP B-TREE" in step or step.startswith("SCAN r") for step in plan), plan
            assert not start or ",code)" in plan[0], "the walk begins where the last page ended"


NARROWED = [
    Filters(tag=RARE_TAG), Filters(tag=COMMON_TAG), Filters(assigned="staff3"), Filters(assigned="-"),
    Filters("help", "Badung", "staff3"), Filters(assigned="staff3", tag=COMMON_TAG), Filters(assigned="nobody"),
]  # fmt: skip


@pytest.mark.parametrize("filters", NARROWED)
@pytest.mark.parametrize("group", ["in_progress", "closed"])
def test_however_a_narrowed_list_is_found_it_is_the_same(
    crowd: Database, monkeypatch: pytest.MonkeyPatch, group: str, filters: Filters
) -> None:
    viewer = known(crowd, "maria")
    lists: set[tuple[Place | None, Place | None, object]] = set()
    for few, many in ((0, 0), (0, 10**6), (10**5, 10**6), (queue_index._FEW, queue_index._MANY)):
        monkeypatch.setattr(queue_index, "_FEW", few)
        monkeypatch.setattr(queue_index, "_MANY", many)
        for after, before in ((None, None), (DEEP, None), (None, DEEP)):
            page = queue.page(crowd, viewer, group, filters, after, before, size=10)
            lists.add((after, before, tuple(case.code for case in page.cases)))
        lists.add((None, None, str(queue.counts(crowd, viewer, filters))))
    assert len(lists) == 4, "three pages and the counts, each the same in all ways"


@pytest.mark.parametrize("filters", [Filters(tag=RARE_TAG), Filters(assigned="nobody")])
def test_few_cases_are_found_without_passing_all_the_others(crowd: Database, filters: Filters) -> None:
    viewer = known(crowd, "maria")

    def look(filters: Filters) -> None:
        queue.page(crowd, viewer, "closed", filters)
        queue.counts(crowd, viewer, filters)

    assert work_of(crowd, lambda: look(filters)) * 20 < work_of(
        crowd, lambda: look(Filters(regency="Atlantis"))
    )


def work_of(db: Database, call: Callable[[], object]) -> int:
    """How much SQLite has to do, in steps of its own: the same on every machine."""
    steps = 0

    def step() -> int:
        nonlocal steps
        steps += 1
        return 0

    db.conn.set_progress_handler(step, 10)
    call()
    db.conn.set_progress_handler(None, 0)
    return steps


def test_the_last_page_of_many_costs_what_the_first_page_of_few_does(crowd: Database, tmp_path: Path) -> None:
    few = open_database(tmp_path)
    hire(few)
    with write(few):
        fill(few, temporary_keyring(), 100)
    deep = Place("normal", "2026-06", "KR")

    def first_of_few() -> object:
        return queue.page(few, known(few, "maria"), "closed")

    def last_of_many() -> object:
        return queue.page(crowd, known(crowd, "maria"), "closed", after=deep)

    def rare() -> object:
        return queue.page(crowd, known(crowd, "maria"), "closed", Filters(tag=RARE_TAG))

    def common() -> object:
        return queue.page(crowd, known(crowd, "maria"), "closed", Filters(tag=COMMON_TAG))

    base = _fastest(first_of_few)
    # Generous: other tests run beside this one. A walk over all rows of this table costs a hundred times as much.
    assert _fastest(last_of_many) < 10 * base
    assert _fastest(common) < 20 * base
    assert _fastest(rare) < 60 * base  # one run through the index of all closed cases
    few.close()


def _fastest(call: Callable[[], object]) -> float:
    times = []
    for _ in range(7):
        began = time.perf_counter()
        call()
        times.append(time.perf_counter() - began)
    return min(times)
