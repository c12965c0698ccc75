"""Which aspect of a service a question is about (cost, time, ...): at most one, as an entity.

Acts on what is likelier to be a question than a request, and then gives the likeliest aspect from `least`
on; leaves every other message alone.
"""

from __future__ import annotations

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import ENTITIES, INTENT
from rasa.shared.nlu.training_data.message import Message

from bot.engine.components.act import RANKING
from bot.engine.components.learnt import Learnt
from bot.engine.labels import labels_of

NONE = "-"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class AspectFinder(Learnt):
    """Adds an `aspect` entity."""

    balanced = True

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """No entity is given below `least`."""
        return {**Learnt.get_default_config(), "strength": 50.0, "least": 0.2}

    def label(self, example: Message) -> str | None:
        if labels_of(example).get("published"):
            return None
        if example.get(INTENT) == "ask":
            return labels_of(example).get("aspect")
        return NONE

    def mark(self, message: Message, scores: list[tuple[str, float]]) -> None:
        acts = {item["name"]: item["confidence"] for item in message.get(RANKING, [])}
        if acts.get("ask", 0) <= acts.get("request", 0):
            return
        aspect, confidence = next((pair for pair in scores if pair[0] != NONE), (NONE, 0.0))
        if confidence < self.config["least"]:
            return
        entity = {
            "entity": "aspect",
            "value": aspect,
            "confidence": confidence,
            "extractor": type(self).__name__,
        }
        message.set(ENTITIES, [*message.get(ENTITIES, []), entity], add_to_output=True)
