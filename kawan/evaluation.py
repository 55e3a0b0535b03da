"""Ask the model about every message of a split of tests/nlu/, and report how it did."""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import click

from actions.second_need import MOST_OFFERED
from actions.turn import Understanding
from bot.bands import hints_count
from bot.guard import Guard, load_guard
from bot.nlu import Endpoint, NluClient
from kawan import PROJECT, scores
from kawan.errors import UserError
from kawan.scores import Judged, Message

FOLDER = PROJECT / "tests" / "nlu"
SPLITS = {
    "test": ("test_a.jsonl", "test_b.jsonl"),
    "fresh": ("fresh_a.jsonl", "fresh_b.jsonl"),
    "short": ("short.jsonl",),
    "validation": ("validation_a.jsonl", "validation_b.jsonl"),
}
QUESTIONS = PROJECT / "tests" / "knowledge" / "questions.jsonl"
TWO_NEEDS = FOLDER / "two_needs.jsonl"


@dataclass(frozen=True)
class Report:
    """Shares between 0 and 1; `messages` counts; milliseconds per parse, one at a time."""

    split: str
    messages: int
    accuracy: float
    macro_f1: float
    top3: float
    crisis_recall: float  # the model alone
    crisis_false_alarms: float  # of messages no reader would call a crisis
    guarded_crisis_recall: float  # the model or the guard, as the bot works
    guarded_false_alarms: float
    out_of_scope_f1: float
    calibration_error: float
    milliseconds: float  # median
    milliseconds_p95: float
    by_language: dict[str, float]
    by_register: dict[str, float]
    bands: dict[str, float]


def read_split(name: str) -> list[Message]:
    """The messages of a split. Raises UserError when a file is missing or a line is malformed."""
    messages = []
    for file in SPLITS[name]:
        messages += _read(FOLDER / file)
    return messages


def judge(endpoint: Endpoint, messages: list[Message]) -> list[Judged]:
    """Ask the server about every message, one after the other, and the guard beside it."""
    guard = load_guard()
    found = asyncio.run(_ask_all(endpoint, [m.text for m in messages]))
    return [
        Judged(message, understood, _guarded(guard, message.text, understood), seconds)
        for message, (understood, seconds) in zip(messages, found, strict=True)
    ]


def _guarded(guard: Guard, text: str, understood: Understanding) -> bool:
    return guard.crisis_in(text, hints_count(understood, text)) is not None


def evaluate(endpoint: Endpoint, split: str) -> Report:
    """The report on a split."""
    return summary(split, judge(endpoint, read_split(split)))


def summary(split: str, rows: list[Judged]) -> Report:
    """What the judged messages come to."""
    danger = [r for r in rows if r.message.is_danger]
    harmless = [r for r in rows if not r.message.may_be_danger]
    times = sorted(r.seconds * 1000 for r in rows)
    return Report(
        split=split,
        messages=len(rows),
        accuracy=scores.share(rows, lambda r: r.right),
        macro_f1=scores.macro_f1(rows),
        top3=scores.share(rows, lambda r: r.right_in_three),
        crisis_recall=scores.share(danger, lambda r: r.alarmed),
        crisis_false_alarms=scores.share(harmless, lambda r: r.alarmed),
        guarded_crisis_recall=scores.share(danger, lambda r: r.alarmed or r.guarded),
        guarded_false_alarms=scores.share(harmless, lambda r: r.alarmed or r.guarded),
        out_of_scope_f1=scores.f1(rows, "out_of_scope"),
        calibration_error=scores.calibration_error(rows),
        milliseconds=times[len(times) // 2],
        milliseconds_p95=times[int(len(times) * 0.95)],
        by_language=scores.by(rows, lambda m: m.lang),
        by_register=scores.by(rows, lambda m: m.register),
        bands=scores.bands(rows),
    )


def evaluate_articles(endpoint: Endpoint) -> dict[str, float]:
    """How often the article a question asks for ranks first, and among the first three (tests/knowledge/)."""
    questions = [json.loads(line) for line in QUESTIONS.read_text("utf-8").splitlines() if line.strip()]
    found = asyncio.run(_ask_all(endpoint, [q["text"] for q in questions]))
    ranks = []
    for question, (understood, _) in zip(questions, found, strict=True):
        right = {question["article"], *question["accept"]}
        ranked = [name for name, _ in understood.articles if "/" in name]
        ranks.append(next((i for i, name in enumerate(ranked) if name in right), 99))
    return {
        "questions": len(ranks),
        "top1": sum(rank == 0 for rank in ranks) / len(ranks),
        "top3": sum(rank < 3 for rank in ranks) / len(ranks),
    }


def print_report(report: Report, as_json: bool) -> None:
    """The report for people or for programs."""
    if as_json:
        click.echo(json.dumps(asdict(report)))
        return
    for name, value in asdict(report).items():
        label = name.replace("_", " ")
        if isinstance(value, dict):
            click.echo(f"{label:24}" + "  ".join(f"{k} {v:.3f}" for k, v in value.items()))
        elif isinstance(value, float):
            click.echo(f"{label:24}{value:.1f}" if name.startswith("milli") else f"{label:24}{value:.3f}")
        else:
            click.echo(f"{label:24}{value}")


async def _ask_all(endpoint: Endpoint, texts: list[str]) -> list[tuple[Understanding, float]]:
    client = NluClient(lambda: endpoint, timeout=30, second_needs=False)
    found = []
    try:
        for text in texts:
            began = time.perf_counter()
            understood = await client.understand(text)
            found.append((understood, time.perf_counter() - began))
    finally:
        await client.close()
    return found


def _read(path: Path) -> list[Message]:
    try:
        lines = path.read_text("utf-8").splitlines()
        rows = [json.loads(line) for line in lines if line.strip()]
        return [Message(r["text"], r["intent"], tuple(r["accept"]), r["lang"], r["register"]) for r in rows]
    except (OSError, ValueError, KeyError) as error:
        raise UserError(f"The split {path.name} cannot be read: {error}.") from None


def evaluate_two_needs(endpoint: Endpoint) -> dict[str, float]:
    """The second half of two_needs.jsonl: how often both needs of a message are found, and how often one is offered
    that is not there."""
    lines = TWO_NEEDS.read_text("utf-8").splitlines()
    messages = [json.loads(line) for line in lines[len(lines) // 2 :]]

    async def ask() -> list[Understanding]:
        client = NluClient(lambda: endpoint, timeout=30)
        try:
            return [await client.understand(message["text"]) for message in messages]
        finally:
            await client.close()

    both, double, wrong = 0, 0, 0
    for message, understood in zip(messages, asyncio.run(ask()), strict=True):
        needs, others = set(message["needs"]), set(understood.others[:MOST_OFFERED])
        wrong += bool(others - needs)
        if len(needs) > 1:
            double += 1
            both += len({understood.intent, *others} & needs) > 1
    return {"messages": len(messages), "both_found": both / double, "wrong_offers": wrong / len(messages)}
