"""Entities by word lists and patterns of the training data: place, basis, date, referral_code, phone_number.

A place name that is also a word (mas, sedang, kapal …) stands in the lookup `place_word` and counts only after
a word that leads to a place (di, ke, dari, desa, kec …).
"""

from __future__ import annotations

import json
import re
from typing import Any, Dict, Iterator, List, Pattern, Tuple

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

LEADS_TO_PLACE = (
    r"(?:di|d|ke|k|dari|dr|dri|desa|ds|kelurahan|kel|kecamatan|kec|kab|kabupaten|banjar|br|pi|daerah|"
    r"in|at|from|to|near|area|wilayah|sekitar|orang)"
)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class PatternEntityExtractor(GraphComponent, EntityExtractorMixin):
    """Longest match first; matches never overlap. Values are as typed (EntitySynonymMapper follows)."""

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        return {
            "order": ["referral_code", "phone_number", "date", "place", "place_word", "basis"],
            "names": {"place_word": "place"},
        }

    def __init__(self, config: Dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._storage = storage
        self._resource = resource
        self._sources: Dict[str, List[str]] = {}
        self._patterns: List[Tuple[str, Pattern[str]]] = []

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "PatternEntityExtractor":
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        for table in training_data.lookup_tables:
            words = sorted(table["elements"], key=len, reverse=True)
            pattern = "|".join(r"[\s-]+".join(map(re.escape, w.split())) for w in words)
            lead = rf"(?<!\w){LEADS_TO_PLACE}\.?\s+" if table["name"].endswith("_word") else ""
            self._sources.setdefault(table["name"], []).append(
                rf"(?<!\w){lead}({pattern})(?!\w)" if lead else rf"(?<!\w)({pattern})(?!\w)"
            )
        for feature in training_data.regex_features:
            self._sources.setdefault(feature["name"], []).append(f"({feature['pattern']})")
        self._compile()
        with self._storage.write_to(self._resource) as folder:
            (folder / "patterns.json").write_text(json.dumps(self._sources), encoding="utf-8")
        return self._resource

    @classmethod
    def load(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "PatternEntityExtractor":
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            component._sources = json.loads((folder / "patterns.json").read_text("utf-8"))
        component._compile()
        return component

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            entities = list(self._find(message.get(TEXT) or ""))
            if entities:
                found = message.get(ENTITIES, []) + self.add_extractor_name(entities)
                message.set(ENTITIES, found, add_to_output=True)
        return messages

    def _compile(self) -> None:
        self._patterns = [
            (self._config["names"].get(name, name), re.compile(source, re.IGNORECASE))
            for name in self._config["order"]
            for source in self._sources.get(name, [])
        ]

    def _find(self, text: str) -> Iterator[Dict[str, Any]]:
        hits = [
            (match.start(1), match.end(1), entity)
            for entity, pattern in self._patterns
            for match in pattern.finditer(text)
        ]
        taken: List[Tuple[int, int]] = []
        for start, end, entity in sorted(hits, key=lambda hit: (hit[0] - hit[1], hit[0])):
            if all(end <= left or start >= right for left, right in taken):
                taken.append((start, end))
                yield {"entity": entity, "value": text[start:end], "start": start, "end": end}
