"""Which language to answer in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language.detect import ENGLISH, INDONESIAN, detect_language

INDONESIAN_MESSAGES = [
    "gaji saya belum dibayar dua bulan",
    "Bagaimana cara lapor diri di banjar?",
    "kos menolak karena saya dari Sumba",
    "tolong, ada yang mengancam saya",
    "KTP saya hilang",
    "apa itu dudukan?",
    "boleh masuk pura kalau sedang haid?",
    "anak mau pindah sekolah ke Denpasar",
    "bos tahan ijazah saya",
    "siapa yang bisa bantu",
    "makan di mana enak",
    "saya mau bicara dengan petugas",
    "terima kasih kak",
    "beta pung gaji balom dibayar",
    "katong sonde tau musti lapor di mana",
    "dong pukul beta",
    "sa pu motor ditilang",
    "lu sapa",
    "kermana caranya urus surat pindah",
    "be son ada doi",
    "su lapor ko balom",
    "jang kasi tau orang",
    "gmn cr urus bpjs",
    "sy dipecat td pagi",
    "gak ada kerjaan",
    "udh 3 bln ga digaji",
    "knp dong usir katong",
    "mau sharing room di Kuta, ada yang tahu?",
    "boss saya tidak mau kasih THR",
    "check in di hotel itu pakai KTP siapa?",
    "deposit kos tidak kembali, saya harus ke mana",
    "help saya di kos, ada orang mabuk",
    "saya kena scam online, lapor ke mana ya",
]
ENGLISH_MESSAGES = [
    "my salary has not been paid for two months",
    "how do I report to the banjar?",
    "the landlord refused me because I am from Sumba",
    "please help, someone is threatening me",
    "I lost my KTP",
    "what is dudukan?",
    "can I enter a temple during my period?",
    "my boss keeps my passport",
    "who can help me with this",
    "I want to talk to a person",
    "thank you so much",
    "hello, is anyone there",
    "what's the minimum wage in Badung",
    "is it legal to ask newcomers for money",
    "they stopped us at Gilimanuk and took our cards",
    "where is the nearest police station",
    "my friend was arrested last night",
    "do I need a lawyer",
    "my husband hits me",
    "we don't know where he is",
    "can they throw us out of our kos",
    "when is Nyepi",
    "i can't sleep and i miss home",
    "are you a robot?",
    "how much does it cost to send a body to Flores",
    "i want to die",
    "he won't let me leave the mess",
    "does BPJS from Kupang work in Bali",
    "which papers do I need",
    "is the story about Sumba people true",
]
NEITHER = ["", "👍", "KR-7F3K-9QXM", "Yohana", "123", "ok", "...", "hmm"]


def test_there_are_sixty_messages() -> None:
    assert len({*INDONESIAN_MESSAGES, *ENGLISH_MESSAGES}) >= 60


@pytest.mark.parametrize("text", INDONESIAN_MESSAGES)
def test_it_knows_indonesian(text: str) -> None:
    assert detect_language(text, otherwise="en") == "id"


@pytest.mark.parametrize("text", ENGLISH_MESSAGES)
def test_it_knows_english(text: str) -> None:
    assert detect_language(text, otherwise="id") == "en"


@pytest.mark.parametrize("text", NEITHER)
def test_it_keeps_the_language_of_before_when_a_message_shows_none(text: str) -> None:
    assert detect_language(text, otherwise="en") == "en"
    assert detect_language(text, otherwise="id") == "id"


def test_indonesian_is_the_default() -> None:
    assert detect_language("Yohana") == "id"


def test_no_word_speaks_for_both_languages() -> None:
    assert not ENGLISH & INDONESIAN


@given(st.text(st.characters()), st.sampled_from(["id", "en"]))
def test_any_text_has_a_language(text: str, otherwise: str) -> None:
    assert detect_language(text, otherwise) in ("id", "en")
