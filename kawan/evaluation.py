"""Measure the model on a split of tests/nlu/: accuracy, per language and register, crisis recall and false alarms."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path

import click

from actions.turn import CRISES, Understanding
from bot.bands import band
from bot.nlu import Endpoint, NluClient
from kawan import PROJECT
from kawan.errors import UserError

FOLDER = PROJECT / "tests" / "nlu"
SPLITS = {"test": ("test_a.jsonl", "test_b.jsonl"), "validation": ("validation.jsonl",)}


@dataclass(frozen=True)
class Message:
    """One labelled message; `accept` are other intents a reasonable reader would also choose."""

    text: str
    intent: str
    accept: tuple[str, ...]
    lang: str
    register: str

    def fits(self, intent: str | None) -> bool:
        return intent == self.intent or intent in self.accept


@dataclass
class Report:
    """Shares between 0 and 1; `messages` counts, `milliseconds` per parse (median, one at a time)."""

    split: str
    messages: int
    accuracy: float
    top3: float
    crisis_recall: float
    crisis_false_alarms: float
    out_of_scope_f1: float
    milliseconds: float
    by_language: dict[str, float] = field(default_factory=dict)
    by_register: dict[str, float] = field(default_factory=dict)
    bands: dict[str, float] = field(default_factory=dict)
    answered_right: float = 0.0


def read_split(name: str) -> list[Message]:
    """The messages of a split. Raises UserError when a file is missing or a line is malformed."""
    messages = []
    for file in SPLITS[name]:
        messages += _read(FOLDER / file)
    return messages


def evaluate(endpoint: Endpoint, split: str) -> Report:
    """Ask the server about every message of a split."""
    messages = read_split(split)
    found, times = asyncio.run(_ask_all(endpoint, [m.text for m in messages]))
    pairs = list(zip(messages, found, strict=True))
    answered = [(m, u) for m, u in pairs if band(u) == "answer"]
    return Report(
        split=split,
        messages=len(messages),
        accuracy=_share(pairs, lambda m, u: m.fits(u.intent)),
        top3=_share(pairs, lambda m, u: any(m.fits(name) for name, _ in u.ranking[:3])),
        crisis_recall=_share(
            [(m, u) for m, u in pairs if m.intent in CRISES], lambda m, u: band(u) == "crisis"
        ),
        crisis_false_alarms=_share(
            [(m, u) for m, u in pairs if not {m.intent, *m.accept} & set(CRISES)],
            lambda m, u: band(u) == "crisis",
        ),
        out_of_scope_f1=_f1(pairs, "out_of_scope"),
        milliseconds=sorted(times)[len(times) // 2] * 1000,
        by_language=_by(pairs, lambda m: m.lang),
        by_register=_by(pairs, lambda m: m.register),
        bands=_bands(pairs),
        answered_right=_share(answered, lambda m, u: m.fits(u.intent)),
    )


def print_report(report: Report, as_json: bool) -> None:
    """The report for people or for programs."""
    if as_json:
        click.echo(json.dumps(asdict(report)))
        return
    for name, value in asdict(report).items():
        if isinstance(value, dict):
            click.echo(f"{name:20} " + "  ".join(f"{k} {v:.3f}" for k, v in value.items()))
        else:
            click.echo(f"{name:20} {value:.3f}" if isinstance(value, float) else f"{name:20} {value}")


Pairs = list[tuple[Message, Understanding]]


async def _ask_all(endpoint: Endpoint, texts: list[str]) -> tuple[list[Understanding], list[float]]:
    client = NluClient(lambda: endpoint, timeout=30)
    found, times = [], []
    try:
        for text in texts:
            began = time.perf_counter()
            found.append(await client.understand(text))
            times.append(time.perf_counter() - began)
    finally:
        await client.close()
    return found, times


def _share(pairs: Pairs, holds: Callable[[Message, Understanding], bool]) -> float:
    return sum(holds(m, u) for m, u in pairs) / len(pairs) if pairs else 0.0


def _bands(pairs: Pairs) -> dict[str, float]:
    found = [band(u) for _, u in pairs]
    return {name: found.count(name) / len(found) for name in ("crisis", "answer", "clarify", "fallback")}


def _by(pairs: Pairs, key: Callable[[Message], str]) -> dict[str, float]:
    groups = sorted({key(m) for m, _ in pairs})
    return {
        g: _share([(m, u) for m, u in pairs if key(m) == g], lambda m, u: m.fits(u.intent)) for g in groups
    }


def _f1(pairs: Pairs, intent: str) -> float:
    hits = sum(u.intent == intent and m.fits(intent) for m, u in pairs)
    said = sum(u.intent == intent for _, u in pairs)
    meant = sum(m.intent == intent for m, _ in pairs)
    return 2 * hits / (said + meant) if said + meant else 0.0


def _read(path: Path) -> list[Message]:
    try:
        lines = path.read_text("utf-8").splitlines()
        rows = [json.loads(line) for line in lines if line.strip()]
        return [Message(r["text"], r["intent"], tuple(r["accept"]), r["lang"], r["register"]) for r in rows]
    except (OSError, ValueError, KeyError) as error:
        raise UserError(f"The split {path.name} cannot be read: {error}.") from None
