"""Intent and article in one component, with calibrated probabilities. How: features.py and two_readings.py."""

from __future__ import annotations

from typing import Any, Dict, List, Optional, Tuple, Type

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_RESPONSE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu_components import features, two_readings
from nlu_components.e5 import E5Featurizer
from nlu_components.features import Texts

RANKING_LENGTH = 10


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class IntentAndArticleClassifier(IntentClassifier, GraphComponent):
    """Sets `intent`, `intent_ranking` and, from the retrieval labels, `article_ranking`."""

    @classmethod
    def required_components(cls) -> List[Type]:
        return [E5Featurizer]

    @staticmethod
    def required_packages() -> List[str]:
        return ["sklearn", "skops"]

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        return {
            "normalise": True,
            "pieces": [2, 5],
            "typed_weight": 0.7,
            "dense_weight": 1.0,
            "strength": 0.3,
            "crises": [],
        }

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "IntentAndArticleClassifier":
        return cls(config, model_storage, resource)

    def __init__(self, config: Dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._storage = storage
        self._resource = resource
        self._state: Dict[str, Any] = {}

    def train(self, training_data: TrainingData) -> Resource:
        examples = [m for m in training_data.intent_examples if m.get(INTENT) and m.get(TEXT)]
        texts = Texts.of([m.get(TEXT) for m in examples], self._config["normalise"])
        vectors = np.vstack([_vector(m) for m in examples])
        self._state = {"features": features.fit(texts, vectors, self._config)}
        rows = features.rows(self._state["features"], texts, vectors, self._config)
        labels = np.array([_label(m) for m in examples])
        self._state["readings"] = two_readings.fit(
            rows, labels, self._config["strength"], self._config["crises"]
        )
        self._persist()
        return self._resource

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            vector = _vector(message)
            if vector is None or not self._state:
                continue
            texts = Texts.of([message.get(TEXT)], self._config["normalise"])
            row = features.rows(self._state["features"], texts, vector[None, :], self._config)
            readings = self._state["readings"]
            of_intents, of_labels = two_readings.read(readings, row)
            intents = two_readings.ranked(readings["coarse"]["labels"], of_intents[0])
            labels = two_readings.ranked(readings["fine"]["labels"], of_labels[0])
            topics = {label.split("/")[0] for label in readings["fine"]["labels"] if "/" in label}
            articles = [pair for pair in labels if pair[0].split("/")[0] in topics]
            message.set(INTENT, _named(intents[:1])[0], add_to_output=True)
            message.set("intent_ranking", _named(intents[:RANKING_LENGTH]), add_to_output=True)
            message.set("article_ranking", _named(articles[: 2 * RANKING_LENGTH]), add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        return training_data

    @classmethod
    def load(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "IntentAndArticleClassifier":
        import skops.io

        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            file = folder / "classifier.skops"
            strange = skops.io.get_untrusted_types(file=file)
            if strange:  # not a model we made: ours hold numbers and strings only
                raise ValueError(f"the model holds unexpected types: {sorted(strange)}")
            saved = skops.io.load(file, trusted=[])
        component._state = {
            "features": features.restored(saved["features"], config),
            "readings": two_readings.restored(saved["readings"]),
        }
        return component

    def _persist(self) -> None:
        import skops.io

        with self._storage.write_to(self._resource) as folder:
            saved = {
                "features": features.kept(self._state["features"], self._config),
                "readings": two_readings.kept(self._state["readings"]),
            }
            skops.io.dump(saved, folder / "classifier.skops")


def _named(pairs: List[Tuple[str, float]]) -> List[Dict[str, Any]]:
    return [{"name": name, "confidence": confidence} for name, confidence in pairs]


def _vector(message: Message) -> Optional[np.ndarray]:
    dense = message.get_dense_features(attribute=TEXT)[1]
    return None if dense is None else dense.features[0]


def _label(message: Message) -> str:
    key = message.get(INTENT_RESPONSE_KEY)
    return key if key else message.get(INTENT)
