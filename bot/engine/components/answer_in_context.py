"""Is this an answer to what was just asked, or does the person turn to something else? Always the last word.

The gateway says in the message's metadata what waits for an answer, and whether the text can be read as one
(`fits`, which proves something where `exact` is true: a date either is one or is not). Here that is weighed
against what the act sounds like out of context. Sets `intent` on every message.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, INTENT
from rasa.shared.nlu.training_data.message import Message

from bot.engine.components.act import RANKING
from bot.engine.components.exact_words import EXACT
from bot.engine.components.normalise import NORMAL
from bot.engine.labels import METADATA

ANSWERS = ("affirm", "deny")
"""What is an answer as soon as anything is asked."""

ABOUT_SERVICES = ("ask", "request")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class AnswerInContext(GraphComponent):
    """Sets the intent that the rules see."""

    def __init__(self, config: dict[str, Any]) -> None:
        self._config = config

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`digression`: how sure the act must be to leave a question that the text could not answer anyway;
        `digression_from_words`: the same where any words would do (a name, a description).
        `act`: how sure it must be when nothing is asked; `subject`: how sure a service must be to make
        up for an act that is not clear."""
        return {"digression": 0.4, "digression_from_words": 0.7, "act": 0.3, "subject": 0.5}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> AnswerInContext:
        return cls(config)

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            asking = (message.get(METADATA) or {}).get("asking")
            name, confidence = self._asked(message, asking) if asking else self._unasked(message)
            message.set(INTENT, {"name": name, "confidence": confidence}, add_to_output=True)
        return messages

    def _asked(self, message: Message, asking: Mapping[str, Any]) -> tuple[str, float]:
        fits, exact = bool(asking.get("fits")), bool(asking.get("exact"))
        control = message.get(EXACT)
        # "0" asks for a person, except where it is the number that was asked for.
        if control is not None and not (fits and exact and message.get(NORMAL).isdigit()):
            return ("answer" if control in ANSWERS else control), 1.0
        if fits and exact:
            return "answer", 1.0
        act, confidence = _best(message)
        least = self._config["digression_from_words" if fits else "digression"]
        if act in (*ANSWERS, "answer", "unclear") or confidence < least:
            return "answer", max(confidence, 1 - confidence)
        return act, confidence

    def _unasked(self, message: Message) -> tuple[str, float]:
        control = message.get(EXACT)
        if control is not None:
            return control, 1.0
        if not message.get(NORMAL):
            return "unclear", 1.0
        act, confidence = _best(message)
        subject = max(
            (e["confidence"] for e in message.get(ENTITIES, []) if e["entity"] == "service"), default=0
        )
        if act in ("answer", "unclear") or confidence < self._config["act"]:
            if subject < self._config["subject"]:
                return "unclear", confidence
            return max(
                ((item["name"], item["confidence"]) for item in message.get(RANKING)
                 if item["name"] in ABOUT_SERVICES),
                key=lambda pair: pair[1],
            )  # fmt: skip
        return act, confidence


def _best(message: Message) -> tuple[str, float]:
    best = message.get(INTENT)
    return best["name"], best["confidence"]
