"""Letters and figures said aloud: "S E one nine G F", "sierra echo one", "double seven", "B for Bravo".

A recogniser writes letters as it hears them ("see", "tea", "why") and knows nothing of postcodes.
"""

from __future__ import annotations

from collections.abc import Sequence

from actions.answers.lexicon import word_set
from actions.answers.numerals import DIGIT, cardinal

_ALPHABET = word_set(
    "alpha bravo charlie delta echo foxtrot golf hotel india juliet kilo lima mike november oscar papa quebec romeo "
    "sierra tango uniform victor whiskey xray yankee zulu"
)
_SOUNDS = {
    "A": "ay eh alfa", "B": "bee be", "C": "see sea cee", "D": "dee", "E": "ee", "F": "eff ef", "G": "gee jee",
    "H": "aitch haitch", "I": "eye", "J": "jay juliett", "K": "kay", "L": "el ell", "M": "em", "N": "en",
    "O": "oh", "P": "pee pea", "Q": "queue cue", "R": "ar are", "S": "ess es", "T": "tee tea", "U": "you",
    "V": "vee", "W": "whisky", "X": "ex", "Y": "why wye", "Z": "zed zee",
}  # fmt: skip
LETTER: dict[str, str] = {word: word[0].upper() for word in _ALPHABET}
LETTER.update({sound: letter for letter, sounds in _SOUNDS.items() for sound in sounds.split()})

_TIMES = {"double": 2, "dwbl": 2, "triple": 3, "treble": 3, "trebl": 3}
_TENS = word_set(
    "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty "
    "sixty seventy eighty ninety"
)


def characters(words: Sequence[str]) -> list[str | None]:
    """For each folded word the characters that it spells, or None for a word that spells nothing.

    A word that is used up by its neighbour gives "" ("double" in "double seven"; "for bravo" after "b").
    "oh" and "o" give the letter O: who expects a figure there reads it as one.

    >>> characters("S E one nine G F".lower().split())
    ['S', 'E', '1', '9', 'G', 'F']
    >>> characters("b for bravo double seven nineteen double you x ray".split())
    ['B', '', '', '', '77', '19', '', 'W', '', 'X']
    """
    spelt: list[str | None] = []
    index = 0
    while index < len(words):
        word = words[index]
        if words[index : index + 2] in (["double", "you"], ["x", "ray"]):
            spelt += ["", "W" if word == "double" else "X"]
            index += 2
            continue
        if word in _TIMES and index + 1 < len(words):
            following = _one(words[index + 1])
            if following is not None and len(following) == 1:
                spelt += ["", following * _TIMES[word]]
                index += 2
                continue
        # "B for Bravo": the letter was said, and the word only proves it.
        if (
            len(word) == 1
            and word.isalpha()
            and words[index + 1 : index + 2] == ["for"]
            and index + 2 < len(words)
        ):
            proof = words[index + 2]
            if len(proof) > 1 and proof[0] == word:
                spelt += [word.upper(), "", ""]
                index += 3
                continue
        if word in _TENS:
            # "twenty three" is 23, and "twenty ten" is 20 10.
            end = index + 2 if _is_unit(words, index) else index + 1
            value = cardinal(words[index:end])
            spelt += [str(value)] + [""] * (end - index - 1)
            index = end
            continue
        spelt.append(_one(word))
        index += 1
    return spelt


def _is_unit(words: Sequence[str], index: int) -> bool:
    return words[index].endswith("ty") and index + 1 < len(words) and 1 <= DIGIT.get(words[index + 1], 0) <= 9


def _one(word: str) -> str | None:
    if word in ("oh", "o"):
        return "O"
    if word in DIGIT:
        return str(DIGIT[word])
    if word in LETTER:
        return LETTER[word]
    if len(word) == 1 or (any(c.isdigit() for c in word) and word.isalnum()):
        return word.upper()
    return None


def digits(words: Sequence[str]) -> list[str | None]:
    """As `characters`, for figures alone: "oh" is nought, and a letter spells nothing.

    >>> digits("oh seven seven double oh nine".split())
    ['0', '7', '7', '', '00', '9']
    """
    return [
        None
        if part is None
        else zeroed
        if (zeroed := part.replace("O", "0")) == "" or zeroed.isdigit()
        else None
        for part in characters(words)
    ]


def aloud(text: str) -> str:
    """Characters one by one, with a pause between groups, for a voice that a person writes down from.

    >>> aloud("SE1 9GF"), aloud("07700 900 123")
    ('S E 1, 9 G F', '0 7 7 0 0, 9 0 0, 1 2 3')
    """
    return ", ".join(" ".join(group) for group in text.split())
