"""The trained model on messages it has never seen. Floors, not goals: `kawan nlu test` prints the figures."""

from __future__ import annotations

import pytest

from bot.nlu import Endpoint
from kawan.evaluation import Report, evaluate


@pytest.fixture(scope="module")
def report(nlu: Endpoint) -> Report:
    return evaluate(nlu, "test")


def test_it_understands_most_messages(report: Report) -> None:
    assert report.messages == 960
    assert report.accuracy >= 0.75
    assert report.top3 >= 0.90


def test_it_understands_both_languages(report: Report) -> None:
    assert min(report.by_language.values()) >= 0.68


def test_it_recognises_danger(report: Report) -> None:
    assert report.crisis_recall >= 0.75
    assert report.crisis_false_alarms <= 0.07


def test_it_knows_what_it_cannot_help_with(report: Report) -> None:
    assert report.out_of_scope_f1 >= 0.75


def test_what_it_answers_alone_is_right(report: Report) -> None:
    assert report.answered_right >= 0.85
