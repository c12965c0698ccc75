"""Where a thing is: in words, with a postcode, or as coordinates from a map."""

from __future__ import annotations

import re

from actions.answers.bounds import longest
from actions.answers.hearing import fold, hear, refuse
from actions.answers.kind import Heard, Kind, Refusal, Value
from actions.answers.lexicon import sayings
from actions.answers.postcode import WRITTEN
from actions.answers.spelling import aloud
from bot.catalogue import Question
from bot.words import Language, Wording

_COORDINATES = re.compile(r"(-?\d{1,2}\.\d{3,})\s*[, ]\s*(-?\d{1,3}\.\d{3,})")
# A box round the United Kingdom, in degrees of latitude and longitude.
_SOUTH, _NORTH, _WEST, _EAST = 49.8, 60.9, -8.7, 1.8
_VAGUE = sayings(
    "here|there|right here|over there|outside|outside here|outside my house|my house|my street|home|at home|"
    "on the road|in the road|the road|the street|down the road|near me|near my house|where i live|"
    "yma|fan hyn|fan yma|tu allan|ty ni|gartref|adref|ar y ffordd|ar y stryd|fy stryd|tu allan i fy nhy"
)


def parse(heard: Heard, question: Question) -> Value | Refusal:
    """Words that somebody who was never there could follow, or coordinates in the United Kingdom.

    >>> parse(typed("outside 12 High Street,\\nby the post box"), question)
    'outside 12 High Street, by the post box'
    >>> parse(typed("51.50136, -0.14189"), question)
    '51.50136, -0.14189'
    >>> parse(typed("near se19gf, by the gate"), question)
    'near SE1 9GF, by the gate'
    >>> [parse(typed(said), question).code for said in ("over there", "Tesco", "48.85837, 2.29448")]
    ['location:vague', 'location:vague', 'location:abroad']
    """
    text = hear(heard, question, longest=longest(question, 400), keys=False, lines=True)
    if text is None or isinstance(text, Refusal):
        return text
    text = re.sub(r",?\n+", ", ", text)
    if match := _COORDINATES.fullmatch(text):
        latitude, longitude = float(match[1]), float(match[2])
        if not (_SOUTH <= latitude <= _NORTH and _WEST <= longitude <= _EAST):
            return refuse(question, "abroad")
        return f"{match[1]}, {match[2]}"
    said = fold(text)
    if WRITTEN.fullmatch(text) is None and (
        said in _VAGUE or len(said.split()) < 2 or not re.search(r"[^\W\d_]{2}", text)
    ):
        return refuse(question, "vague")
    return WRITTEN.sub(lambda match: f"{match[1]} {match[2]}".upper(), text)


def show(value: Value, question: Question, language: Language) -> Wording:
    text = str(value)
    spoken = WRITTEN.sub(lambda match: aloud(match[0]), text)
    return Wording(text, spoken=None if spoken == text else spoken)


KIND = Kind("location", parse, show, exact=False)
