"""What a move may know beside the conversation itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from actions.answers.kind import Heard
from actions.conversation import State, Understood
from bot.catalogue import Catalogue
from bot.words import Language, Say, Wording


@dataclass(frozen=True)
class Circumstances:
    """The content in force, the day, the door, and a source of references."""

    catalogue: Catalogue
    today: date
    door: str
    new_reference: Callable[[], str]

    def phrase(self, key: str, state: State, **values: str) -> Wording:
        """A phrase in the conversation's language, with what the council is called and how to reach it."""
        return self.in_language(key, state.language, **values)

    def in_language(self, key: str, language: Language, **values: str) -> Wording:
        return self.catalogue.phrase(key, language, **{**self._council(language), **values})

    def say(self, key: str, state: State, **values: str) -> Say:
        return Say(self.phrase(key, state, **values))

    def heard(self, understood: Understood, state: State) -> Heard:
        return Heard(understood.text, state.language, self.today, understood.manner, self.catalogue.hears)

    def _council(self, language: Language) -> Mapping[str, str]:
        council = self.catalogue.council
        return {
            "council": council.name[language],
            "phone": council.phone_shown,
            "text_number": council.text_number_shown,
            "hours": council.hours[language],
        }
