"""What no one can see is taken out; what people wrote stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language.clean import clean, plain_word


@pytest.mark.parametrize(
    "text",
    ["", "sa dipukul", "Kakak, tolong 🙏", "se'i & kopi, Rp50.000", "éclair", "baris satu\nbaris dua"],
)
def test_it_leaves_ordinary_text_alone(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("to\u200blong", "tolong"),
        ("\ufefftolong\u202e", "tolong"),
        ("to\u00adlong\u2066", "tolong"),
        ("tolong\x00kak", "tolong kak"),
        ("cafe\u0301", "café"),
        ("halo\ud83d", "halo"),  # half an emoji
    ],
)
def test_it_takes_out_what_no_one_sees(text: str, expected: str) -> None:
    assert clean(text) == expected


@given(st.text(st.characters()))
def test_any_text_comes_out_readable_and_clean_already(text: str) -> None:
    cleaned = clean(text)
    assert cleaned.encode("utf-8").decode("utf-8") == cleaned
    assert clean(cleaned) == cleaned
    assert "\x00" not in cleaned


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Tolong", "tolong"),
        ("tolooong", "tolong"),
        ("saat", "saat"),
        ("ana2", "ana-ana"),
        ("se’i", "se'i"),
        ("2027", "2027"),
        ("1112", "1112"),
        ("b2", "b2"),
    ],
)
def test_it_makes_words_plain(word: str, expected: str) -> None:
    assert plain_word(word) == expected
