"""Referral codes survive a bad line and a hurried hand."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.codes import SIGNS, new_code, read_code


def completed(body: str) -> str:
    """The one code that begins with these seven signs."""
    (code,) = filter(None, (read_code(f"KR{body}{sign}") for sign in SIGNS))
    return code


CODES = st.text(SIGNS, min_size=7, max_size=7).map(completed)
PLACES = [3, 4, 5, 6, 8, 9, 10, 11]  # where the eight signs stand in KR-XXXX-XXXX


def test_it_reads_back_what_it_made() -> None:
    codes = {new_code() for _ in range(1000)}
    assert len(codes) == 1000
    for code in codes:
        assert re.fullmatch(rf"KR-[{SIGNS}]{{4}}-[{SIGNS}]{{4}}", code)
        assert read_code(code) == code


@given(CODES)
def test_it_finds_every_single_wrong_sign(code: str) -> None:
    for place in PLACES:
        for sign in SIGNS.replace(code[place], ""):
            assert read_code(code[:place] + sign + code[place + 1 :]) is None


@given(CODES)
def test_it_finds_every_swap_of_different_neighbours(code: str) -> None:
    for left, right in pairwise(PLACES):
        signs = list(code)
        signs[left], signs[right] = signs[right], signs[left]
        if signs[left] != signs[right]:
            assert read_code("".join(signs)) is None


@given(CODES, st.data())
def test_it_forgives_how_a_code_is_typed(code: str, data: st.DataObject) -> None:
    alike = {"0": "0Oo", "1": "1IiLl", "V": "VvUu"}
    typed = "".join(
        data.draw(st.sampled_from(alike.get(sign, sign + sign.lower()))) for sign in code.replace("-", "")[2:]
    )
    lead = data.draw(st.sampled_from(["KR", "kr-", " Kr ", "KR – "]))
    between = data.draw(st.sampled_from(["", " ", "-", ". "]))
    assert read_code(f"{lead}{typed[:4]}{between}{typed[4:]} ") == code


@pytest.mark.parametrize("text", ["", "KR", "KR-1234", "7F3K-9QXM", "XX-7F3K-9QXM", "KR-7F3K-9QXM-1", "halo"])
def test_it_reads_nothing_that_has_not_the_shape_of_a_code(text: str) -> None:
    assert read_code(text) is None


@given(st.text())
def test_it_never_fails_on_any_text(text: str) -> None:
    assert read_code(text) is None or re.fullmatch(r"KR-\w{4}-\w{4}", str(read_code(text)))
