"""docs/nlu.md: measure the model and what it is compared with (slowly), write the page (at once).

Figures lie in docs/nlu.json, each with the fingerprint of what it was measured on, so that an interrupted run goes on
where it stopped, and the page can be checked without measuring anything.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from kawan import PROJECT
from kawan.errors import UserError
from kawan.evaluation import (
    FOLDER,
    QUESTIONS,
    SPLITS,
    TWO_NEEDS,
    evaluate_articles,
    evaluate_two_needs,
    judge,
    read_split,
    summary,
)
from kawan.model import fingerprint, is_current, train
from kawan.nlu_server import NluServer, bare_environment
from kawan.nlu_variants import Variant, variants, write_config, write_data
from kawan.scores import Judged, confusions, topics_first
from kawan.settings import Settings

FIGURES = PROJECT / "docs" / "nlu.json"
PICTURE = PROJECT / "docs" / "images" / "nlu-confusion.png"
MOST_CONFUSED = 15
# Parts and sizes are compared on the validation split, because they are chosen by it.
SHOWN = {
    "ours": ("test", "fresh", "short", "validation"),
    "classifier": ("test",),
    "default": ("test",),
    "without": ("validation",),
    "curve": ("validation",),
}


def measured_from(variant: Variant) -> str:
    """A hash over all that the figures of a variant follow from: its pipeline, the training data, our components and
    lexicons if it uses any, and the messages that measure it."""
    ours_in_it = any(component["name"].startswith("nlu_components") for component in variant.pipeline)
    made_from = fingerprint() if ours_in_it else fingerprint(sources=("nlu_data",), kinds=".yml")
    digest = hashlib.sha256(json.dumps([variant.pipeline, variant.share, made_from], sort_keys=True).encode())
    files = [FOLDER / name for split in SHOWN[variant.kind] for name in SPLITS[split]]
    if variant.kind == "ours":
        files += [TWO_NEEDS, QUESTIONS]
    for path in files:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def measure(settings: Settings, say: Callable[[str], None]) -> dict[str, Any]:
    """Train and measure every variant that has no current figures yet. Returns all figures."""
    figures = read_figures()
    for variant in variants():
        stamp = measured_from(variant)
        if figures.get(variant.name, {}).get("stamp") == stamp:
            continue
        say(f"{variant.name}: {variant.shown} …")
        figures[variant.name] = {"stamp": stamp, **_measured(variant, settings)}
        FIGURES.write_text(json.dumps(figures, indent=1, sort_keys=True) + "\n", "utf-8")
    return figures


def read_figures() -> dict[str, Any]:
    """What was measured last; empty when nothing was."""
    if not FIGURES.exists():
        return {}
    figures: dict[str, Any] = json.loads(FIGURES.read_text("utf-8"))
    return figures


def _measured(variant: Variant, settings: Settings) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if variant.kind == "ours":  # the very model that answers
            if not is_current(settings.model):
                train(settings, quiet=True)
            model = settings.model
        else:
            model = trained(variant, settings, folder)[1]
        server = NluServer(settings.model_copy(update={"model": model}), borrow=False)
        try:
            server.start()
            server.wait_until_ready()
            assert server.endpoint is not None
            found: dict[str, Any] = {}
            for split in SHOWN[variant.kind]:
                rows = judge(server.endpoint, read_split(split))
                found[split] = _rounded(asdict(summary(split, rows)))
                if variant.kind == "ours" and split == "test":
                    found["confusions"] = _most_confused(rows)
                    _draw(rows, settings)
            if variant.kind == "ours":
                found["articles"] = _rounded(evaluate_articles(server.endpoint))
                found["two_needs"] = _rounded(evaluate_two_needs(server.endpoint))
            return found
        finally:
            server.stop()


def trained(variant: Variant, settings: Settings, folder: Path) -> tuple[float, Path]:
    config = folder / "config.yml"
    write_config(variant, config)
    began = time.monotonic()
    done = subprocess.run(
        [
            str(settings.nlu_python), "-m", "nlu_components.launch", "train", "nlu",
            "-c", str(config), "-u", str(write_data(variant, folder / "data")),
            "--out", str(folder), "--fixed-model-name", "model",
        ],
        cwd=PROJECT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        env=bare_environment(),
    )  # fmt: skip
    model = folder / "model.tar.gz"
    if done.returncode != 0 or not model.exists():
        last = done.stderr.decode("utf-8", "replace").strip().splitlines()[-3:]
        raise UserError(f"Training '{variant.name}' failed: {' '.join(last)}")
    return time.monotonic() - began, model


def _most_confused(rows: list[Judged]) -> list[tuple[str, str, int]]:
    return [(meant, taken, n) for (meant, taken), n in confusions(rows).most_common(MOST_CONFUSED)]


def _draw(rows: list[Judged], settings: Settings) -> None:
    """The confusion picture, drawn by the Matplotlib that Rasa brings along."""
    names = topics_first({r.message.intent for r in rows} | {str(r.understood.intent) for r in rows})
    counts = [[0] * len(names) for _ in names]
    for row in rows:
        taken = row.message.intent if row.right else str(row.understood.intent)
        counts[names.index(row.message.intent)][names.index(taken)] += 1
    drawn = PICTURE.with_suffix(".new.png")
    subprocess.run(
        [str(settings.nlu_python), "-m", "nlu_components.confusion", str(drawn)],
        cwd=PROJECT,
        input=json.dumps({"names": names, "counts": counts}).encode(),
        check=True,
        env=bare_environment(),
        capture_output=True,
    )
    shutil.move(drawn, PICTURE)


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _rounded(inner) for key, inner in value.items()}
    return round(value, 4) if isinstance(value, float) else value
