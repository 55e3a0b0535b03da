"""Replies in Telegram's form."""

from __future__ import annotations

import html

from hypothesis import given
from hypothesis import strategies as st

from actions.turn import Button, Part, Reply
from bot.incoming import Incoming
from bot.telegram.messages import LONGEST_MESSAGE, calls_for, keyboard, split
from bot.telegram.updates import Event


def event() -> Event:
    return Event(1, 7, False, Incoming(text="x"))


@given(st.text(max_size=12_000))
def test_no_piece_is_longer_than_telegram_takes(text: str) -> None:
    for piece in split(text):
        assert len(piece.encode("utf-16-le", "surrogatepass")) // 2 <= LONGEST_MESSAGE


def test_nothing_is_lost_by_splitting() -> None:
    words = [f"kata{n}" for n in range(3000)]
    assert " ".join(" ".join(split(" ".join(words))).split()).split() == words


def test_what_people_wrote_cannot_become_markup() -> None:
    [(_, parameters)] = calls_for(event(), Reply((Part("<b>&judul\nisi <i>", titled=True),), "answer"))
    assert parameters["text"] == f"<b>{html.escape('<b>&judul', quote=False)}</b>\nisi &lt;i&gt;"


def test_short_buttons_stand_side_by_side() -> None:
    rows = keyboard(
        (Button("Ya", "1"), Button("Tidak", "2"), Button("Sebuah label yang panjang", "3"), Button("A", "4"))
    )
    assert [len(row) for row in rows] == [2, 1, 1]


def test_emoji_stand_beside_each_other_only() -> None:
    rows = keyboard((Button("« Menu", "1"), Button("👍", "2"), Button("👎", "3")))
    assert [[cell["text"] for cell in row] for row in rows] == [["« Menu"], ["👍", "👎"]]


def test_buttons_stand_under_the_last_piece() -> None:
    calls = calls_for(event(), Reply((Part("kata " * 2000, (Button("Ya", "1"),)),), "answer"))
    assert len(calls) == 3
    assert ["reply_markup" in parameters for _, parameters in calls] == [False, False, True]
