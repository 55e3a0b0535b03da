"""What is missing is counted, not typed into a document."""

from __future__ import annotations

from knowledge.gaps import gaps
from knowledge.library import Library
from tests.knowledge.small import PAGE, TODAY, Small


def test_an_article_that_rests_mostly_on_likely_facts_is_named(small: Small) -> None:
    small.facts["usual"] = small.facts["deposit"] | {"status": "likely"}
    small.page["facts"] = ["deposit", "usual"]
    assert gaps(small.library()).doubtful == {}
    small.page["facts"] = ["usual"]
    found = gaps(small.library())
    assert found.doubtful == {PAGE: (1, 1)}
    assert (found.likely_facts, found.facts) == (1, 2)


def test_contacts_are_told_apart_by_what_is_missing(small: Small) -> None:
    small.contacts["line-1"].update(confidence="likely", verified_on=None)
    small.contacts["line-2"]["channels"] = []
    small.contacts["line-3"] = small.contacts["line-1"] | {"crisis": True}
    small.contacts["line-4"] = small.contacts["line-3"] | {"test_called": {"by": "Maria", "on": TODAY}}
    found = gaps(small.library())
    assert found.hidden_contacts == ["line-1"]
    assert found.unreachable_contacts == ["line-2"]
    assert found.crisis_contacts_never_called == ["line-3"]
    assert found.contacts == 4


def test_reviews_by_a_human_are_counted(small: Small) -> None:
    small.page["reviewed_by"] = "Maria Tukan, S.H."
    found = gaps(small.library())
    assert (found.checked_by_a_lawyer, found.articles) == (1, 5)


def test_the_page_about_the_bot_says_no_lawyer_has_looked_as_long_as_none_has(library: Library) -> None:
    pages = [library.articles["privacy/about-this-bot", lang] for lang in ("id", "en")]
    none_yet = gaps(library).checked_by_a_lawyer == 0
    assert ("Belum ada pengacara" in pages[0].short) == none_yet
    assert ("No lawyer has checked" in pages[1].short) == none_yet
