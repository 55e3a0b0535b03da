"""`kawan knowledge` as a curator uses it."""

from __future__ import annotations

import json
from datetime import date

import pytest
from click.testing import CliRunner, Result

from kawan.commands import knowledge as command
from knowledge.examples import examples
from knowledge.library import Library, load_library

TODAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "today_in_bali", lambda: TODAY)


def kawan_knowledge(*words: str) -> Result:
    return CliRunner().invoke(command.knowledge, words)


def teach(monkeypatch: pytest.MonkeyPatch, *labels: str) -> None:
    monkeypatch.setattr(command, "examples", lambda: [(label, "halo") for label in labels])


def test_check_is_content_with_the_real_knowledge(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    teach(monkeypatch, *(article.id for article in library.published()))
    result = kawan_knowledge("check")
    assert result.exit_code == 0, result.output
    assert result.output.endswith("days: all right.\n")
    assert result.output.count("\n") == 1


def test_check_names_the_article_no_example_points_to(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = [article.id for article in library.published() if article.id != "housing/deposit-not-returned"]
    teach(monkeypatch, *left, "housing")
    result = kawan_knowledge("check")
    assert result.exit_code == 1
    assert result.output.startswith("housing/deposit-not-returned: no training example")
    assert "1 problem(s)." in result.output


def test_check_reads_the_real_examples() -> None:
    labels = {label for label, _text in examples()}
    assert {"housing/deposit-not-returned", "privacy/your-data", "emergency"} <= labels


def test_show_gives_answer_sources_with_their_date_and_contacts() -> None:
    output = kawan_knowledge("show", "adat_rules/nyepi").output
    assert "Berikutnya: Nyepi, Senin 8 Maret 2027." in output
    assert "Berlaku per 22 November 2026." in output
    assert "☎" in output
    assert "Next: Nyepi" in kawan_knowledge("show", "adat_rules/nyepi", "--lang", "en").output


def test_due_lists_one_thing_a_line() -> None:
    lines = kawan_knowledge("due").output.splitlines()
    assert "2026-12-31  calendar  2026" in lines[0]
    assert any(line.split()[:2] == ["contact", "police-110"] for line in lines)
    assert [line for line in lines if "employment.ump-bali-2026" in line]


def test_due_speaks_json() -> None:
    found = json.loads(kawan_knowledge("due", "--json").output)
    assert {frozenset(one) for one in found} == {frozenset(("on", "kind", "id", "why"))}
    assert {"on": "2026-12-31", "kind": "calendar", "id": "2026"}.items() <= found[0].items()
    assert [one["on"] for one in found if one["id"] == "police-110"] == [None]


def test_gaps_counts_in_words_and_in_json() -> None:
    found = json.loads(kawan_knowledge("gaps", "--json").output)
    output = kawan_knowledge("gaps").output
    assert f"{found['checked_by_a_lawyer']} of {found['articles']} articles were checked" in output
    for id in (*found["doubtful"], *found["hidden_contacts"], *found["crisis_contacts_never_called"]):
        assert f"  {id}" in output
    assert found["articles"] == len(load_library().published())
