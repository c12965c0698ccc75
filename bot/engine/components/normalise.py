"""Writing evened out: capitals, accents, quotes, text-speak. What follows reads `normal`, never the text.

Acts on every message and on every training example; leaves the text itself alone, because an answer is
kept as it was given.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

NORMAL = "normal"
"""The attribute of a message that holds its evened-out text."""

LONGEST = 500
"""Characters of a message that are looked at. What a person wants is said well before; the bound keeps the
time of a turn bounded, whatever is sent."""

TEXT_SPEAK = {
    "u": "you", "ur": "your", "r": "are", "y": "why", "pls": "please", "plz": "please", "plis": "please",
    "ppl": "people", "thx": "thanks", "tnx": "thanks", "ty": "thanks", "2day": "today", "2moro": "tomorrow",
    "tmrw": "tomorrow", "2nite": "tonight", "b4": "before", "gr8": "great", "l8r": "later", "sum1": "someone",
    "some1": "someone", "cos": "because", "coz": "because", "bcos": "because", "wot": "what", "wots": "what's",
    "wot's": "what's", "wat": "what", "wen": "when", "wher": "where", "hav": "have", "dont": "don't", "cant": "can't",
    "wont": "won't", "didnt": "didn't", "wasnt": "wasn't", "isnt": "isn't", "havent": "haven't",
    "hasnt": "hasn't", "doesnt": "doesn't", "whats": "what's", "hows": "how's", "im": "i'm", "ive": "i've",
    "id": "i'd", "thats": "that's", "gonna": "going to", "wanna": "want to", "gotta": "got to",
    "msg": "message", "txt": "text", "tel": "phone", "num": "number", "w8": "wait", "4": "for",
    "isio": "eisiau", "ishe": "eisiau", "isho": "eisiau", "efo": "gyda", "rwan": "nawr",
}  # fmt: skip
"""Short forms, one word for one or more. Only what never means anything else where it stands: an `n` may be
no, an initial or north, and stays. The last row makes northern and southern Welsh one."""

_QUOTES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "“": '"', "”": '"', "–": "-", "—": "-"})
_WORD = re.compile(r"[a-z0-9*#£@&]+(?:['.@+_-][a-z0-9]+)*'?|\?")


def normal(text: str) -> str:
    """Words in small letters without accents, one space between, and any question mark.

    >>> normal("WOT’S   it cost, pls??")
    "what's it cost please ?"
    >>> normal("Dw i isio mynd yn ôl")
    'dw i eisiau mynd yn ol'
    >>> normal("😀")
    ''
    """
    plain = unicodedata.normalize("NFKD", text[:LONGEST].translate(_QUOTES)).casefold()
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    words: list[str] = []
    found = _WORD.findall(plain)
    for word in found:
        if word == "?" and words and words[-1] == "?":
            continue
        # A lone "4" or "y" is an answer, not the start of "for you" or "why".
        words.append(TEXT_SPEAK.get(word, word) if len(found) > 1 else word)
    return " ".join(words)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class Normaliser(GraphComponent):
    """Sets `normal` on messages."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Normaliser:
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        self._set(messages)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        self._set(training_data.training_examples)
        return training_data

    @staticmethod
    def _set(messages: Sequence[Message]) -> None:
        for message in messages:
            message.set(NORMAL, normal(message.get(TEXT) or ""))
