"""What the components that learn a TextClassifier share: create, train, keep, load."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from typing_extensions import Self

from bot.engine.components.normalise import NORMAL
from bot.engine.components.text_classifier import TextClassifier
from bot.engine.labels import labels_of


class Learnt(GraphComponent):
    """A component around one TextClassifier. A subclass says what it learns (`label`) and what it does with
    the scores (`mark`)."""

    balanced = False

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        classifier: TextClassifier | None = None,
    ) -> None:
        self.config = config
        self._model_storage = model_storage
        self._resource = resource
        self._classifier = classifier

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`strength` is how closely the examples are followed (scikit-learn's C); `published`, how much a
        line of what a service publishes counts beside one of what people say of it."""
        return {"strength": 20.0, "published": 0.0}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Self:
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> Self:
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, TextClassifier.load(folder))

    def train(self, training_data: TrainingData) -> Resource:
        learnt = [
            (example.get(NORMAL), label, importance)
            for example in training_data.intent_examples
            if (label := self.label(example)) is not None
            and example.get(NORMAL)
            and (importance := self.config["published"] if labels_of(example).get("published") else 1.0)
        ]
        texts, labels, importances = zip(*learnt, strict=True)
        self._classifier = TextClassifier.learn(
            texts, labels, importances, strength=self.config["strength"], balanced=self.balanced
        )
        with self._model_storage.write_to(self._resource) as folder:
            self._classifier.save(folder)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        assert self._classifier is not None, "a component is trained or loaded before it is run"
        for message in messages:
            self.mark(message, self._classifier.scores(message.get(NORMAL) or ""))
        return messages

    @abstractmethod
    def label(self, example: Message) -> str | None:
        """What an example teaches; None when it teaches this component nothing."""

    @abstractmethod
    def mark(self, message: Message, scores: list[tuple[str, float]]) -> None:
        """Put on the message what the scores say."""
