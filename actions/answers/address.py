"""A postal address in the United Kingdom, in one text."""

from __future__ import annotations

import re

from actions.answers import postcode
from actions.answers.bounds import longest
from actions.answers.hearing import fold, hear, refuse
from actions.answers.kind import FormField, Heard, Kind, Refusal, Value
from actions.answers.spelling import aloud, characters
from bot.catalogue import Question
from bot.words import Language, Wording

_LINES = re.compile(r"\s*[\n,;]+\s*")
_BEFORE = re.compile(
    r"^(?:(?:my|the|our|his|her|their) (?:home |full )?address(?:'s| is)|i live at|we live at|it is|it's|its|"
    r"fy nghyfeiriad (?:i )?(?:yw|ydy)|y cyfeiriad (?:yw|ydy)|dw i'n byw yn|rwy'n byw yn)\s+",
    re.IGNORECASE,
)


def parse(heard: Heard, question: Question) -> Value | Refusal:
    r"""A number or a house's name with its street, in lines or with commas; a postcode in it is made regular.

    >>> parse(typed("12 High Street\nWestmoor\nwm12ab"), question)
    '12 High Street, Westmoor, WM1 2AB'
    >>> parse(spoken("I live at 3 Rose Cottages Westmoor W M one two A B"), question)
    '3 Rose Cottages Westmoor, WM1 2AB'
    >>> [parse(typed(said), question).code for said in ("SE1 9GF", "High Street")]
    ['address:only_postcode', 'address:incomplete']
    """
    text = hear(heard, question, longest=longest(question, 400), keys=False, lines=True)
    if text is None or isinstance(text, Refusal):
        return text
    lines = [line.strip(" .") for line in _LINES.split(_BEFORE.sub("", text)) if line.strip(" .")]
    written = ", ".join(lines)
    found = postcode.find(written)
    street, code = _apart(written, found[0]) if len(found) == 1 else (written, "")
    words = fold(street).split()
    if code and not words:
        return refuse(question, "only_postcode")
    numbered = any(character.isdigit() for character in street)
    if len(words) < (2 if numbered else 3) or not any(character.isalpha() for character in street):
        return refuse(question, "incomplete")
    return f"{street}, {code}" if code else street


def _apart(written: str, code: str) -> tuple[str, str]:
    """The address without the postcode, and the postcode, where it stands last; else all of it, and none."""
    matches = list(postcode.WRITTEN.finditer(written))
    if matches:
        last = matches[-1]
        return (written[: last.start()].rstrip(" ,"), code) if last.end() == len(written) else (written, "")
    words = written.split(" ")
    for start in range(max(0, len(words) - 14), len(words)):
        tail = fold(" ".join(words[start:])).split()
        spelt = characters(tail)
        # Only a tail that spells the postcode and nothing else is taken off.
        if (
            None not in spelt
            and len("".join(part or "" for part in spelt)) <= 7
            and postcode.find(" ".join(tail)) == [code]
        ):
            return " ".join(words[:start]).rstrip(" ,"), code
    return written, ""


def show(value: Value, question: Question, language: Language) -> Wording:
    street, comma, code = str(value).rpartition(", ")
    if comma and postcode.WRITTEN.fullmatch(code):
        return Wording(str(value), spoken=f"{street}, {aloud(code)}")
    return Wording(str(value))


KIND = Kind(
    "address", parse, show, exact=False, fields=(FormField("", "textarea", autocomplete="street-address"),)
)
