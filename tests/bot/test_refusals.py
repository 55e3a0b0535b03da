"""Wishes that are not served: each gets its own calm no, and ways that lead on."""

from __future__ import annotations

import pytest

from actions.refusals import CLEARLY_OUTSIDE, LABELS, LIKELY, PREFIX, SURE
from actions.turn import Reply
from tests.bot.person import LIBRARY, Person, labels, said

WORDS = {
    "find-a-person": ("tidak mencari atau menyebarkan alamat", "bantuan hukum"),
    "revenge": ("Saya dengar Kakak marah", "tidak saya bantu"),
    "insult-a-people": ("tidak menjelekkan suku", "itu tidak boleh"),
    "how-to-hurt": ("melukai orang tidak saya bantu", "Darurat"),
    "fake-papers": ("Surat palsu", "yang asli"),
}
WAYS = {
    "find-a-person": {"article:police_encounter/report-a-crime", "article:legal_aid/free-lawyer", "staff"},
    "revenge": {"article:provocation/call-for-revenge", "mediation", "report", "staff", "crisis"},
    "insult-a-people": {"report", "article:provocation/hate-speech", "article:provocation/talk-kindly"},
    "how-to-hurt": {"crisis", "staff", "article:health/sad-and-homesick"},
    "fake-papers": {"article:residency/lost-ktp", "article:residency/move-ktp-to-bali", "topic:residency",
                    "article:residency/asked-for-money", "staff"},
}  # fmt: skip


def wishes(person: Person, label: str, confidence: float = 0.8, outside: float = 0.75) -> Reply:
    articles = sorted([(label, confidence), ("out_of_scope", 1 - confidence)], key=lambda pair: -pair[1])
    return person.writes("x", ("out_of_scope", outside), articles=tuple(articles))


def test_every_label_is_looked_at_here() -> None:
    assert {PREFIX + name for name in WORDS} == set(LABELS)
    assert set(WORDS) == set(WAYS)


@pytest.mark.parametrize("name", WORDS)
def test_each_wish_gets_its_own_words(person: Person, name: str) -> None:
    reply = wishes(person, PREFIX + name)
    assert reply.decision == "refuse"
    for words in WORDS[name]:
        assert words in said(reply)
    assert "Kak" in said(reply)
    assert "di luar yang saya tahu" not in said(reply)


@pytest.mark.parametrize("name", WAYS)
def test_no_way_on_is_missing_and_the_menu_is_the_last(person: Person, name: str) -> None:
    reply = wishes(person, PREFIX + name)
    data = [b.data for part in reply.parts for b in part.buttons]
    assert {*WAYS[name], "menu"} == set(data)
    assert data[-1] == "menu"


@pytest.mark.parametrize("name", WAYS)
def test_every_button_leads_somewhere(person: Person, name: str) -> None:
    reply = wishes(person, PREFIX + name)
    for part in reply.parts:
        for b in part.buttons:
            led = person.presses(b.data)
            assert led.parts, b.data
            assert led.decision != "fallback", b.data
            if b.data.startswith("article:"):
                assert led.article == b.data.removeprefix("article:")


@pytest.mark.parametrize("name", WAYS)
def test_the_pages_it_points_to_exist_in_both_languages(name: str) -> None:
    for data in WAYS[name]:
        if data.startswith("article:"):
            for lang in ("id", "en"):
                assert LIBRARY.article(data.removeprefix("article:"), lang) is not None, (data, lang)


@pytest.mark.parametrize("name", WORDS)
def test_a_doubtful_reading_is_no_refusal(person: Person, name: str) -> None:
    reply = wishes(person, PREFIX + name, SURE - 0.01)
    assert "di luar yang saya tahu" in said(reply)
    assert WORDS[name][0] not in said(reply)


def test_it_need_not_come_first_when_the_message_is_clearly_out_of_scope(person: Person) -> None:
    reply = wishes(person, "out_of_scope/fake-papers", LIKELY, outside=CLEARLY_OUTSIDE)
    assert "tidak saya bantu" in said(reply)
    assert "di luar yang saya tahu" in said(
        wishes(person, "out_of_scope/fake-papers", LIKELY - 0.01, outside=0.9)
    )


def test_at_the_threshold_it_is_one(person: Person) -> None:
    assert "Saya dengar Kakak marah" in said(wishes(person, "out_of_scope/revenge", SURE))


@pytest.mark.parametrize("label", ["out_of_scope", "out_of_scope/weather", "housing/deposit-not-returned"])
def test_what_is_merely_outside_the_field_is_said_so(person: Person, label: str) -> None:
    reply = wishes(person, label)
    assert reply.decision == "refuse"
    assert "di luar yang saya tahu" in said(reply)
    assert "🆘 Darurat" in labels(reply)


def test_without_any_label_it_is_outside_the_field(person: Person) -> None:
    assert "di luar yang saya tahu" in said(person.writes("x", ("out_of_scope", 0.9)))


def test_danger_in_the_same_message_goes_first(person: Person) -> None:
    reply = person.writes(
        "dia bawa parang di depan kos, saya mau balas", ("out_of_scope", 0.9),
        articles=(("out_of_scope/revenge", 0.8),),
    )  # fmt: skip
    assert reply.decision == "crisis"


@pytest.mark.parametrize("name", WORDS)
def test_nobody_is_scolded_and_no_people_is_named(person: Person, name: str) -> None:
    plain = said(wishes(person, PREFIX + name)).lower()
    for word in ("sumba", "flores", "timor", "jawa", "hindu", "islam", "kristen", "orang bali", "bodoh", "malu", "dosa"):  # fmt: skip
        assert word not in plain, word
