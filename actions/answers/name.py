"""A person's name, in one field: names do not split into first and last the world over."""

from __future__ import annotations

import re

from actions.answers.bounds import longest
from actions.answers.hearing import hear, refuse
from actions.answers.kind import FormField, Heard, Kind, Refusal, Value
from bot.catalogue import Question
from bot.words import Language, Wording

_BEFORE = re.compile(
    r"^(?:(?:hi|hello|yes|oh|um|er|well)\b[ ,]*)*"
    r"(?:(?:my|the|his|her|their) (?:full )?name(?:'s| is)|i am|i'm|im|it is|it's|its|this is|"
    r"fy enw (?:llawn )?(?:i )?(?:yw|ydy)|f'enw i (?:yw|ydy)|yr enw (?:yw|ydy))\s+",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"(?:\s+(?:ydw i|dw i|yw fy enw(?: i)?|please|plis|thanks|diolch)|[.!,])+$", re.IGNORECASE
)


def parse(heard: Heard, question: Question) -> Value | Refusal:
    """A name as its owner writes it: accents, apostrophes and small letters are theirs to choose.

    >>> parse(typed("my name is Siân O’Neill-Smith."), question)
    "Siân O'Neill-Smith"
    >>> parse(spoken("Rhys ap Gwilym ydw i"), question)
    'Rhys ap Gwilym'
    >>> parse(typed("07700 900123"), question).code
    'name:digits'
    >>> parse(keyed("1"), question).code
    'name:keyed'
    """
    text = hear(heard, question, longest=longest(question, 150), keys=False)
    if text is None or isinstance(text, Refusal):
        return text
    name = _AFTER.sub("", _BEFORE.sub("", text)).strip()
    if any(character.isdigit() for character in name) or "@" in name:
        return refuse(question, "digits")
    if not any(character.isalpha() for character in name):
        return refuse(question, "unreadable")
    return name


def show(value: Value, question: Question, language: Language) -> Wording:
    return Wording(str(value))


KIND = Kind("name", parse, show, exact=False, fields=(FormField("", autocomplete="name"),))
