"""A conversation held with the moves alone: what the engine understood is given, and the state is written out
and read back between all turns."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from actions.conversation import Interview, Outcome, State, Understood, from_plain, to_plain
from actions.dialogue import CHANNEL_MOVES, MOVES, Circumstances, Move
from bot.catalogue import Catalogue
from bot.words import Ask, Choose, Confirm, Words, asked

TODAY = date(2026, 11, 25)
MISSED_BIN = (
    "recycling",
    "yesterday",
    "yes",
    "12 High Street",
    "SW1A 1AA",
    "no",
    "Sam Jones",
    "07700 900123",
)
"""Answers to every question of a missed bin that is not behind a gate."""


@dataclass
class Talk:
    """One person's conversation."""

    catalogue: Catalogue
    door: str = "sms"
    state: State = field(default_factory=State)
    outcomes: list[Outcome] = field(default_factory=list)

    def understood(
        self,
        intent: str,
        text: str = "",
        services: Sequence[tuple[str, float]] = (),
        aspect: str | None = None,
        manner: Literal["typed", "spoken", "keyed"] = "typed",
    ) -> Outcome:
        """A turn that the engine took for this intent."""
        return self._turn(
            MOVES[intent], Understood(text, intent, 0.9, tuple(services), aspect=aspect, manner=manner)
        )

    def control(self, name: str) -> Outcome:
        """A turn that the channel itself asked for."""
        return self._turn(CHANNEL_MOVES[name], Understood("", name, 1.0))

    def answers(self, *texts: str, manner: Literal["typed", "spoken", "keyed"] = "typed") -> Outcome:
        """Answers to what is being asked, one turn each."""
        for text in texts:
            self.understood("answer", text, manner=manner)
        return self.outcomes[-1]

    def asks_for(self, service: str) -> Outcome:
        return self.understood("request", "I want to do this", [(service, 0.9)])

    def wants_to_know(self, service: str, aspect: str | None = None) -> Outcome:
        return self.understood("ask", "tell me about it", [(service, 0.9)], aspect)

    def goes(self, *intents: str) -> Outcome:
        """Turns of which only the intent matters."""
        for intent in intents:
            self.understood(intent, intent)
        return self.outcomes[-1]

    def at(self) -> Circumstances:
        return Circumstances(self.catalogue, TODAY, self.door, lambda: "WM-7K2P-9XQ4-6")

    @property
    def words(self) -> tuple[Words, ...]:
        return self.outcomes[-1].words

    @property
    def text(self) -> str:
        """All that was said last, in its full form."""
        return "\n".join(_texts(self.words, spoken=False))

    @property
    def aloud(self) -> str:
        """All that was said last, as it is spoken."""
        return "\n".join(_texts(self.words, spoken=True))

    @property
    def question(self) -> str | None:
        """What waits for an answer: a question's id, `confirm` for the check list, None for nothing."""
        found = asked(self.words)
        if found is None:
            return None
        return "confirm" if isinstance(found, Confirm) else found.question

    def phrase(self, key: str, **values: str) -> str:
        return self.at().phrase(key, self.state, **values).text

    def given(self) -> dict[str, object]:
        """The answers of the request under way."""
        held = self.state.interview
        return {} if held is None else {name: given.value for name, given in held.answers.items()}

    def _turn(self, move: Move, understood: Understood) -> Outcome:
        outcome = move(self.state, understood, self.at())
        kept = from_plain(json.loads(json.dumps(to_plain(outcome.state))))
        assert kept == outcome.state
        self.state = kept
        self.outcomes.append(outcome)
        return outcome


def reporting(catalogue: Catalogue, answers: Iterable[str] = (), door: str = "sms") -> Talk:
    """Somebody who reports a missed bin, after these answers."""
    talk = Talk(catalogue, door)
    talk.asks_for("missed_bin")
    for answer in answers:
        talk.answers(answer)
    return talk


def left_by(state: State) -> dict[str, Interview]:
    """The requests that are kept, by service: the one under way, and those put aside."""
    kept = {one.service: one for one in state.aside}
    if state.interview is not None:
        kept[state.interview.service] = state.interview
    return kept


def _texts(words: Sequence[Words], *, spoken: bool) -> Iterable[str]:
    for word in words:
        wording = getattr(word, "wording", None)
        if wording is not None:
            yield wording.for_speech if spoken else wording.text
        if isinstance(word, Ask | Choose) and word.hint is not None:
            yield word.hint.text
        if isinstance(word, Choose):
            yield " / ".join(option.label.text for option in word.options)
        if isinstance(word, Confirm):
            yield from (f"{row.label.text}: {row.shown.text}" for row in word.rows)
