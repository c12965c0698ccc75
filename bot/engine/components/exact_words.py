"""The short words that steer ("back", "yn ôl", "0"): a list looked up, never guessed at.

Acts when the whole message is one of them; leaves alone every message with a word more.
"""

from __future__ import annotations

import json
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.engine.components.normalise import NORMAL
from bot.engine.labels import labels_of

EXACT = "exact_words"
"""The attribute of a message that holds the control it is, word for word."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class ExactWords(GraphComponent):
    """Sets `exact_words` on a message that is a control, word for word."""

    def __init__(self, model_storage: ModelStorage, resource: Resource, controls: dict[str, str]) -> None:
        self._model_storage = model_storage
        self._resource = resource
        self._controls = controls

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ExactWords:
        return cls(model_storage, resource, {})

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> ExactWords:
        with model_storage.read_from(resource) as folder:
            controls = json.loads((folder / "controls.json").read_text(encoding="utf-8"))
        return cls(model_storage, resource, controls)

    def train(self, training_data: TrainingData) -> Resource:
        for example in training_data.intent_examples:
            if labels_of(example).get("exact"):
                # The first meaning stays: the catalogue lists yes and no before the rest.
                self._controls.setdefault(example.get(NORMAL).rstrip(" ?"), example.get(INTENT))
        with self._model_storage.write_to(self._resource) as folder:
            (folder / "controls.json").write_text(json.dumps(self._controls), encoding="utf-8")
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            control = self._controls.get((message.get(NORMAL) or "").rstrip(" ?"))
            if control is not None:
                message.set(EXACT, control)
        return messages
