"""A step: what Rasa calls when it has understood. It hands the turn to a move and says the words."""

from __future__ import annotations

from typing import Any

from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action, Tracker
from rasa_sdk.types import DomainDict

from actions.conversation import Understood
from actions.dialogue import MOVES, Move
from actions.runtime import Runtime
from actions.steps.applying import apply
from bot.words import to_json


class Step(Action):
    """`action_<intent>`: it keeps nothing in the engine, and answers with one custom message."""

    def __init__(self, intent: str, move: Move, runtime: Runtime) -> None:
        self._intent, self._move, self._runtime = intent, move, runtime

    def name(self) -> str:
        return f"action_{self._intent}"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[dict[str, Any]]:
        message = tracker.latest_message
        turn = message["metadata"]["turn"]
        runtime = self._runtime
        said = await runtime.database.run(
            apply,
            turn,
            self._move,
            understood(message),
            catalogue=runtime.catalogue,
            today=runtime.today(),
            now=runtime.now(),
            destinations=runtime.destinations,
        )
        dispatcher.utter_message(
            json_message={"words": to_json(said.words), "language": said.language, "turn": turn}
        )
        return []


def understood(message: dict[str, Any]) -> Understood:
    """What the engine made of a text, from its message."""
    entities = message.get("entities") or []
    aspects = [e["value"] for e in entities if e["entity"] == "aspect"]
    metadata = message["metadata"]
    return Understood(
        text=message.get("text") or "",
        intent=message["intent"]["name"] or "unclear",
        confidence=float(message["intent"].get("confidence") or 0.0),
        services=tuple((e["value"], float(e["confidence"])) for e in entities if e["entity"] == "service"),
        aspect=aspects[0] if aspects else None,
        manner=metadata.get("manner", "typed"),
        media=int(metadata.get("media", 0)),
    )


def steps(runtime: Runtime) -> list[Step]:
    """One step for every intent, in the order of the moves."""
    return [Step(intent, move, runtime) for intent, move in MOVES.items()]
