"""Long messages in pieces, short ones in clauses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.turn import Understanding
from bot.nlu import combined
from bot.segments import LONGEST_SEGMENT, MOST_CLAUSES, MOST_SEGMENTS, clauses, segments


def test_a_short_message_stays_whole() -> None:
    assert segments("  gaji belum dibayar. tolong! ") == ["gaji belum dibayar. tolong!"]


@given(st.text(max_size=6000))
def test_pieces_are_short_and_few(text: str) -> None:
    pieces = segments(text)
    assert 1 <= len(pieces) <= MOST_SEGMENTS
    assert all(len(piece) <= LONGEST_SEGMENT for piece in pieces)


def test_beginning_and_end_of_a_very_long_message_are_read() -> None:
    text = "Awal. " + "tengah cerita yang panjang sekali. " * 400 + "Akhir."
    pieces = segments(text)
    assert pieces[0].startswith("Awal.")
    assert pieces[-1].endswith("Akhir.")


def test_danger_in_one_piece_wins() -> None:
    calm = Understanding("employment", 0.95, (("employment", 0.95),))
    danger = Understanding("emergency", 0.41, (("emergency", 0.41), ("housing", 0.3)))
    assert combined([calm, danger, calm]).intent == "emergency"


def test_chat_around_a_need_is_passed_over_and_a_second_need_is_named() -> None:
    hello = Understanding("greet", 0.99, (("greet", 0.99),))
    wage = Understanding("employment", 0.9, (("employment", 0.9),))
    room = Understanding("housing", 0.8, (("housing", 0.8),))
    found = combined([hello, wage, room])
    assert found.intent == "employment"
    assert found.others == ("housing",)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("gaji saya belum dibayar dan kos saya bocor", ["gaji saya belum dibayar", "kos saya bocor"]),
        ("kos naik lagi trs ktp sy hilang jg", ["kos naik lagi", "ktp sy hilang jg"]),
        (
            "My boss keeps my diploma. Also where is a church?",
            ["My boss keeps my diploma", "Also where is a church?"],
        ),
        ("gaji saya belum dibayar", []),
        ("saya dan istri", []),
        ("", []),
    ],
)
def test_a_short_message_is_parted_where_people_join_needs(text: str, parts: list[str]) -> None:
    assert clauses(text) == parts


@given(st.text(max_size=400))
def test_clauses_are_few_and_lose_no_letters_of_long_words(text: str) -> None:
    parts = clauses(text)
    assert len(parts) != 1
    assert len(parts) <= MOST_CLAUSES
    assert all(part.strip() for part in parts)
