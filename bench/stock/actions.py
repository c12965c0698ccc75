"""The stock project's actions: one class for each answer, each saying its guidance.

Copied into the project by make_project.py and served by rasa-sdk: `python -m rasa_sdk --actions actions`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

ANSWERS: dict[str, str] = json.loads(Path(__file__).with_name("answers.json").read_text(encoding="utf-8"))


def _action(intent: str, text: str) -> type[Action]:
    def name(self: Action) -> str:
        return f"action_{intent}"

    def run(
        self: Action, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        dispatcher.utter_message(text=text)
        return []

    return type(f"Action_{intent}", (Action,), {"name": name, "run": run, "__module__": __name__})


# rasa-sdk finds the subclasses of Action that are in memory: they must be held by a name.
ACTIONS = [_action(intent, text) for intent, text in ANSWERS.items()]
