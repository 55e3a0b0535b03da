"""The training examples in nlu_data/, the messages the model is measured on, and what staff add to the former."""

from __future__ import annotations

import difflib
import json
from pathlib import Path

import yaml

_PROJECT = Path(__file__).resolve().parent.parent
DATA = _PROJECT / "nlu_data"
LEARNED = DATA / "learned.yml"  # what staff taught it
HELD_OUT = (_PROJECT / "tests" / "nlu", _PROJECT / "tests" / "knowledge")


def examples(folder: Path = DATA) -> list[tuple[str, str]]:
    """(label, text) of every training example. A label is an intent or an article id."""
    return [pair for path in sorted(folder.glob("*.yml")) for pair in examples_of(path)]


def held_out() -> list[str]:
    """Messages the model is measured on: never to be trained on."""
    files = [file for folder in HELD_OUT for file in sorted(folder.glob("*.jsonl"))]
    return [json.loads(line)["text"] for file in files for line in file.read_text("utf-8").splitlines()]


def nearness(one: str, other: str) -> float:
    """How much two texts share: Jaccard index of their runs of three characters, 0 to 1."""
    mine, theirs = _runs(one), _runs(other)
    return len(mine & theirs) / len(mine | theirs)


def as_rasa(pairs: list[tuple[str, str]]) -> str:
    """(label, text) pairs as Rasa's training data: YAML, sorted, none twice."""
    labels: dict[str, list[str]] = {}
    for label, text in sorted(set(pairs)):
        labels.setdefault(label, []).append(" ".join(text.split()))
    blocks = [
        f"- intent: {label}\n  examples: |\n" + "".join(f"    - {text}\n" for text in texts)
        for label, texts in labels.items()
    ]
    return 'version: "3.1"\nnlu:\n' + "".join(blocks)


def add_learned(taught: list[tuple[str, str]], path: Path = LEARNED) -> None:
    """Add (label, text) pairs to the file of what staff taught. It is written anew, sorted, beside the old one."""
    new = path.with_suffix(".new")
    new.write_text(_with_learned(taught, path), "utf-8")
    new.replace(path)


def patch_of(taught: list[tuple[str, str]], path: Path = LEARNED) -> str:
    """The same addition as a patch for review (`git apply`); nothing is written."""
    name = f"nlu_data/{path.name}"
    before = path.read_text("utf-8").splitlines(keepends=True) if path.exists() else []
    after = _with_learned(taught, path).splitlines(keepends=True)
    old = f"a/{name}" if before else "/dev/null"
    return "".join(difflib.unified_diff(before, after, old, f"b/{name}"))


def examples_of(path: Path) -> list[tuple[str, str]]:
    """(label, text) of the examples in one file."""
    found = []
    for block in yaml.safe_load(path.read_text("utf-8"))["nlu"]:
        if "intent" in block:
            lines = block["examples"].splitlines()
            found += [(block["intent"], line.removeprefix("- ").strip()) for line in lines if line.strip()]
    return found


def _with_learned(taught: list[tuple[str, str]], path: Path) -> str:
    return as_rasa([*(examples_of(path) if path.exists() else []), *taught])


def _runs(text: str) -> set[str]:
    return {text.lower()[i : i + 3] for i in range(max(1, len(text) - 2))}
