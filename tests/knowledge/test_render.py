"""How knowledge reads on a phone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from knowledge.check_lists import CRISES
from knowledge.library import Library, load_library
from knowledge.model import Article
from knowledge.render import (
    LONGEST_ANSWER,
    answer_text,
    contacts_text,
    long_date,
    may_be_shown,
    sources_text,
)
from locales import translator
from tests.knowledge.small import PAGE, TODAY, Small

REAL = load_library()
RUNNING_OUT = [a for a in REAL.articles.values() if any(REAL.facts[f].valid_until for f in a.facts)]


def title_of(article: Article) -> str:
    return f"{article.id}.{article.lang}"


@pytest.fixture
def page(small: Small) -> Article:
    return small.library().articles[PAGE, "id"]


def test_it_shows_title_answer_and_numbered_steps(small: Small) -> None:
    library = small.library()
    assert answer_text(library.articles[PAGE, "id"], library, TODAY) == (
        "Uang jaminan\n\nUang jaminan harus kembali.\n\n1. Kumpulkan bukti.\n2. Minta tertulis."
    )


@pytest.mark.parametrize("article", REAL.articles.values(), ids=title_of)
def test_every_article_fits_on_a_phone(library: Library, article: Article) -> None:
    text = answer_text(article, library, article.reviewed)
    assert len(text) <= LONGEST_ANSWER == 900
    assert article.steps[0] in text


@pytest.mark.parametrize("article", REAL.articles.values(), ids=title_of)
def test_every_article_says_what_it_rests_on_and_as_of_when(library: Library, article: Article) -> None:
    text = sources_text(article, library, article.reviewed)
    assert all(item in text for item in article.basis)
    assert long_date(article.reviewed, article.lang) in text
    assert len(text) <= 4000  # Telegram takes 4096


def test_there_are_articles_with_facts_that_run_out() -> None:
    assert RUNNING_OUT


@pytest.mark.parametrize("article", RUNNING_OUT, ids=title_of)
def test_it_does_not_repeat_what_has_run_out(library: Library, article: Article) -> None:
    ends = [library.facts[f].valid_until for f in article.facts]
    last = min(end for end in ends if end)
    for render in (answer_text, sources_text):
        valid, expired = (render(article, library, day) for day in (last, last + timedelta(days=1)))
        assert article.title in valid
        assert len(expired) < len(valid)
        for told in (article.short, *article.steps, *article.basis):
            assert told not in expired
    assert article.title in answer_text(article, library, last + timedelta(days=1))


def test_it_says_that_figures_ran_out_in_both_languages(library: Library) -> None:
    later = date(2030, 1, 1)
    texts = [
        answer_text(library.articles["employment/minimum-wage", lang], library, later)
        for lang in ("id", "en")
    ]
    assert "tidak saya ulangi" in texts[0]
    assert not any(char.isdigit() for char in texts[0].partition("\n")[2])
    assert texts[0].partition("\n")[2] != texts[1].partition("\n")[2]


def test_the_wages_of_2026_fall_silent_on_new_years_day(library: Library) -> None:
    """Neither the answer nor its sources repeat a figure, and the line about the date goes as well."""
    page = library.articles["employment/minimum-wage", "id"]
    for render in (answer_text, sources_text):
        assert "3.207.459" in render(page, library, date(2026, 12, 31))
        silent = render(page, library, date(2027, 1, 1))
        assert "Rp" not in silent
        assert "berlaku sampai tanggal yang sudah lewat" in silent
    assert "Berlaku per" not in sources_text(page, library, date(2027, 1, 1))


@pytest.mark.parametrize("crisis", CRISES)
def test_what_is_said_in_danger_never_runs_out(library: Library, crisis: str) -> None:
    """The crisis pages are shown in parts, not by `answer_text`: nothing would stop an old figure there."""
    for article in library.of_intent(crisis, "id"):
        assert [id for id in article.facts if library.facts[id].valid_until] == []


def test_sources_say_as_of_which_day_in_words(library: Library) -> None:
    pages = [library.articles["housing/deposit-not-returned", lang] for lang in ("id", "en")]
    days = [long_date(page.reviewed, page.lang) for page in pages]
    texts = [sources_text(page, library, page.reviewed) for page in pages]
    assert f"Berlaku per {days[0]}." in texts[0]
    assert days[1] in texts[1]
    assert long_date(date(2026, 11, 22), "id") == "22 November 2026"


def test_the_page_about_the_bot_names_the_buttons_as_they_are_written(library: Library) -> None:
    for lang in ("id", "en"):
        page = library.articles["privacy/about-this-bot", lang]
        for label in ("Dasar hukum & sumber", "Bicara dengan petugas"):
            assert f'"{translator(lang)(label)}"' in " ".join(page.steps)


def test_it_says_whether_a_human_has_looked_at_it(small: Small) -> None:
    library = small.library()
    assert "Belum diperiksa pengacara" in sources_text(library.articles[PAGE, "id"], library, TODAY)
    small.page["reviewed_by"] = "Maria Tukan, S.H."
    library = small.library()
    text = sources_text(library.articles[PAGE, "id"], library, TODAY)
    assert "Diperiksa oleh Maria Tukan, S.H." in text
    assert "Belum diperiksa" not in text


def test_it_shows_contacts_in_the_order_and_language_asked_for(small: Small) -> None:
    library = small.library()
    assert contacts_text(["line-2", "line-1"], library, "en") == (
        "Line 112 (Bali)\nHelps.\n☎ 112\n\nLine 110 (Bali)\nHelps.\n☎ 110"
    )
    assert contacts_text(["line-1"], library, "id") == "Layanan 110 (Bali)\nMenolong.\n☎ 110"


def test_it_writes_a_channel_as_people_read_it(small: Small) -> None:
    small.contacts["line-1"]["channels"] = [
        {"type": "whatsapp", "value": "+628111129129", "show": "0811-1129-129", "confidence": "verified"},
        {"type": "web", "value": "lapor.go.id", "confidence": "verified"},
    ]
    small.contacts["line-1"]["hours"] = "24 jam"
    shown = contacts_text(["line-1"], small.library(), "id")
    assert shown.endswith("WhatsApp 0811-1129-129 · 🌐 lapor.go.id · 24 jam")


@pytest.mark.parametrize(
    ("changes", "shown"),
    [
        ({}, True),
        ({"confidence": "likely", "verified_on": None}, False),
        ({"confidence": "likely", "verified_on": None, "crisis": True}, True),
        ({"channels": []}, False),
        ({"channels": [{"type": "phone", "value": "110", "confidence": "likely"}]}, False),
        ({"channels": [{"type": "phone", "value": "110", "confidence": "likely"}], "crisis": True}, True),
    ],
)
def test_it_shows_only_contacts_one_can_rely_on(
    small: Small, changes: dict[str, object], shown: bool
) -> None:
    small.contacts["line-1"].update(changes)
    library = small.library()
    assert may_be_shown(library.contacts["line-1"]) == shown
    assert bool(contacts_text(["line-1"], library, "id")) == shown


def test_it_leaves_out_the_doubtful_channel_of_a_good_contact(small: Small) -> None:
    small.contacts["line-1"]["channels"].append({"type": "web", "value": "polri.id", "confidence": "likely"})
    assert "polri.id" not in contacts_text(["line-1"], small.library(), "id")


def test_hidden_contacts_of_the_real_directory_stay_hidden(library: Library) -> None:
    hidden = [id for id, contact in library.contacts.items() if not may_be_shown(contact)]
    assert "ombudsman-137" in hidden
    assert contacts_text(hidden, library, "id") == ""
    shown = contacts_text(list(library.contacts), library, "id")
    for id in hidden:
        for channel in library.contacts[id].channels:
            assert f" {channel.shown}\n" not in f"{shown}\n".replace(" ·", "\n")


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("crisis", CRISES)
def test_a_crisis_page_shows_two_contacts_with_a_phone_and_where_they_serve(
    library: Library, crisis: str, lang: str
) -> None:
    page = library.article(f"{crisis}/now", lang)
    assert page is not None
    shown = [library.contacts[id] for id in page.contacts if may_be_shown(library.contacts[id])]
    text = contacts_text(page.contacts, library, lang)
    assert len(shown) >= 2
    assert any(channel.type == "phone" for contact in shown for channel in contact.channels)
    assert "☎" in text
    for contact in shown:
        assert f"({contact.area if lang == 'id' else contact.area_en})" in text
