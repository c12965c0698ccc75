"""The keys of a telephone: how many a question takes, and which of them steer instead of answering.

`0` is a person, `*` goes back, `9` says it again, and `#` (or `**` before the `#` that ends a longer answer)
leaves an optional question out: unless the key is an answer to that very question. What holds is written
into the address that Twilio calls next (`keys=pbr`), and so is signed: reading a turn needs no memory.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from actions.answers import KINDS
from bot.words import Ask, Choose, Confirm, Language

NOTHING_KEYED = "none"
"""What a kind's `keypad` says where keys cannot answer it: words, such as a name."""
_COUNTED = frozenset({"integer", "number", "money"})
"""Kinds to which `0` is an answer."""

# The letters of `keys=`, and the key or keys each stands for.
PERSON, BACK, REPEAT, SKIP_AT_ONCE, SKIP_ENTRY, PERSON_AFTER_STAR, ENGLISH = "p", "b", "r", "s", "S", "P", "e"
_PRESSED: Mapping[str, str] = {
    PERSON: "0",
    BACK: "*",
    REPEAT: "9",
    SKIP_AT_ONCE: "#",
    SKIP_ENTRY: "**",
    PERSON_AFTER_STAR: "*0",
    ENGLISH: "1",
}


@dataclass(frozen=True)
class Keys:
    """How one question is answered on the keys."""

    steering: str
    """The letters of what steers here."""
    digits: int | None
    """How many keys make an answer; None if it varies, and `#` ends it."""
    at_once: bool
    """True where one key is the whole answer, so that `#` is a key like any other."""


def keys_for(question: Ask | Choose | Confirm | None, language: Language) -> Keys:
    """The keys of a question; None is no question in particular ("what do you need?")."""
    if question is None:
        return Keys(PERSON + BACK + REPEAT + _way_out(language), 1, True)
    if isinstance(question, Confirm):
        return Keys(PERSON + BACK + REPEAT, 1, True)
    if question.kind == "choices":
        return _several(len(question.options) if isinstance(question, Choose) else 0, question.optional)
    if isinstance(question, Choose) or question.kind == "yes_no":
        return _menu(len(question.options) if isinstance(question, Choose) else 2, question.optional)
    return _entry(question, language)


def _menu(options: int, optional: bool) -> Keys:
    if options > 9:
        return Keys(PERSON + BACK + (SKIP_ENTRY if optional else ""), len(str(options)), False)
    steering = PERSON + BACK + (REPEAT if options < 9 else "") + (SKIP_AT_ONCE if optional else "")
    return Keys(steering, 1, True)


def _several(options: int, optional: bool) -> Keys:
    repeat = REPEAT if options < 9 else ""
    return Keys(PERSON + BACK + repeat + (SKIP_ENTRY if optional else ""), None, False)


def _way_out(language: Language) -> str:
    """Where only speech would do, and Welsh speech is not heard: the call may go on in English."""
    return ENGLISH if language == "cy" else ""


def _entry(question: Ask, language: Language) -> Keys:
    kind = KINDS.get(question.kind)
    if kind is None or kind.keypad == NOTHING_KEYED:
        skip = SKIP_AT_ONCE if question.optional else ""
        return Keys(PERSON + BACK + REPEAT + skip + _way_out(language), 1, True)
    skip = SKIP_ENTRY if question.optional else ""
    if kind.name in _COUNTED:
        return Keys(PERSON_AFTER_STAR + BACK + skip, kind.keys, False)
    # A single 9 is no date and no telephone number.
    return Keys(PERSON + BACK + REPEAT + skip, kind.keys, False)


def steers(digits: str, steering: str) -> str | None:
    """The letter of what these keys steer to, or None where they are an answer.

    >>> steers("0", "pbr"), steers("0", "Pb"), steers("25122026", "pbr")
    ('p', None, None)
    """
    for letter in steering:
        if _PRESSED.get(letter) == digits:
            return letter
    return None
