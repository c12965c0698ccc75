"""Numbers as people say and write them, English and Welsh: cardinals, ordinals and years.

English cardinals are text2num's work. There is no such library for Welsh, which counts in two ways: by tens
("dau ddeg tri", 23) and, for dates, ages and time, by twenties ("tri ar hugain", 23).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from text_to_num import text2num  # type: ignore[attr-defined]

from actions.answers.lexicon import word_set

DIGITS = {
    "0": "zero oh o nought naught nil dim sero",
    "1": "one un",
    "2": "two dau dwy ddau ddwy",
    "3": "three tri tair dri dair thri",
    "4": "four pedwar pedair bedwar bedair phedwar",
    "5": "five pump pum bump phump",
    "6": "six chwech chwe",
    "7": "seven saith",
    "8": "eight wyth",
    "9": "nine naw",
}
DIGIT: dict[str, int] = {word: int(digit) for digit, words in DIGITS.items() for word in words.split()}

_ENGLISH = word_set(
    "zero nought nil one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand "
    "million"
)
_ENGLISH_ORDINALS = {
    "first": "one", "second": "two", "third": "three", "fourth": "four", "fifth": "five", "sixth": "six",
    "seventh": "seven", "eighth": "eight", "ninth": "nine", "tenth": "ten", "eleventh": "eleven",
    "twelfth": "twelve", "thirteenth": "thirteen", "fourteenth": "fourteen", "fifteenth": "fifteen",
    "sixteenth": "sixteen", "seventeenth": "seventeen", "eighteenth": "eighteen", "nineteenth": "nineteen",
    "twentieth": "twenty", "thirtieth": "thirty",
}  # fmt: skip
_WELSH_ORDINALS = {
    "cyntaf": 1, "gyntaf": 1, "unfed": 1, "ail": 2, "trydydd": 3, "drydydd": 3, "trydedd": 3, "pedwerydd": 4,
    "bedwerydd": 4, "pedwaredd": 4, "pumed": 5, "bumed": 5, "chweched": 6, "seithfed": 7, "wythfed": 8,
    "nawfed": 9, "degfed": 10, "ddegfed": 10, "deuddegfed": 12, "ddeuddegfed": 12, "pymthegfed": 15,
    "bymthegfed": 15, "deunawfed": 18, "ddeunawfed": 18, "ugeinfed": 20,
}  # fmt: skip
_WELSH_UNITS = {word: n for word, n in DIGIT.items() if n and word not in _ENGLISH}
_WELSH_WHOLE = {
    "deuddeg": 12, "ddeuddeg": 12, "pymtheg": 15, "bymtheg": 15, "deunaw": 18, "ddeunaw": 18, "deugain": 40,
    "ddeugain": 40, "trigain": 60, "drigain": 60,
}  # fmt: skip
_TEN = frozenset({"deg", "ddeg", "deng", "ddeng"})
_TWENTY = frozenset({"ugain", "hugain"})
_HUNDRED = frozenset({"cant", "gant", "chant", "can", "gan"})
_THOUSAND = frozenset({"mil", "fil"})
_ON_TOP = {"ddeg": 10, "bymtheg": 15, "hugain": 20}  # after "ar"
_JOINS = frozenset({"a", "ac", "and"})

_FIGURES = re.compile(r"\d{1,3}(?:,\d{3})+|\d+")
_ORDINAL_FIGURES = re.compile(r"(\d{1,2})(?:st|nd|rd|th|af|il|ydd|edd|ed|eg|fed|ain|fed)")
WORDS: frozenset[str] = (
    _ENGLISH
    | frozenset(_WELSH_UNITS)
    | frozenset(_WELSH_WHOLE)
    | _TEN
    | _TWENTY
    | _HUNDRED
    | _THOUSAND
    | frozenset({"dim", "sero", "hanner", "dozen", "couple"})
) - frozenset({"can", "gan"})


# A recogniser that expects a sentence writes a number said alone as the word that sounds like it.
_SOUNDS_LIKE = {"won": "one", "to": "two", "too": "two", "tree": "three", "free": "three", "for": "four",
                "fore": "four", "ate": "eight", "tan": "ten"}  # fmt: skip


def misheard(word: str) -> str:
    """The number that a word, said alone, may well be; else the word.

    >>> misheard("to"), misheard("blue")
    ('two', 'blue')
    """
    return _SOUNDS_LIKE.get(word, word)


def _cardinal(words: tuple[str, ...]) -> int | None:
    if not words:
        return None
    if len(words) == 1 and _FIGURES.fullmatch(words[0]):
        return int(words[0].replace(",", "")) if len(words[0]) <= 15 else None
    if len(words) > 12:
        return None
    if words[0] in ("a", "an") and len(words) > 1:
        words = ("one", *words[1:])
    if words in (("one", "dozen"), ("dozen",)):
        return 12
    if words in (("one", "couple"), ("couple",), ("one", "couple", "of"), ("couple", "of")):
        return 2
    if all(word in _ENGLISH or word == "and" for word in words) and words[-1] != "and":
        try:
            return int(text2num(" ".join(words), "en"))
        except ValueError:
            return None
    return _welsh(words)


def cardinal(words: Sequence[str]) -> int | None:
    """The number that these folded words say, all of them, or None.

    >>> cardinal(["a", "hundred", "and", "five"]), cardinal(["1,200"]), cardinal(["naw", "deg"])
    (105, 1200, 90)
    >>> cardinal("dau ar bymtheg ar hugain".split()), cardinal("dwy fil dau ddeg chwech".split())
    (37, 2026)
    >>> cardinal("un deg un".split()), cardinal("cant dau ddeg".split()), cardinal("pedwar ugain".split())
    (11, 120, 80)
    >>> cardinal(["one", "two"]) is None
    True
    """
    return _cardinal(tuple(words))


def ordinal(words: Sequence[str]) -> int | None:
    """A day of the month, say: an ordinal or a cardinal, in words or figures.

    >>> ordinal(["twenty", "first"]), ordinal(["3ydd"]), ordinal(["unfed", "ar", "ddeg", "ar", "hugain"])
    (21, 3, 31)
    """
    if not words:
        return None
    if len(words) == 1 and (match := _ORDINAL_FIGURES.fullmatch(words[0])):
        return int(match[1])
    if words[-1] in _ENGLISH_ORDINALS:
        return cardinal([*words[:-1], _ENGLISH_ORDINALS[words[-1]]])
    if len(words) == 2 and words[0] in ("oh", "o", "zero", "nought", "dim", "sero"):
        return cardinal(words[1:])
    return cardinal(words)


def year(words: Sequence[str]) -> int | None:
    """A year with its century: "2026", "twenty twenty six", "nineteen oh five", "mil naw wyth pedwar".

    >>> year("twenty twenty six".split()), year("nineteen oh five".split()), year("un naw wyth pedwar".split())
    (2026, 1905, 1984)
    >>> year(["26"]) is None
    True
    """
    words = [word for word in words if word != "and"]
    if not words or len(words) > 7:
        return None
    if len(words) == 1 and not re.fullmatch(r"\d{4}", words[0]):
        return None
    if len(words) == 4 and all(word in DIGIT for word in words):
        return _a_year(int("".join(str(DIGIT[word]) for word in words)))
    if len(words) == 4 and words[0] in _THOUSAND and all(word in DIGIT for word in words[1:]):
        return _a_year(1000 + int("".join(str(DIGIT[word]) for word in words[1:])))
    whole = _a_year(cardinal(words))
    if whole is not None:
        return whole
    for cut in range(1, len(words)):
        century, rest = cardinal(words[:cut]), words[cut:]
        if rest[0] in ("oh", "o"):
            part = DIGIT.get(rest[1]) if len(rest) == 2 else None
        else:
            part = cardinal(rest)
            part = part if part is not None and 10 <= part <= 99 else None
        if century in (18, 19, 20) and part is not None:
            return century * 100 + part
    return None


def _a_year(value: int | None) -> int | None:
    return value if value is not None and 1000 <= value <= 2999 else None


def _welsh(words: tuple[str, ...]) -> int | None:
    total = hundreds = part = 0
    last = ""  # what the word before was: "unit", "ten", "whole" or nothing
    index = 0
    while index < len(words):
        word, after = words[index], words[index + 1] if index + 1 < len(words) else ""
        index += 1
        if word in _JOINS:
            if index == 1 or not after:
                return None
        elif word == "ar" and after in _ON_TOP:
            if last not in ("unit", "ordinal", "ten", "whole", "top"):
                return None
            part, last, index = part + _ON_TOP[after], "top", index + 1
        elif word in _WELSH_UNITS:
            if last in ("unit", "ordinal", "whole", "top"):
                return None
            part, last = part + _WELSH_UNITS[word], "unit"
        elif word in _WELSH_ORDINALS:
            if last in ("unit", "ordinal", "whole", "top"):
                return None
            part, last = part + _WELSH_ORDINALS[word], "ordinal"
        elif word in _TEN:
            if last not in ("", "unit"):
                return None
            part, last = part * 10 if last == "unit" else 10, "ten"
        elif word in _TWENTY:
            if last not in ("", "unit"):
                return None
            part, last = part * 20 if last == "unit" else 20, "ten"
        elif word in _WELSH_WHOLE:
            if last:
                return None
            part, last = _WELSH_WHOLE[word], "whole"
        elif word == "hanner" and after in _HUNDRED:
            part, last, index = part + 50, "whole", index + 1
        elif word in _HUNDRED:
            hundreds, part, last = hundreds + (part or 1) * 100, 0, ""
        elif word in _THOUSAND:
            total, hundreds, part, last = total + (hundreds + part or 1) * 1000, 0, 0, ""
        elif word in ("dim", "sero") and len(words) == 1:
            return 0
        else:
            return None
    return total + hundreds + part


def runs(words: Sequence[str]) -> list[tuple[int, int, int]]:
    """The numbers among folded words, as (start, end, value), each as long as it can be.

    >>> runs("there are two hundred and five or six".split())
    [(2, 6, 205), (7, 8, 6)]
    """
    found: list[tuple[int, int, int]] = []
    start = 0
    while start < len(words):
        if not (words[start] in WORDS or words[start][0].isdigit()):
            start += 1
            continue
        if (
            start
            and words[start - 1] in ("a", "an")
            and words[start] in ("hundred", "thousand", "dozen", "couple")
        ):
            start -= 1
        for end in range(min(len(words), start + 12), start, -1):
            value = cardinal(words[start:end])
            if value is not None:
                found.append((start, end, value))
                start = end
                break
        else:
            start += 1
            while start < len(words) and words[start - 1] in ("a", "an"):
                start += 1
    return found
