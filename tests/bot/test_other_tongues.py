"""Javanese and Balinese: the model only guesses there, so its word counts half."""

from __future__ import annotations

import pytest

from actions.turn import Understanding
from bot.bands import band, uneasy
from bot.nlu import doubted
from bot.other_tongues import in_another_tongue
from knowledge.examples import examples


@pytest.mark.parametrize(
    "text",
    [
        "aku lagi nang kene iki rek, piye kabare kabeh",
        "kulo nembe dugi, griya sewan wonten pundi nggih",
        "dija genah meli bras sane mudah driki",
    ],
)
def test_it_knows_the_neighbours_languages(text: str) -> None:
    assert in_another_tongue(text)


def test_what_the_model_was_taught_is_never_doubted() -> None:
    assert [text for _label, text in examples() if in_another_tongue(text)] == []


def test_a_guess_is_no_crisis_but_keeps_the_button_and_sure_danger_stays_one() -> None:
    guess = Understanding("self_harm", 0.43, (("self_harm", 0.43), ("greet", 0.16)))
    assert band(guess) == "crisis"
    assert band(doubted(guess)) != "crisis"
    assert uneasy(doubted(guess))
    sure = Understanding("self_harm", 0.9, (("self_harm", 0.9),))
    assert band(doubted(sure)) == "crisis"
