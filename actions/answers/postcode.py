"""A full UK postcode."""

from __future__ import annotations

import re

from actions.answers.hearing import fold, hear, refuse
from actions.answers.kind import FormField, Heard, Kind, Refusal, Value
from actions.answers.lexicon import word_set
from actions.answers.spelling import aloud, characters
from bot.catalogue import Question
from bot.words import Language, Wording

# The shapes and letters of the government's bulk data transfer rules (UK postcode regular expression, part 3),
# with Royal Mail's letters that are never used in a place. Whether a postcode exists is a register's business.
_AREA = "(?:[A-PR-UWYZ]|[A-PR-UWYZ][A-HK-Y])"
_OUTWARD = rf"(?:{_AREA}(?:[0-9]|[1-9][0-9])|[A-PR-UWYZ][0-9][A-HJKPSTUW]|[A-PR-UWYZ][A-HK-Y][0-9][ABEHMNPRVWXY]|GIR)"
_INWARD = "[0-9][ABD-HJLNP-UW-Z]{2}"
_WHOLE = re.compile(rf"({_OUTWARD})({_INWARD})")
_OUTWARD_ONLY = re.compile(_OUTWARD)
WRITTEN = re.compile(rf"(?<![A-Z0-9])({_OUTWARD})[ .,-]*({_INWARD})(?![A-Z0-9])", re.IGNORECASE)
_LOOKS_LIKE = re.compile(r"(?<![A-Z0-9])([A-Z0-9]{2,4}) ?([0-9OIL][A-Z01]{2})(?![A-Z0-9])")

_WORD = re.compile(r"[^\W_]+")
_SMALL = word_set(
    "is it to my or of in on at so an as am us we he me be by do go if no up ok um er hi oh yn yr ar fy ei eu na ac os"
)

_FIGURE = {"O": "0", "I": "1", "L": "1", "S": "5"}
_LETTER = {"0": "O", "1": "I", "5": "S"}


def parse(heard: Heard, question: Question) -> Value | Refusal:
    """A full UK postcode, however it is texted or spoken, alone or in a sentence. A keypad has no letters.

    >>> parse(typed("its se1 9gf luv"), question), parse(typed("SE19GF"), question)
    ('SE1 9GF', 'SE1 9GF')
    >>> parse(spoken("S E one nine G F"), question), parse(spoken("sierra echo one nine golf foxtrot"), question)
    ('SE1 9GF', 'SE1 9GF')
    >>> parse(spoken("see eff double one oh A A"), question), parse(typed("sw1a oaa"), question)
    ('CF11 0AA', 'SW1A 0AA')
    >>> [parse(typed(said), question).code for said in ("SE1", "SE1 9GFF", "12345", "SE1 9GF or SE1 9GG")]
    ['postcode:incomplete', 'postcode:not_a_postcode', 'postcode:not_a_postcode', 'postcode:several']
    >>> parse(keyed("19"), question).code
    'postcode:keyed'
    """
    text = hear(heard, question, keys=False)
    if text is None or isinstance(text, Refusal):
        return text
    found = find(text)
    if len(found) == 1:
        return found[0]
    if found:
        return refuse(question, "several")
    return refuse(question, "incomplete" if _has_half(text) else "not_a_postcode")


def find(text: str) -> list[str]:
    """The different postcodes in a text, each with its space: as written, or else as spelt out.

    >>> find("from W1A 1AA to SW1A 2AA"), find("the chemist")
    (['W1A 1AA', 'SW1A 2AA'], [])
    """
    written = list(dict.fromkeys(f"{out} {inward}".upper() for out, inward in WRITTEN.findall(text)))
    return written or _misread(text) or _spelt(_WORD.findall(text)[:60])


def _misread(text: str) -> list[str]:
    """As written, but for a letter that looks like a figure: "SW1A OAA"."""
    pairs = [out + inward for out, inward in _LOOKS_LIKE.findall(text.upper())]
    made = [_made(pair) for pair in pairs if any(character.isdigit() for character in pair)]
    return list(dict.fromkeys(postcode for postcode in made if postcode is not None))


def _spelt(written: list[str]) -> list[str]:
    """A postcode spelt over several words, the longest of each run of letters and figures."""
    parts = [
        # Recognisers write "SE one nine GF": two letters are themselves, unless they are a small word.
        word.upper()
        if part is None and len(word) == 2 and (word.isupper() or fold(word) not in _SMALL)
        else part
        for word, part in zip(written, characters([fold(word) for word in written]), strict=True)
    ]
    start = 0
    found: list[str] = []
    while start < len(parts):
        for end in range(min(len(parts), start + 14), start, -1):
            span = parts[start:end]
            if None in span:
                continue
            postcode = _made("".join(part for part in span if part))
            if postcode is not None:
                found.append(postcode)
                start = end
                break
        else:
            start += 1
    return list(dict.fromkeys(found))


def _made(spelt: str) -> str | None:
    """The postcode that these characters are, with O for 0 and I for 1 put right where only one can stand."""
    # Small words spell one by accident ("fi sy'n", with I for 1 and S for 5): a figure must have been said.
    if not 5 <= len(spelt) <= 7 or not any(character.isdigit() for character in spelt):
        return None
    outward, inward = spelt[:-3], spelt[-3:]
    inward = _FIGURE.get(inward[0], inward[0]) + "".join(_LETTER.get(c, c) for c in inward[1:])
    first, others = outward[0], outward[1:]
    if first == "0" and others[0].isalpha():
        first = "O"
    figures = "".join(_FIGURE.get(character, character) for character in others)
    lettered = _LETTER.get(others[:1], others[:1]) + others[1:]
    for rest in (others, others[:1] + figures[1:], figures, lettered):
        if match := _WHOLE.fullmatch(first + rest + inward):
            return f"{match[1]} {match[2]}"
    return None


def _has_half(text: str) -> bool:
    """Whether the first half of a postcode was given, and not even a wrong second."""
    words = _WORD.findall(text.upper())
    figures = [word for word in words if any(character.isdigit() for character in word)]
    if len(figures) == 1 and _OUTWARD_ONLY.fullmatch(figures[0]):
        return True
    spelt = characters([fold(word) for word in words])
    return (
        len(spelt) >= 2
        and None not in spelt
        and bool(_OUTWARD_ONLY.fullmatch("".join(p for p in spelt if p)))
    )


def show(value: Value, question: Question, language: Language) -> Wording:
    return Wording(str(value), spoken=aloud(str(value)))


KIND = Kind("postcode", parse, show, fields=(FormField("", autocomplete="postal-code", width=10),))
