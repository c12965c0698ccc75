"""A description, in as many lines as it takes."""

from __future__ import annotations

from actions.answers.bounds import longest
from actions.answers.hearing import hear
from actions.answers.kind import FormField, Heard, Kind, Refusal, Value
from bot.catalogue import Question
from bot.words import Language, Wording


def parse(heard: Heard, question: Question) -> Value | Refusal:
    r"""Any words that can be read; paragraphs stay.

    >>> parse(typed("It was  full.\r\n\r\n\r\nThey left it."), question)
    'It was full.\n\nThey left it.'
    >>> parse(typed("x" * 2001), question)
    Refusal(code='long_text:too_long', values={'most': '2000'})
    >>> parse(typed("no"), optional) is None
    True
    """
    return hear(heard, question, longest=longest(question, 2000), keys=False, lines=True)


def show(value: Value, question: Question, language: Language) -> Wording:
    return Wording(str(value))


KIND = Kind("long_text", parse, show, exact=False, fields=(FormField("", "textarea"),))
