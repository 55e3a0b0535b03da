"""The trained model on messages it has never seen, and on what is no message at all."""

from __future__ import annotations

import asyncio

import pytest

from actions.turn import INTENTS, Understanding
from bot.bands import band
from bot.guard import load_guard
from bot.nlu import Endpoint, NluClient
from kawan.evaluation import Report, evaluate
from kawan.nlu_page import PAGE, nlu_page
from kawan.nlu_report import measured_from, read_figures
from kawan.nlu_variants import variants

GUARD = load_guard()


@pytest.fixture(scope="module")
def report(nlu: Endpoint) -> Report:
    return evaluate(nlu, "test")


# --- against the committed figures (docs/nlu.md) --------------------------------------------------------


def test_the_figures_are_of_the_present_data() -> None:
    figures = read_figures()
    stale = [v.name for v in variants() if figures[v.name]["stamp"] != measured_from(v)]
    assert stale == [], "run: make nlu-report"


def test_the_page_shows_the_figures() -> None:
    assert PAGE.read_text("utf-8") == nlu_page(read_figures()), "run: kawan nlu report --page-only"


@pytest.mark.parametrize(
    "figure", ["accuracy", "macro_f1", "top3", "guarded_crisis_recall", "out_of_scope_f1"]
)
def test_the_model_is_as_good_as_the_page_says(report: Report, figure: str) -> None:
    committed = read_figures()["ours"]["test"][figure]
    assert getattr(report, figure) >= committed - 0.01


# --- against the goals ------------------------------------------------------------------------------------


def test_it_understands_most_messages(report: Report) -> None:
    assert report.messages == 960
    assert report.accuracy >= 0.85
    assert report.top3 >= 0.95


def test_it_understands_both_languages_and_every_register(report: Report) -> None:
    assert min(report.by_language.values()) >= 0.80
    assert min(report.by_register.values()) >= 0.80


def test_it_understands_strangers(nlu: Endpoint) -> None:
    """The newest and hardest messages (tests/nlu/README.md)."""
    fresh = evaluate(nlu, "fresh")
    assert fresh.accuracy >= 0.85
    assert fresh.top3 >= 0.95
    assert fresh.guarded_crisis_recall >= 0.95
    assert fresh.guarded_false_alarms <= 0.05


def test_it_understands_a_few_words(nlu: Endpoint) -> None:
    """First messages of one to six words: a keyword, a matter only named, a greeting, a cry."""
    short = evaluate(nlu, "short")
    assert short.accuracy >= 0.85
    assert short.top3 >= 0.95
    assert short.guarded_crisis_recall >= 0.95


def test_it_recognises_danger(report: Report) -> None:
    assert report.guarded_crisis_recall >= 0.95
    assert report.guarded_false_alarms <= 0.03


def test_it_knows_what_it_cannot_help_with(report: Report) -> None:
    assert report.out_of_scope_f1 >= 0.80


def test_its_confidence_means_something(report: Report) -> None:
    assert report.calibration_error <= 0.05
    assert report.bands["answered right"] >= 0.92
    assert report.bands["in scope answered"] >= 0.60


# --- what is no message ------------------------------------------------------------------------------------


def understood(endpoint: Endpoint, text: str) -> Understanding:
    async def ask() -> Understanding:
        client = NluClient(lambda: endpoint, timeout=30)
        try:
            return await client.understand(text)
        finally:
            await client.close()

    return asyncio.run(ask())


ODD = {
    "4,096 letters": "a" * 4096,
    "4,096 characters of words": ("pasar motor sepatu hujan " * 300)[:4096],
    "zero-width": "\u200bg\u200ba\u200bj\u200bi\u200b",
    "only zero-width": "\u200b\u200d\u2060\ufeff",
    "right to left": "\u202eijag mulob\u202c",
    "Arabic": "السلام عليكم كيف الحال اليوم",
    "emoji": "🙏🙏😂🔥",
    "family emoji": "👨\u200d👩\u200d👧\u200d👦",
    "numbers": "1234567890 42 7",
    "one number": "2",
    "punctuation": "?!?!...",
    "NUL": "gaji\x00saya",
    "lone surrogate": "gaji \ud83d saya",
    "combining marks": "g̷̛a̵j̴i̶ ̸s̷a̵y̶a̶",
    "markup": "<b>gaji</b> {{ 7*7 }} %s %(x)s",
    "Javanese": "Kulo nembe dugi wonten Bali, kadospundi caranipun pados griya sewan nggih?",
    "Javanese chat": "aku lagi nang kene iki rek, piye kabare kabeh",
    "Balinese": "Om Swastiastu, dija genah meli bras sane mudah driki?",
    "Balinese chat": "bli, jani dija mekudang aji lawar barake?",
    "Tetun": "Diak ka lae? Hau hakarak ba festa iha Dili semana oin ho hau nia kolega sira",
    "Chinese": "你好，请问巴厘岛今天天气怎么样？",
    "Japanese": "こんにちは、今日はいい天気ですね",
    "Portuguese": "Bom dia, gostaria de saber como chegar na praia",
    "Dutch": "Goedemorgen, hoe laat vertrekt de boot naar het eiland?",
}  # fmt: skip


@pytest.mark.parametrize(
    "text", ["16", "umur saya 15 tahun", "masih 15", "I'm 17", "17 thn kak", "baru 14", "120"]
)
def test_an_age_alone_means_nothing_yet(nlu: Endpoint, text: str) -> None:
    assert understood(nlu, text) == Understanding()


def test_an_age_with_a_story_is_read(nlu: Endpoint) -> None:
    assert (
        understood(nlu, "umur saya 15 tahun, kerja di spa, paspor disimpan mami, tidak boleh keluar").intent
        == "trafficking"
    )


@pytest.mark.parametrize("name", list(ODD))
def test_odd_input_has_a_defined_result_and_is_no_crisis(nlu: Endpoint, name: str) -> None:
    found = understood(nlu, ODD[name])
    assert found.intent is None or found.intent in INTENTS
    assert 0 <= found.confidence <= 1
    assert not found.degraded
    assert band(found) != "crisis"
    assert GUARD.crisis_in(ODD[name]) is None
