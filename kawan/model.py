"""The trained model: is there one, does it fit the data, and how it is trained."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from kawan import PROJECT
from kawan.errors import UserError
from kawan.nlu_server import bare_environment
from kawan.settings import Settings

# What the model is made from. A change in any of these makes it stale.
SOURCES = (
    "config.yml",
    "nlu_data",
    "nlu_components",
    "language/clean.py",
    "language/detect.py",
    "language/lexicon.py",
    "language/normalise.py",
)
NOT_TRAINED_ON = {"crisis.tsv", "launch.py", "confusion.py"}  # read by the guard; starts Rasa; draws


def fingerprint(
    project: Path = PROJECT, sources: tuple[str, ...] = SOURCES, kinds: str = ".yml .tsv .py"
) -> str:
    """A hash over everything the model is trained from; or over some of it, and some kinds of files."""
    digest = hashlib.sha256()
    for path in _source_files(project, sources, kinds):
        digest.update(str(path.relative_to(project)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def is_current(model: Path) -> bool:
    """Whether the model was trained from the present data, configuration and components."""
    try:
        stamp = json.loads(_stamp(model).read_text())
    except (OSError, ValueError):
        return False
    return model.exists() and bool(stamp.get("fingerprint") == fingerprint())


def train(settings: Settings, quiet: bool = False) -> None:
    """Train with `rasa train nlu`; the old model stays until the new one is complete. Raises UserError."""
    if not settings.nlu_python.exists():
        raise UserError("The NLU environment is missing. Run: make setup")
    before = fingerprint()
    with tempfile.TemporaryDirectory(dir=_folder(settings.model)) as folder:
        done = subprocess.run(
            [
                str(settings.nlu_python), "-m", "nlu_components.launch", "train", "nlu",
                "-c", "config.yml", "-u", "nlu_data", "--out", folder, "--fixed-model-name", "model",
            ],
            cwd=PROJECT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL if quiet else None,
            env=bare_environment(),
        )  # fmt: skip
        made = Path(folder) / "model.tar.gz"
        if done.returncode != 0 or not made.exists():
            raise UserError("Training failed; what Rasa printed above says why. The old model is untouched.")
        shutil.move(made, settings.model)
    _stamp(settings.model).write_text(json.dumps({"fingerprint": before}))


def _stamp(model: Path) -> Path:
    return model.with_name(model.name.removesuffix(".tar.gz") + ".json")


def _folder(model: Path) -> Path:
    model.parent.mkdir(parents=True, exist_ok=True)
    return model.parent


def _source_files(project: Path, sources: tuple[str, ...], kinds: str) -> Iterator[Path]:
    for name in sources:
        path = project / name
        files = [path] if path.is_file() else sorted(path.rglob("*"))
        yield from (
            f for f in files if f.is_file() and f.suffix in kinds.split() and f.name not in NOT_TRAINED_ON
        )
