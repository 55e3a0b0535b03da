"""Other pipelines to measure beside ours: parts left out, Rasa's own components, less data."""

from __future__ import annotations

import copy
import random
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from kawan import PROJECT
from knowledge.examples import DATA, examples

DIET_EPOCHS = 3  # Rasa's default is 100; one takes minutes here, and all of them would take hours
_CLASSIFIER = "nlu_components.classifier.IntentAndArticleClassifier"
_TOKENIZER = "nlu_components.tokenizer.NormalisingTokenizer"
_E5 = "nlu_components.e5.E5Featurizer"


@dataclass(frozen=True)
class Variant:
    """A pipeline and a share of the training data, 0 to 1."""

    name: str
    shown: str  # a line for people
    kind: str  # ours | without | classifier | default | curve
    pipeline: list[dict[str, Any]]
    share: float = 1.0


def variants() -> list[Variant]:
    """All that docs/nlu.md compares, ours first."""
    return [
        Variant("ours", "as it is", "ours", _ours()),
        *(Variant(f"curve-{n}", f"{n} % of the data", "curve", _ours(), n / 100) for n in (25, 50)),
        Variant("no-embedding", "without the sentence embedding", "without", _ours(dense_weight=0)),
        Variant("no-danger", "without the machine that only looks for danger", "without", _ours(crises=[])),
        Variant("no-typed", "without the view of the text as typed", "without", _ours(typed_weight=0)),
        Variant("rasa-logistic", "our words and meaning, Rasa's LogisticRegressionClassifier", "classifier", _rasa_logistic()),
        Variant("no-normaliser", "words as typed, nothing rewritten", "without", _ours(normalise=False)),
        Variant("rasa-default", f"Rasa's default pipeline (DIET, {DIET_EPOCHS} epochs)", "default", _rasa_default()),
    ]  # fmt: skip


def write_config(variant: Variant, path: Path) -> None:
    """A config.yml for Rasa."""
    head = {"assistant_id": "kawan_rantau", "recipe": "default.v1", "language": "id"}
    path.write_text(yaml.safe_dump({**head, "pipeline": variant.pipeline}, sort_keys=False), "utf-8")


def write_data(variant: Variant, folder: Path) -> Path:
    """The training data of a variant: all of it, or a part that keeps the proportions of labels."""
    if variant.share == 1:
        return DATA
    labels: dict[str, list[str]] = {}
    for label, text in examples():
        labels.setdefault(label, []).append(text)
    chance = random.Random(7)
    blocks = [
        f"- intent: {label}\n  examples: |\n"
        + "".join(f"    - {text}\n" for text in _part(texts, variant.share, chance))
        for label, texts in labels.items()
    ]
    folder.mkdir()
    (folder / "part.yml").write_text('version: "3.1"\nnlu:\n' + "".join(blocks), "utf-8")
    shutil.copytree(DATA / "lookups", folder / "lookups")
    return folder


def _part(texts: list[str], share: float, chance: random.Random) -> list[str]:
    return chance.sample(texts, max(2, round(len(texts) * share)))


def _ours(**changed: Any) -> list[dict[str, Any]]:
    pipeline: list[dict[str, Any]] = copy.deepcopy(
        yaml.safe_load((PROJECT / "config.yml").read_text("utf-8"))["pipeline"]
    )
    for component in pipeline:
        if component["name"] == _CLASSIFIER:
            component.update(changed)
        elif component["name"] == _E5 and "normalise" in changed:
            component["normalise"] = changed["normalise"]
    return pipeline


def _rasa_logistic() -> list[dict[str, Any]]:
    return [
        {"name": _TOKENIZER},
        {"name": "CountVectorsFeaturizer", "use_lemma": True},
        {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 2, "max_ngram": 4},
        {"name": _E5, "cache": ".cache/embeddings.sqlite3"},
        {"name": "LogisticRegressionClassifier", "max_iter": 200},
    ]


def _rasa_default() -> list[dict[str, Any]]:
    """What `rasa init` writes, without the parts that do not choose an intent."""
    return [
        {"name": "WhitespaceTokenizer"},
        {"name": "RegexFeaturizer"},
        {"name": "LexicalSyntacticFeaturizer"},
        {"name": "CountVectorsFeaturizer"},
        {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
        {"name": "DIETClassifier", "epochs": DIET_EPOCHS, "constrain_similarities": True},
    ]
