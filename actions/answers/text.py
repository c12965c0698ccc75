"""A few words: one line."""

from __future__ import annotations

from actions.answers.bounds import longest
from actions.answers.hearing import hear
from actions.answers.kind import FormField, Heard, Kind, Refusal, Value
from bot.catalogue import Question
from bot.words import Language, Wording


def parse(heard: Heard, question: Question) -> Value | Refusal:
    """Any words that can be read, on one line. A keypad has no letters, so it cannot give them.

    >>> parse(typed(" Behind the   green gate "), question)
    'Behind the green gate'
    >>> parse(typed("B3"), question)
    'B3'
    >>> parse(typed("🗑️🗑️"), question).code
    'text:unreadable'
    >>> parse(keyed("3"), question).code
    'text:keyed'
    """
    return hear(heard, question, longest=longest(question, 200), keys=False)


def show(value: Value, question: Question, language: Language) -> Wording:
    return Wording(str(value))


KIND = Kind("text", parse, show, exact=False, fields=(FormField(""),))
