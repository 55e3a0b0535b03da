"""Finding an article by its words, for when the model is down."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.library import Library, load_library
from knowledge.search import Search
from tests.knowledge.small import PAGE, Small

REAL = load_library()
SEARCH = Search(REAL)

INDONESIAN = {
    "gaji saya belum dibayar dua bulan": "employment/wages-not-paid",
    "uang jaminan kos tidak kembali": "housing/deposit-not-returned",
    "diusir dari kos malam ini": "housing/evicted-suddenly",
    "berapa upah minimum di Badung": "employment/minimum-wage",
    "KTP saya hilang": "residency/lost-ktp",
    "kapan Nyepi dan boleh keluar rumah?": "adat_rules/nyepi",
    "pakaian untuk masuk pura": "adat_rules/temple-manners",
    "apa itu dudukan": "adat_rules/dudukan",
    "kena tilang polisi": "police_encounter/traffic-ticket",
    "adik saya ditahan polisi": "police_encounter/relative-detained",
    "ada razia KTP di kos": "police_encounter/id-check-raid",
    "cari pengacara gratis": "legal_aid/free-lawyer",
    "anak pindah sekolah ke Bali": "education/moving-school",
    "BPJS dari Kupang bisa dipakai di Bali?": "health/bpjs-away-from-home",
    "kos menolak saya karena dari Sumba": "housing/refused-because-of-origin",
    "bos tahan ijazah": "employment/papers-held",
    "beta pung gaji balom dibayar": "employment/wages-not-paid",
    "dpt surat panggilan polisi": "police_encounter/summoned",
    "di mana gereja di Denpasar": "community/worship",
    "lapor diri setelah tiba di Bali": "residency/report-arrival",
    "dipecat tanpa pesangon": "employment/dismissed",
    "kecelakaan waktu kerja di proyek": "employment/accident-and-bpjs",
}
ENGLISH = {
    "my wages have not been paid": "employment/wages-not-paid",
    "landlord keeps my deposit": "housing/deposit-not-returned",
    "told to leave my room at once": "housing/evicted-suddenly",
    "minimum wage in Bali": "employment/minimum-wage",
    "I lost my KTP": "residency/lost-ktp",
    "what may I do on Nyepi": "adat_rules/nyepi",
    "what to wear in a temple": "adat_rules/temple-manners",
    "what is dudukan": "adat_rules/dudukan",
    "traffic ticket": "police_encounter/traffic-ticket",
    "my brother is detained": "police_encounter/relative-detained",
    "identity check at our kos": "police_encounter/id-check-raid",
    "find a free lawyer": "legal_aid/free-lawyer",
    "moving my child to another school": "education/moving-school",
    "use BPJS from NTT in Bali": "health/bpjs-away-from-home",
    "refused a room because I am from Sumba": "housing/refused-because-of-origin",
    "boss keeps my diploma": "employment/papers-held",
    "holiday bonus THR": "employment/thr",
    "summons from the police": "police_encounter/summoned",
    "church in Denpasar": "community/worship",
    "was I fired without severance": "employment/dismissed",
    "hurt at work": "employment/accident-and-bpjs",
}


@pytest.mark.parametrize(("question", "article"), INDONESIAN.items())
def test_it_finds_the_article_of_a_question(question: str, article: str) -> None:
    assert article in SEARCH.find(question, "id")


@pytest.mark.parametrize(("question", "article"), ENGLISH.items())
def test_it_finds_the_article_of_an_english_question(question: str, article: str) -> None:
    assert article in SEARCH.find(question, "en")


def test_it_gives_as_many_as_asked_for_and_each_once() -> None:
    for most in (1, 3, 10):
        found = SEARCH.find("polisi kos kerja gaji", "id", most)
        assert len(found) == len(set(found)) == most
    assert SEARCH.find("polisi", "id", 1) == SEARCH.find("polisi", "id", 3)[:1]


def test_it_finds_nothing_where_no_word_occurs() -> None:
    for text in ("", "   ", "🙏", "xyzzyx", "di ke yang", "a"):
        assert SEARCH.find(text, "id") == []
    assert SEARCH.find("gaji", "fr") == []


@pytest.mark.parametrize("lang", ["id", "en"])
def test_it_gives_only_published_articles(library: Library, lang: str) -> None:
    published = {article.id for article in library.published(lang)}
    assert set(SEARCH.find("kos kerja gaji polisi surat bali work room police", lang, 200)) <= published


def test_it_does_not_find_drafts(small: Small) -> None:
    assert Search(small.library()).find("jaminan", "id") == [PAGE]
    small.page["status"] = "draft"
    assert Search(small.library()).find("jaminan", "id") == []


@pytest.mark.parametrize(
    "text",
    [
        '"', "*", "(", ")", ":", "^", "-", "+", "AND", "OR", "NOT", "NEAR(gaji, 5)", "gaji AND", "title:gaji",
        'gaji"', "gaji*", "(gaji", "gaji OR", "{title body}: gaji", "' or 1=1 --", "%", "\x00gaji", "gaji\ud800",
    ],
)  # fmt: skip
def test_signs_of_the_query_language_are_only_text(text: str) -> None:
    found = SEARCH.find(text, "id")
    assert bool(found) == ("gaji" in text)


@given(st.text(st.characters()), st.sampled_from(["id", "en"]))
def test_any_text_is_searched_without_an_error(text: str, lang: str) -> None:
    assert len(SEARCH.find(text, lang)) <= 3


def test_a_very_long_message_is_searched_too() -> None:
    assert SEARCH.find("gaji belum dibayar " * 500, "id")
