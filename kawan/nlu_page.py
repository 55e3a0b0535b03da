"""The text of docs/nlu.md, from the figures in docs/nlu.json."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot import bands
from kawan import PROJECT
from kawan.evaluation import SPLITS
from kawan.nlu_variants import variants

PAGE = PROJECT / "docs" / "nlu.md"

_INTRO = """# How well the model understands

This page is written by `make nlu-report` from `docs/nlu.json`; do not edit it by hand. The messages behind the figures
are described in [tests/nlu/README.md](../tests/nlu/README.md). Nothing was trained on them. The bands and the guard's
rules were chosen on the **validation** split; the **test** split was only ever measured, and the **fresh** one was
written last, by others, to be as hard as people are: it is the figure to believe. The **short** one holds first messages
of one to six words. All figures are shares of messages in percent, unless it says otherwise."""

_BANDS = """## Bands

Confidence is calibrated: while training, machines that have not seen a quarter of the data score it, and a few numbers
(the sharpness of each machine, the trust in their mean, the say of the one that only looks for danger) are fitted so that
confidence and accuracy agree. The bands of `bot/bands.py`:"""

_WITHOUT = """## Why each part is there

The whole pipeline trained again with one part left out, measured on the validation split."""

_CURVE = """## Would more data help?

The same pipeline with a part of the training examples, drawn label by label."""

_CONFUSED = """## What is mistaken for what

On the test split, accepted alternatives not counted. Each row of the picture is an intent that was meant.

![Confusion matrix](images/nlu-confusion.png)"""


def nlu_page(figures: dict[str, Any]) -> str:
    """The whole page. Raises KeyError when something has not been measured yet."""
    ours = figures["ours"]
    parts = [
        _INTRO,
        f"Measured from data, configuration and messages `{ours['stamp']}`. Training time, speed and memory: `python -m "
        "benchmarks.nlu`.",
        "## The table",
        _table(["", *SPLITS], _summary_rows(ours)),
        _article_line(ours["articles"]),
        _second_line(ours["two_needs"]),
        _BANDS,
        _band_table(),
        _table(["", *SPLITS], _band_rows(ours)),
        "## Beside Rasa's own parts",
        _table(_HEAD, _compared(figures, ("ours", "classifier", "default"), "test")),
        _WITHOUT,
        _table(_HEAD, _compared(figures, ("ours", "without"), "validation")),
        _CURVE,
        _table(_HEAD, _compared(figures, ("curve", "ours"), "validation")),
        _CONFUSED,
        _table(["meant", "understood", "times"], [[m, u, str(n)] for m, u, n in ours["confusions"]]),
    ]
    return "\n\n".join(parts) + "\n"


_HEAD = [
    "",
    "top-1",
    "macro-F1",
    "top-3",
    "crisis recall",
    "false alarms",
    "English",
    "SMS",
    "Kupang Malay",
]


def _summary_rows(ours: dict[str, Any]) -> Iterator[list[str]]:
    shown = {
        "messages": "messages",
        "accuracy": "right intent first (top-1)",
        "macro_f1": "macro-F1",
        "top3": "right intent among the first three",
        "crisis_recall": "crisis recognised, model alone",
        "crisis_false_alarms": "false alarms, model alone",
        "guarded_crisis_recall": "**crisis recognised, model and guard**",
        "guarded_false_alarms": "**false alarms, model and guard**",
        "out_of_scope_f1": "out of scope, F1",
        "calibration_error": "expected calibration error",
        "milliseconds": "milliseconds per parse, median",
        "milliseconds_p95": "milliseconds per parse, 95th percentile",
    }
    for key, words in shown.items():
        yield [words, *(_shown(key, ours[split][key]) for split in SPLITS)]
    for group, names in (("by_language", _LANGUAGES), ("by_register", _REGISTERS)):
        for key, words in names.items():
            yield [f"top-1, {words}", *(_percent(ours[s][group][key]) for s in SPLITS)]


_LANGUAGES = {"id": "Indonesian and its kin", "en": "English"}
_REGISTERS = {"formal": "formal", "chat": "chat", "sms": "SMS style", "kupang": "Kupang Malay"}


def _band_table() -> str:
    rows = [
        ["crisis", f"the four crises together ≥ {bands.CRISIS:.2f}"],
        ["… at an open question of a form", f"the four crises together ≥ {bands.CRISIS_IN_FORM:.2f}"],
        ["… in an open talk with staff", f"the four crises together ≥ {bands.CRISIS_TO_STAFF:.2f}"],
        ["answer", f"the first intent ≥ {bands.ANSWER:.2f}; small talk ≥ {bands.TALK_ANSWER:.2f}"],
        ["clarify", f"the first intent ≥ {bands.CLARIFY:.2f}"],
        ["fall back", "less"],
        [
            "(emergency button added; a hint of the guard counts)",
            f"the four crises together ≥ {bands.UNEASY:.2f}",
        ],
    ]
    return _table(["band", "when"], rows)


def _band_rows(ours: dict[str, Any]) -> Iterator[list[str]]:
    shown = {
        "answer": "messages answered at once",
        "answered right": "… of these, right",
        "in scope answered": "messages in scope (no danger) answered at once",
        "clarify": "messages asked back about",
        "clarify offers the right one": "… of these in scope, the right one is offered",
        "fallback": "messages falling back to search and menu",
        "crisis": "messages shown the crisis page by the model",
    }
    for key, words in shown.items():
        yield [words, *(_percent(ours[split]["bands"][key]) for split in SPLITS)]


def _article_line(articles: dict[str, float]) -> str:
    return (
        f"Articles, {articles['questions']} questions of `tests/knowledge/questions.jsonl`: the right article is first "
        f"for {_percent(articles['top1'])} %, among the first three for {_percent(articles['top3'])} %."
    )


def _second_line(found: dict[str, float]) -> str:
    return (
        f"Two needs in one message, {found['messages']} messages of the second half of `tests/nlu/two_needs.jsonl` (with "
        f"two needs, and with one that looks like two): both are found in {_percent(found['both_found'])} % of those that "
        f"have two; something is offered that nobody asked for in {_percent(found['wrong_offers'])} % of all."
    )


def _compared(figures: dict[str, Any], kinds: tuple[str, ...], split: str) -> Iterator[list[str]]:
    measured = [v for v in variants() if v.kind in kinds and v.name in figures]
    chosen = sorted(measured, key=lambda v: kinds.index(v.kind))
    for variant in chosen:
        found = figures[variant.name][split]
        yield [
            f"**{variant.shown}**" if variant.kind == "ours" else variant.shown,
            *(
                _percent(found[key])
                for key in ("accuracy", "macro_f1", "top3", "crisis_recall", "crisis_false_alarms")
            ),
            _percent(found["by_language"]["en"]),
            *(_percent(found["by_register"][key]) for key in ("sms", "kupang")),
        ]


def _table(head: list[str], rows: Iterator[list[str]] | list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _shown(key: str, value: float) -> str:
    if key == "messages":
        return str(value)
    if key.startswith("milliseconds"):
        return f"{value:.0f}"
    return f"{value:.3f}" if key == "calibration_error" else _percent(value)


def _percent(value: float) -> str:
    return f"{100 * value:.1f}"
