"""Which services a message is about: up to five, best first, as entities.

An index over the catalogue: learns the services' phrasings, and for their vocabulary what they publish and
ask, against everything that names none ("how much is it?", small talk,
nonsense), so that a message without a subject gets low figures and the step falls back on the service that
was talked about. Leaves a message alone when nothing reaches `least`.
"""

from __future__ import annotations

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import ENTITIES
from rasa.shared.nlu.training_data.message import Message

from bot.engine.components.learnt import Learnt
from bot.engine.labels import labels_of

NONE = "-"
"""The label of what names no service; no service can be called so."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class ServiceFinder(Learnt):
    """Adds `service` entities."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`most` entities are given; none below `least`."""
        return {**Learnt.get_default_config(), "strength": 50.0, "published": 0.3, "most": 5, "least": 0.03}

    def label(self, example: Message) -> str | None:
        labels = labels_of(example)
        if "question" in labels:  # "the green one" is about bins only while bins are talked about
            return None
        return str(labels.get("service", NONE))

    def mark(self, message: Message, scores: list[tuple[str, float]]) -> None:
        found = [
            {
                "entity": "service",
                "value": service,
                "confidence": confidence,
                "extractor": type(self).__name__,
            }
            for service, confidence in scores
            if service != NONE and confidence >= self.config["least"]
        ][: self.config["most"]]
        if found:
            message.set(ENTITIES, [*message.get(ENTITIES, []), *found], add_to_output=True)
