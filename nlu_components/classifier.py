"""Intent and article in one component: tf-idf of normalised words and pieces of words, beside the sentence embedding.

Two steps, both logistic regression: which intent; then, within each topic, which article. The article's confidence is
the product of both, so `article_ranking` compares articles across topics.
"""

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
from scipy.sparse import csr_matrix, hstack

from language.normalise import normalise
from nlu_components.e5 import E5Featurizer

RANKING_LENGTH = 10
LIKELY_INTENTS = 6  # articles of unlikelier ones are not worth the milliseconds
# What a trained model holds beside scikit-learn's and NumPy's own types; anything else is refused at loading.
OUR_TYPES = {"scipy.sparse._csr.csr_matrix", "scipy.sparse._dia.dia_matrix"}


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
        return {"dense_weight": 1.0, "regularisation": 0.1, "pieces": [2, 5]}

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
        from sklearn.feature_extraction.text import TfidfVectorizer

        examples = [m for m in training_data.intent_examples if m.get(INTENT) and m.get(TEXT)]
        texts = [_plain(m) for m in examples]
        dense = np.vstack([_vector(m) for m in examples])
        low, high = self._config["pieces"]
        self._state = {
            "words": TfidfVectorizer(
                sublinear_tf=True, ngram_range=(1, 2), token_pattern=r"(?u)\b\w+\b", dtype=np.float32
            ).fit(texts),
            "pieces": TfidfVectorizer(
                analyzer="char_wb", ngram_range=(low, high), sublinear_tf=True, min_df=2, dtype=np.float32
            ).fit(texts),
            "mean": dense.mean(axis=0),
            "spread": dense.std(axis=0) + 1e-6,
        }
        features = self._features(texts, dense)
        intents = np.array([m.get(INTENT) for m in examples])
        articles = np.array([_label(m) for m in examples])
        self._state["intent"] = self._fitted(features, intents)
        self._state["articles"] = {}
        for topic in sorted({label.split("/")[0] for label in articles if "/" in label}):
            rows = np.flatnonzero(intents == topic)
            if len(set(articles[rows])) > 1:
                self._state["articles"][topic] = self._fitted(features[rows], articles[rows])
        self._persist()
        return self._resource

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            vector = _vector(message)
            if vector is None or not self._state:
                continue
            features = self._features([_plain(message)], vector[None, :])
            intents = _ranked(self._state["intent"], features)
            message.set(INTENT, _named(intents[:1])[0], add_to_output=True)
            message.set("intent_ranking", _named(intents[:RANKING_LENGTH]), add_to_output=True)
            articles = [
                (label, share * confidence)
                for intent, confidence in intents[:LIKELY_INTENTS]
                if intent in self._state["articles"]
                for label, share in _ranked(self._state["articles"][intent], features)
            ]
            articles.sort(key=lambda pair: -pair[1])
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
            strange = set(skops.io.get_untrusted_types(file=file)) - OUR_TYPES
            if strange:  # not a model we made
                raise ValueError(f"the model holds unexpected types: {sorted(strange)}")
            component._state = skops.io.load(file, trusted=sorted(OUR_TYPES))
        return component

    def _persist(self) -> None:
        import skops.io

        with self._storage.write_to(self._resource) as folder:
            skops.io.dump(self._state, folder / "classifier.skops")

    def _features(self, texts: List[str], dense: np.ndarray) -> csr_matrix:
        # Standardised and divided by the root of its width, the embedding weighs about as much as one tf-idf block.
        standard = (dense - self._state["mean"]) / self._state["spread"] / np.sqrt(dense.shape[1])
        blocks = [
            self._state["words"].transform(texts),
            self._state["pieces"].transform(texts),
            csr_matrix((standard * self._config["dense_weight"]).astype(np.float32)),
        ]
        return hstack(blocks).tocsr()

    def _fitted(self, features: csr_matrix, labels: np.ndarray) -> Any:
        from sklearn.linear_model import LogisticRegression

        return LogisticRegression(
            C=1 / self._config["regularisation"],
            max_iter=400,
            class_weight="balanced",
            random_state=42,
        ).fit(features, labels)


def _ranked(model: Any, features: csr_matrix) -> List[Tuple[str, float]]:
    shares = model.predict_proba(features)[0]
    return [(str(model.classes_[i]), float(shares[i])) for i in np.argsort(-shares)]


def _named(pairs: List[Tuple[str, float]]) -> List[Dict[str, Any]]:
    return [{"name": name, "confidence": confidence} for name, confidence in pairs]


def _plain(message: Message) -> str:
    text = message.get(TEXT)
    return normalise(text) or text


def _vector(message: Message) -> Optional[np.ndarray]:
    dense = message.get_dense_features(attribute=TEXT)[1]
    return None if dense is None else dense.features[0]


def _label(message: Message) -> str:
    key = message.get(INTENT_RESPONSE_KEY)
    return key if key else message.get(INTENT)
