from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from actions.turn import Understanding
from bot.nlu import combined
from bot.segments import LONGEST_SEGMENT, MOST_SEGMENTS, segments


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
    wage = Understanding("employment", 0.6, (("employment", 0.6),))
    room = Understanding("housing", 0.5, (("housing", 0.5),))
    found = combined([hello, wage, room])
    assert found.intent == "employment"
    assert found.others == ("housing",)
