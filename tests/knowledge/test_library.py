"""Reading the knowledge base, and saying which file is wrong."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from actions.turn import TOPICS
from knowledge.check_lists import CRISES
from knowledge.library import KnowledgeError, Library, load_library, read_article
from tests.knowledge.small import PAGE, TODAY, Small, day


def test_the_real_one_has_an_article_for_every_topic_and_crisis(library: Library) -> None:
    assert {a.intent for a in library.published("id")} >= {*TOPICS, *CRISES, "privacy"}
    assert len(library.published("id")) == len(library.published("en")) >= 120


def test_it_gives_an_article_in_the_language_asked_for(library: Library) -> None:
    for lang in ("id", "en"):
        article = library.article("housing/deposit-not-returned", lang)
        assert article is not None
        assert article.lang == lang
        assert article.steps


def test_it_falls_back_to_indonesian(small: Small) -> None:
    small.only[PAGE] = "id"
    article = small.library().article(PAGE, "en")
    assert article is not None
    assert article.lang == "id"


def test_it_gives_no_article_it_does_not_have(library: Library) -> None:
    assert library.article("housing/palace", "id") is None


def test_it_hides_drafts(small: Small) -> None:
    small.page["status"] = "draft"
    library = small.library()
    assert library.article(PAGE, "id") is None
    assert PAGE not in {a.id for a in library.published()}
    assert library.of_intent("housing", "id") == []


def test_it_reads_short_answer_steps_and_basis(small: Small) -> None:
    small.short = "Baris satu,\nbaris dua."
    small.steps = ["Satu\n   dilanjutkan.", "Dua."]
    article = small.library().article(PAGE, "id")
    assert article is not None
    assert article.short == "Baris satu, baris dua."
    assert article.steps == ["Satu dilanjutkan.", "Dua."]
    assert article.basis == ["KUHPerdata Pasal 1338."]


@pytest.mark.parametrize(
    ("place", "regency"),
    [
        ("Renon", "Denpasar"),
        (" kuta ", "Badung"),
        ("UBUD", "Gianyar"),
        ("Denpasar", "Denpasar"),
        ("Singaraja", "Buleleng"),
        ("Kupang", None),
        ("", None),
    ],
)
def test_it_knows_the_regency_of_a_place(library: Library, place: str, regency: str | None) -> None:
    assert library.regency_of(place) == regency


def test_it_names_the_facts_that_have_run_out(small: Small) -> None:
    small.facts["wage"] = small.facts["deposit"] | {"valid_until": TODAY}
    small.page["facts"] = ["deposit", "wage"]
    library = small.library()
    article = library.articles[PAGE, "id"]
    assert library.expired_facts(article, TODAY) == []
    assert library.expired_facts(article, TODAY + timedelta(days=1)) == ["wage"]


def test_calendar_days_are_loaded_in_their_order(library: Library) -> None:
    days = {day.date: day.name for day in library.days}
    assert days[date(2027, 3, 8)] == "Nyepi"
    assert len(days) == len(library.days)
    assert [day.date for day in library.days] == sorted(days)


@pytest.mark.parametrize("name", ["article", "source", "note_en", "status"])
def test_a_calendar_day_that_lacks_something_is_named(small: Small, name: str) -> None:
    small.days = [day(), day(date=date(2027, 8, 11))]
    del small.days[1][name]
    with pytest.raises(KnowledgeError, match=rf"calendar\.yml: day 2: {name}: Field required"):
        small.library()


@pytest.mark.parametrize("name", ["kind", "area", "channels", "source", "confidence"])
def test_a_contact_that_lacks_something_is_named(small: Small, name: str) -> None:
    del small.contacts["line-2"][name]
    with pytest.raises(KnowledgeError, match=rf"directory\.yml: line-2: {name}: Field required"):
        small.library()


HEAD = f"""---
id: {PAGE}
intent: housing
title: Uang jaminan
facts: []
contacts: []
offers: []
related: []
reviewed: 2026-11-22
reviewed_by: null
review_by: 2027-05-22
status: published
---
"""


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("deposit.md", HEAD, r"the name must be <slug>\.id\.md"),
        ("deposit.fr.md", HEAD, r"the name must be"),
        ("Deposit.id.md", HEAD, r"the name must be"),
        ("deposit.id.md", "halo", r"must begin with front matter"),
        ("deposit.id.md", "halo\n" + HEAD, r"must begin with front matter"),
        ("deposit.id.md", "---\nid: [\n---\n", r"front matter is not YAML"),
        ("deposit.id.md", "---\n- a list\n---\n", r"deposit\.id\.md: .*dictionary"),
        ("deposit.id.md", HEAD.replace("title: Uang jaminan\n", ""), r"title: Field required"),
        ("deposit.id.md", HEAD.replace("facts:", "fakta:"), r"facts: Field required"),
        ("deposit.id.md", HEAD.replace("status:", "colour: red\nstatus:"), r"colour: Extra inputs"),
        ("deposit.id.md", HEAD.replace("2027-05-22", "soon"), r"review_by: Input should be a valid date"),
        ("deposit.id.md", HEAD.replace("published", "finished"), r"status: Input should be 'published'"),
        ("other.id.md", HEAD, r"id is 'housing/deposit', the file's place says otherwise"),
    ],
)
def test_it_names_the_article_that_cannot_be_read(
    tmp_path: Path, name: str, content: str, complaint: str
) -> None:
    path = tmp_path / "housing" / name
    path.parent.mkdir()
    path.write_text(content, "utf-8")
    with pytest.raises(KnowledgeError, match=complaint) as caught:
        read_article(path)
    assert name in str(caught.value)


@pytest.mark.parametrize("name", ["facts.yml", "directory.yml", "calendar.yml", "regencies.yml"])
@pytest.mark.parametrize("content", [b"", b"- a\n- list\n", b"broken: [", b"\xff\xfe"])
def test_it_names_the_file_that_cannot_be_read(small: Small, name: str, content: bytes) -> None:
    (small.write() / name).write_bytes(content)
    with pytest.raises(KnowledgeError, match=name.replace(".", r"\.")):
        load_library(small.folder)


@pytest.mark.parametrize("name", ["facts.yml", "directory.yml", "calendar.yml", "regencies.yml"])
def test_it_names_a_file_that_is_missing(small: Small, name: str) -> None:
    (small.write() / name).unlink()
    with pytest.raises(KnowledgeError, match=name):
        load_library(small.folder)


def test_it_names_the_entry_and_field_that_is_wrong(small: Small) -> None:
    small.facts["deposit"]["status"] = "perhaps"
    with pytest.raises(KnowledgeError, match=r"facts\.yml: deposit: status: Input should be"):
        small.library()


def test_an_article_that_is_not_text_is_named(small: Small) -> None:
    path = small.write() / "articles" / f"{PAGE}.id.md"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(KnowledgeError, match=r"deposit\.id\.md"):
        load_library(small.folder)
