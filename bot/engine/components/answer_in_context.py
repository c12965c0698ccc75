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

IN_A_FORM = ("question", "review", "change")
"""What of all that can be asked is part of a request under way."""

RANKED = 3


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class AnswerInContext(GraphComponent):
    """Sets the intent that the rules see."""

    def __init__(self, config: dict[str, Any]) -> None:
        self._config = config

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """How sure things must be.

        `act`: when nothing is asked. `digression`: to leave a question that the text could not answer anyway;
        `digression_from_words`: one that any words would answer (a name, a description). `plausible`: a
        service, to be talked about at all; `sure`: a service, to leave a question for it.
        """
        return {"act": 0.3, "digression": 0.4, "digression_from_words": 0.7, "plausible": 0.2, "sure": 0.5}

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
            # The ranking goes to the action server with every event: three say what there is to say.
            message.set(RANKING, message.get(RANKING, [])[:RANKED], add_to_output=True)
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
        # In mid-form "I broke my leg" sounds like the request that is being made: only another subject is news.
        if act == "request" and asking.get("what") in IN_A_FORM and _subject(message) < self._config["sure"]:
            return "answer", 1 - confidence
        return act, confidence

    def _unasked(self, message: Message) -> tuple[str, float]:
        control = message.get(EXACT)
        if control is not None:
            return control, 1.0
        if not message.get(NORMAL):
            return "unclear", 1.0
        act, confidence = _best(message)
        if act not in (*ABOUT_SERVICES, "answer", "unclear"):
            return (act, confidence) if confidence >= self._config["act"] else ("unclear", 1 - confidence)
        subject = _subject(message)
        if subject >= self._config["sure"] or (subject >= self._config["plausible"] and act != "unclear"):
            return _best_about_services(message)
        # Without a subject it may be about the service talked of before, if it is clear what is wanted.
        named = act == "request" or (act == "ask" and _has(message, "aspect"))
        if act in ABOUT_SERVICES and named and confidence >= self._config["digression"]:
            return act, confidence
        return "unclear", confidence if act == "unclear" else 1 - confidence


def _best(message: Message) -> tuple[str, float]:
    best = message.get(INTENT)
    return best["name"], best["confidence"]


def _best_about_services(message: Message) -> tuple[str, float]:
    acts = {item["name"]: item["confidence"] for item in message.get(RANKING)}
    best = max(ABOUT_SERVICES, key=lambda act: acts.get(act, 0.0))
    return best, acts.get(best, 0.0)


def _subject(message: Message) -> float:
    """How sure the likeliest service is."""
    return max((e["confidence"] for e in message.get(ENTITIES, []) if e["entity"] == "service"), default=0.0)


def _has(message: Message, entity: str) -> bool:
    return any(e["entity"] == entity for e in message.get(ENTITIES, []))
