"""The words of the calendar, English and Welsh: months, days of the week, and days counted from today.

Welsh changes the first letter of a month after "o" ("3 o Fawrth"), and puts "last" and "next" after the day.
Relative days are turned into English, which dateparser then understands; its own Welsh is thin.
"""

from __future__ import annotations

import re

from babel.dates import get_day_names, get_month_names

from actions.answers.hearing import fold
from actions.answers.lexicon import word_set

_CHANGED_MONTHS = {
    "chwef": 2, "fawrth": 3, "fai": 5, "fehefin": 6, "orffennaf": 7, "fedi": 9, "dachwedd": 11, "ragfyr": 12,
    "sept": 9, "febuary": 2,
}  # fmt: skip
_SHORT_DAYS = {"mon": 0, "tue": 1, "tues": 1, "wed": 2, "weds": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4,
               "sat": 5, "sun": 6}  # fmt: skip

MONTHS: dict[str, int] = {
    **{
        fold(name): number
        for language in ("en", "cy")
        for width in ("abbreviated", "wide")
        for number, name in get_month_names(width, locale=language).items()
    },
    **_CHANGED_MONTHS,
}
# Babel's Welsh names begin with "Dydd": without it, "Mawrth" is March as well as Tuesday.
DAYS: dict[str, int] = {
    **{fold(name): number for number, name in get_day_names("wide", locale="en").items()},
    **{fold(name).split()[-1]: number for number, name in get_day_names("wide", locale="cy").items()},
    **_SHORT_DAYS,
}
DAY_MARKS = frozenset({"dydd", "ddydd", "nos", "bore", "prynhawn", "pnawn"})
_ENGLISH_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_UNITS = {
    "day": "day days diwrnod ddiwrnod niwrnod dydd dyddiau",
    "week": "week weeks wythnos wythnosau",
    "fortnight": "fortnight fortnights pythefnos bythefnos",
    "month": "month months mis misoedd",
    "year": "year years blwyddyn flwyddyn mlynedd flynedd blynyddoedd",
}
UNIT: dict[str, str] = {word: unit for unit, words in _UNITS.items() for word in words.split()}

# Whole phrases, folded, each with what it is in English.
_SAYINGS = [
    (re.compile(rf"\b(?:{said})\b"), meaning)
    for said, meaning in (
        ("day before yesterday|echdoe|y diwrnod cyn ddoe", "2 day ago"),
        ("day after tomorrow|trennydd|drennydd", "in 2 day"),
        ("yesterday (?:morning|afternoon|evening|night)|last night|ddoe|neithiwr", "yesterday"),
        ("today|this (?:morning|afternoon|evening)|tonight|now|heddiw|heno|bore ma|nawr|rwan", "today"),
        ("tomorrow (?:morning|afternoon|evening|night)|yfory|fory", "tomorrow"),
        ("yn ol", "ago"),
        ("from now|from today|o heddiw", "hence"),
    )
]
_WELSH_ORDER = re.compile(
    r"\b(monday|tuesday|wednesday|thursday|friday|saturday|sunday) (diwethaf|nesaf|yma|hwn)\b"
)
_WELSH_LAST = {"diwethaf": "last", "nesaf": "next", "yma": "this", "hwn": "this"}
_AHEAD = frozenset({"ymhen", "mewn"})

RELATIVE_WORDS = word_set(
    "today yesterday tomorrow ago hence in last next this past coming gone"
) | frozenset(_ENGLISH_DAYS)


def weekday(words: list[str]) -> tuple[int | None, list[str]]:
    """The day of the week among these words, if there is one, and the words without it.

    >>> weekday("dydd mawrth 3 mawrth".split())
    (1, ['3', 'mawrth'])
    """
    for index, word in enumerate(words):
        if word not in DAYS:
            continue
        marked = index > 0 and words[index - 1] in DAY_MARKS
        if word == "mawrth" and not marked:
            continue
        return DAYS[word], words[: index - 1 if marked else index] + words[index + 1 :]
    return None, words


def in_english(words: list[str]) -> str:
    """The folded words, with those for days counted from today put in English.

    >>> in_english("dydd gwener diwethaf".split()), in_english("dwy wythnos yn ol".split())
    ('last friday', 'dwy week ago')
    """
    english: list[str] = []
    for index, word in enumerate(words):
        if word in DAY_MARKS and words[index + 1 : index + 2] and words[index + 1] in DAYS:
            continue
        if word in DAYS:
            english.append(_ENGLISH_DAYS[DAYS[word]])
        elif word in UNIT:
            english.append(UNIT[word])
        else:
            english.append("in" if word in _AHEAD else word)
    said = " ".join(english)
    for pattern, meaning in _SAYINGS:
        said = pattern.sub(meaning, said)
    return _WELSH_ORDER.sub(lambda match: f"{_WELSH_LAST[match[2]]} {match[1]}", said)
