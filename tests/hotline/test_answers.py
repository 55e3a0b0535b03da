"""Ready answers: in both languages, exact, and never sent with a gap."""

from __future__ import annotations

import re

import pytest
import yaml

from hotline.answers import PLACES, filled, gaps, ready_answers
from knowledge.library import FOLDER
from store.delivery import LONGEST_REPLY

NUMBERS = {"110", "112", "129"}
ALL = [(name, lang) for name in ready_answers() for lang in ("id", "en")]


def test_there_are_at_least_twenty() -> None:
    assert len(ready_answers()) >= 20


@pytest.mark.parametrize(("name", "lang"), ALL)
def test_each_is_whole_in_both_languages(name: str, lang: str) -> None:
    answer = ready_answers()[name]
    text = answer.words(lang)
    assert answer.title[lang]
    assert 80 < len(text) < LONGEST_REPLY
    assert set(re.findall(r"\{(\w+)\}", text)) <= set(PLACES)
    assert gaps(answer.id) == gaps(answer.en), "the same gaps in both languages"
    assert set(re.findall(r"\d{3,}", text)) <= NUMBERS, "no number but those everyone may call"
    assert "http" not in text


@pytest.mark.parametrize(("name", "lang"), ALL)
def test_none_says_what_may_never_be_said(name: str, lang: str) -> None:
    text = ready_answers()[name].words(lang)
    for rule in yaml.safe_load((FOLDER / "forbidden.yml").read_text("utf-8")):
        assert not re.search(rule["pattern"], text, re.IGNORECASE), rule["why"]


def test_gaps_are_filled_with_what_is_known() -> None:
    known = {"kode": "KR-7F3K-9QXM", "petugas": "Maria", "lembaga": ""}
    text = filled("ask_consent_agency", "id", known)
    assert gaps(text) == ["{lembaga}"]
    assert gaps(filled("ask_consent_agency", "id", {**known, "lembaga": "LBH"})) == []
    assert "Saya Maria" in filled("received", "id", known)
    assert filled("nonsense", "id", known) == ""
