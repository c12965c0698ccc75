"""What a person does with a message: asks, requests, answers, or steers the conversation.

Acts on every message: sets `intent` and `intent_ranking`, out of context. Whether it is an answer to what
was asked is for answer_in_context.py to say.
"""

from __future__ import annotations

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import INTENT
from rasa.shared.nlu.training_data.message import Message

from bot.engine.components.learnt import Learnt
from bot.engine.labels import labels_of

RANKING = "intent_ranking"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class ActClassifier(Learnt):
    """Learns the intent of every example."""

    def label(self, example: Message) -> str | None:
        if labels_of(example).get("published"):  # it names the subject, but nobody speaks so
            return None
        return str(example.get(INTENT))

    def mark(self, message: Message, scores: list[tuple[str, float]]) -> None:
        ranking = [{"name": name, "confidence": confidence} for name, confidence in scores]
        message.set(INTENT, ranking[0], add_to_output=True)
        message.set(RANKING, ranking, add_to_output=True)
