"""The curator's guide says what is true: every message of the check is explained, every name in it exists."""

from __future__ import annotations

import re

import pytest
from click import Group

from actions.turn import TOPICS
from kawan import PROJECT
from kawan.commands.knowledge import knowledge
from knowledge.library import Library
from knowledge.readability import HARDEST, LONG_WORD
from tests.knowledge.small import Small
from tests.knowledge.test_check import BROKEN

GUIDE = (PROJECT / "docs" / "knowledge.md").read_text("utf-8")
EXPLAINED = [
    re.compile(".*".join(re.escape(part) for part in message.split("…")))
    for row in re.findall(r"(?m)^\| (`.+?) \|", GUIDE)
    for message in re.findall(r"`([^`]+)`", row)
    if " " in message and not message.startswith(".venv")
]


@pytest.mark.parametrize("name", list(BROKEN))
def test_every_message_of_the_check_is_explained(small: Small, name: str) -> None:
    break_it, complaint = BROKEN[name]
    break_it(small)
    said = [problem for problem in small.problems() if complaint in problem]
    assert said
    for problem in said:
        if name != "something forbidden":  # there the reason itself says what to do
            assert any(row.search(problem) for row in EXPLAINED), problem


def test_the_commands_it_names_exist() -> None:
    assert isinstance(knowledge, Group)
    named = set(re.findall(r"kawan knowledge (\w+)", GUIDE))
    assert named == set(knowledge.commands)


def test_the_files_it_names_exist() -> None:
    for path in re.findall(r"`((?:knowledge|nlu_data|tests)/[\w/.-]+)`", GUIDE):
        assert (PROJECT / path).exists(), path


def test_its_links_lead_somewhere() -> None:
    headings = re.findall(r"(?m)^## (.+)$", GUIDE)
    places = {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
    for target in re.findall(r"\]\(([^)]+)\)", GUIDE):
        page, _, place = target.partition("#")
        assert (PROJECT / "docs" / page).exists()
        if not page:
            assert place in places


def test_the_limits_it_names_are_those_of_the_check() -> None:
    assert f"at most {HARDEST}" in GUIDE
    assert LONG_WORD == {"id": 8, "en": 7}
    assert "seven letters or more in English, eight or more in Indonesian" in GUIDE


def test_topics_said_to_lack_an_article_still_do(library: Library) -> None:
    """A gap that was filled must not go on being announced."""
    titles = " ".join(article.title for article in library.articles.values())
    for word in ("SKCK", "NPWP", "cerai", "Paspor", "paspor"):
        assert word not in titles
    assert set(TOPICS) <= {article.intent for article in library.published()}
