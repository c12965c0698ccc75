"""A National Insurance number."""

from __future__ import annotations

import re

from actions.answers.hearing import fold, hear, refuse
from actions.answers.kind import FormField, Heard, Kind, Refusal, Value
from actions.answers.spelling import aloud, characters
from bot.catalogue import Question
from bot.words import Language, Wording

# HMRC, National Insurance Manual, NIM39110 (gov.uk/hmrc-internal-manuals/national-insurance-manual/nim39110),
# read 2026-01: which letters may stand where, and the pairs that are not used.
_NEVER = frozenset("DFIQUV")
_NEVER_SECOND = _NEVER | {"O"}
_UNUSED = frozenset({"BG", "GB", "KN", "NK", "NT", "TN", "ZZ"})
_SHAPE = re.compile(r"([A-Z]{2})(\d{6})([A-Z]?)")
_WRITTEN = re.compile(r"(?<![A-Za-z0-9])([A-Za-z]{2})((?:[ .-]?\d){6})[ .-]?([A-Za-z])?(?![A-Za-z0-9])")
# HMRC's own example, which nobody has: what demonstrations and tests must use.
_EXAMPLE = re.compile(r"QQ123456[A-D]")
_TEMPORARY = re.compile(r"\d{2}[A-Z]\d{5}")


def parse(heard: Heard, question: Question) -> Value | Refusal:
    """Two letters, six figures, one letter: written with or without spaces, or spelt aloud.

    >>> parse(typed("ab 12 34 56 c"), question), parse(spoken("A B one two three four five six C"), question)
    ('AB123456C', 'AB123456C')
    >>> parse(typed("its AB123456C I think"), question)
    'AB123456C'
    >>> [parse(typed(said), question).code for said in ("AB123456", "QQ654321C", "BG123456A", "AB123456E")]
    ['nino:incomplete', 'nino:prefix', 'nino:prefix', 'nino:suffix']
    >>> parse(typed("11 A1 11 11"), question).code, parse(keyed("123456"), question).code
    ('nino:temporary', 'nino:keyed')
    """
    text = hear(heard, question, keys=False)
    if text is None or isinstance(text, Refusal):
        return text
    if match := _WRITTEN.search(text):
        found = "".join(part or "" for part in match.groups()).upper()
        found = re.sub(r"[ .-]", "", found)
    else:
        found = _spelt(fold(text).split())
    if _EXAMPLE.fullmatch(found):
        return found
    if _TEMPORARY.fullmatch(found):
        return refuse(question, "temporary")
    shape = _SHAPE.fullmatch(found)
    if shape is None:
        return refuse(question, "not_a_number")
    prefix, _, suffix = shape.groups()
    if prefix[0] in _NEVER or prefix[1] in _NEVER_SECOND or prefix in _UNUSED:
        return refuse(question, "prefix")
    if not suffix:
        return refuse(question, "incomplete")
    return found if suffix in "ABCD" else refuse(question, "suffix")


def _spelt(words: list[str]) -> str:
    """The characters spelt in the text that have a number's shape, or "" where none have."""
    parts = characters(words[:60])
    for start in range(len(parts)):
        for end in range(len(parts), start, -1):
            span = parts[start:end]
            if None in span:
                continue
            spelt = "".join(part for part in span if part)
            if 8 <= len(spelt) <= 9:
                # "oh" is nought in the middle; a letter there is no letter.
                spelt = spelt[:2] + spelt[2:8].replace("O", "0") + spelt[8:]
                if _SHAPE.fullmatch(spelt) or _TEMPORARY.fullmatch(spelt):
                    return spelt
    return ""


def show(value: Value, question: Question, language: Language) -> Wording:
    """In pairs, as the card has it.

    >>> show("AB123456C", question, "en").text
    'AB 12 34 56 C'
    """
    text = str(value)
    pairs = " ".join(text[start : start + 2] for start in range(0, len(text), 2))
    return Wording(pairs, spoken=aloud(pairs))


KIND = Kind("nino", parse, show, fields=(FormField("", width=10),))
