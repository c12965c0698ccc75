"""What a training example teaches besides its intent: the service, the aspect, and whether it is exact.

Rasa lets an example carry metadata; ours sits where `metadata:` beside an intent in data/rasa/nlu.yml is
put by Rasa's reader, so that hand-written lines and the catalogue's are alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rasa.shared.nlu.constants import INTENT, METADATA_INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

METADATA = "metadata"


def example(text: str, intent: str, **labels: Any) -> Message:
    """One training example. `labels`: `service`, `aspect`, `exact` (a control's exact words), `question` for an
    answer that a service's own question expects, `published` for a line that a service says itself."""
    return Message(data={TEXT: text, INTENT: intent, METADATA: {METADATA_INTENT: labels}})


def labels_of(message: Message) -> Mapping[str, Any]:
    """The labels that `example` gave, or `metadata:` in data/rasa/nlu.yml; empty where there are none."""
    return (message.get(METADATA) or {}).get(METADATA_INTENT) or {}
