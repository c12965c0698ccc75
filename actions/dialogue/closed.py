"""Closed questions that the dialogue itself asks: shall we, which of these, which answer, which language.

They are answered by the same kinds (yes_no, choice) as a service's own, so a "2", a "the second one" or an
"ie" means the same everywhere.
"""

from __future__ import annotations

from collections.abc import Sequence

from actions.answers import KINDS
from actions.answers.kind import Heard, Refusal, Value
from bot.catalogue import Keep, Question
from bot.words import LANGUAGES, Choose, Language, Option, Wording

_NOT_KEPT = Keep(
    purpose={"en": "to know what you want to do next", "cy": "i wybod beth yr hoffech ei wneud nesaf"},
    basis="public_task",
    controller="",
    recipients=(),
    months=0,
    personal=False,
)


def choose(question: str, wording: Wording, options: Sequence[Option], kind: str = "choice") -> Choose:
    return Choose(question, kind, wording, tuple(options))


def answer(asked: Choose, heard: Heard) -> Value | Refusal:
    """What was chosen: an option's value, or true or false for yes_no; else a Refusal."""
    return KINDS[asked.kind].parse(heard, as_question(asked))


def as_question(asked: Choose) -> Question:
    everywhere: dict[Language, Wording] = dict.fromkeys(LANGUAGES, asked.wording)
    return Question(
        id=asked.question,
        kind=asked.kind,
        ask=everywhere,
        label=everywhere,
        hint={},
        options=tuple((o.value, dict.fromkeys(LANGUAGES, o)) for o in asked.options),
        optional=False,
        only_if={},
        keep=_NOT_KEPT,
    )
