"""How hard a text is to read, counted by hand here."""

from __future__ import annotations

import pytest

from knowledge.library import Library
from knowledge.readability import HARDEST, LEAST_WORDS, lix, sentences

EASY = "Beri tahu pemilik lebih dulu. Minta surat. Foto kamar. "
OFFICIAL = {
    "id": "Permohonan penyelesaian perselisihan diajukan secara tertulis kepada instansi yang bertanggung jawab di "
    "bidang ketenagakerjaan setempat. ",
    "en": "Applications concerning residential tenancy disagreements should be submitted to the administrative "
    "authority responsible for consumer protection. ",
}


def test_it_adds_words_per_sentence_and_the_share_of_long_words() -> None:
    text = "satu dua tiga empat. " * 20 + "dua belas perjanjian dua. " * 5
    assert lix([text], "id") == pytest.approx(4 + 100 * 5 / 100)


def test_a_word_is_long_from_eight_letters_in_indonesian_and_seven_in_english() -> None:
    texts = ["seven is fine here, letters count. " * 10]
    english, indonesian = lix(texts, "en"), lix(texts, "id")
    assert english is not None
    assert indonesian is not None
    assert english - indonesian == pytest.approx(100 / 6)


def test_steps_are_sentences_of_their_own() -> None:
    assert lix(["kata kata"] * 30, "id") == pytest.approx(2)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Satu. Dua? Tiga! Empat", 4),
        ('Tanya: "Berapa?" Lalu pergi.', 3),
        ("Bayar Rp2.621.604 pada pukul 06.00 WITA.", 1),
        ("Baris satu\nbaris dua", 2),
        ("…", 0),
    ],
)
def test_sentences_end_where_people_breathe(text: str, parts: int) -> None:
    assert len(sentences(text)) == parts


def test_of_a_few_words_it_says_nothing() -> None:
    assert lix(["kata " * (LEAST_WORDS - 1)], "id") is None
    assert lix(["kata " * LEAST_WORDS], "id") is not None
    assert lix([], "id") is None


@pytest.mark.parametrize("lang", ["id", "en"])
def test_official_language_is_far_above_the_limit_in_both_languages(lang: str) -> None:
    measured = lix([OFFICIAL[lang] * 5], lang)
    assert measured is not None
    assert measured > 2 * HARDEST


def test_plain_language_is_below_the_limit() -> None:
    measured = lix([EASY * 6], "id")
    assert measured is not None
    assert measured < HARDEST


def test_the_limit_is_as_strict_in_one_language_as_in_the_other(library: Library) -> None:
    """The reason for the longer word in Indonesian: the same articles come out alike."""
    means = []
    for lang in ("id", "en"):
        measured = [lix([a.short, *a.steps], lang) for a in library.published(lang)]
        known = [value for value in measured if value is not None]
        means.append(sum(known) / len(known))
    assert abs(means[0] - means[1]) < 2
