"""The token bucket of each chat, by a clock that is turned by hand."""

from __future__ import annotations

import pytest

from bot import limits
from bot.limits import CAPACITY, PER_SECOND, Buckets

ONE_MORE = 1 / PER_SECOND  # seconds until another turn is free


class Clock:
    """Stands still until it is turned."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def buckets(clock: Clock) -> Buckets:
    return Buckets(clock)


def empties(buckets: Buckets, chat: str = "ana") -> None:
    assert [buckets.take(chat) for _ in range(int(CAPACITY))] == ["go"] * int(CAPACITY)


def test_many_turns_at_once_are_fine_then_comes_one_warning_then_silence(buckets: Buckets) -> None:
    empties(buckets)
    assert [buckets.take("ana") for _ in range(5)] == ["warn", "drop", "drop", "drop", "drop"]


def test_one_who_floods_holds_up_no_one_else(buckets: Buckets) -> None:
    empties(buckets)
    assert buckets.take("ana") == "warn"
    assert buckets.take("nus") == "go"


def test_time_frees_one_turn_after_another(buckets: Buckets, clock: Clock) -> None:
    empties(buckets)
    clock.now += ONE_MORE - 0.01
    assert buckets.take("ana") == "warn"
    clock.now += 0.02
    assert buckets.take("ana") == "go"
    clock.now += 3 * ONE_MORE
    assert [buckets.take("ana") for _ in range(4)] == ["go", "go", "go", "warn"]


def test_asking_in_vain_costs_nothing(buckets: Buckets, clock: Clock) -> None:
    empties(buckets)
    for _ in range(50):
        buckets.take("ana")
    clock.now += ONE_MORE
    assert buckets.take("ana") == "go"


def test_who_slowed_down_is_warned_anew_the_next_time(buckets: Buckets, clock: Clock) -> None:
    empties(buckets)
    assert [buckets.take("ana"), buckets.take("ana")] == ["warn", "drop"]
    clock.now += 3600
    empties(buckets)
    assert [buckets.take("ana"), buckets.take("ana")] == ["warn", "drop"]


def test_a_long_rest_saves_up_no_more_than_a_full_bucket(buckets: Buckets, clock: Clock) -> None:
    buckets.take("ana")
    clock.now += 365 * 24 * 3600
    empties(buckets)
    assert buckets.take("ana") == "warn"


def test_an_ordinary_pace_is_never_stopped(buckets: Buckets, clock: Clock) -> None:
    for _ in range(500):
        assert buckets.take("ana") == "go"
        clock.now += ONE_MORE


def test_only_so_many_chats_are_remembered_and_the_one_that_rested_longest_is_forgotten(
    buckets: Buckets, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MOST_CHATS", 3)
    empties(buckets, "ana")
    empties(buckets, "nus")
    for chat in ("a", "b"):
        buckets.take(chat)
    assert buckets.take("nus") == "warn"
    assert buckets.take("ana") == "go"  # starts afresh
