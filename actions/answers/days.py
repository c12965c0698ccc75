"""A day, as people write, say and key it. `date` and `date_of_birth` read with this, and add their bounds."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from dateparser.date import DateDataParser

from actions.answers.calendar_words import MONTHS, RELATIVE_WORDS, UNIT, in_english, weekday
from actions.answers.hearing import FILLERS, asks, fold
from actions.answers.lexicon import word_set
from actions.answers.numerals import cardinal, ordinal, year

Fits = Callable[[date], bool] | None
"""Which days the question allows; None where the year must be given."""


@dataclass(frozen=True)
class NoDay:
    """Why a text is no day: `reason` is the end of a refusal's code."""

    reason: str


_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
# "*" parts the numbers on a keypad, and a form with an empty box leaves a gap between two strokes.
_FIGURES = re.compile(
    r"(?<![\d/])(\d{0,2}|[A-Za-z]+)\s*[/*.\-]\s*(\d{0,2}|[A-Za-z]+)\s*[/*.\-]\s*(\d{4}|\d{2}|)(?![\d/])"
)
_SPACED = re.compile(r"(?<!\d)(\d{1,2}) (\d{1,2}) (\d{4}|\d{2})(?!\d)")
_TOGETHER = re.compile(r"(?<!\d)(\d{2})(\d{2})(\d{4}|\d{2})(?!\d)")
_DAY_AND_MONTH = re.compile(r"(?<![\d/])(\d{1,2})\s*/\s*(\d{1,2})(?![\d/])")
_ORDINAL_ALONE = re.compile(
    r"(?:on |ar )?(?:(?:the|y|yr) )?\d{1,2}(?:st|nd|rd|th|af|il|ydd|edd|ed|eg|fed|ain)"
)
_BIG = re.compile(r"\d{5,7}|\d{9,}")

_AROUND = FILLERS | word_set(
    "date day born birth birthday dob due since from last this next past just gone coming by sort "
    "dyddiad geni ganwyd fy es i eni pen blwydd penblwydd ddydd dydd ar y yr o'r am cyn"
)
_DAY = "(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_RELATIVE = re.compile(
    rf"today|yesterday|tomorrow|(?:(?:last|this|next) )?{_DAY}"
    r"|\d+ (?:day|week|fortnight|month|year) ago|in \d+ (?:day|week|fortnight|month|year)"
)
# Ways of saying so that dateparser does not know, each with how it is put to it, and the days to add then.
_PUT: tuple[tuple[re.Pattern[str], str, int], ...] = (
    (re.compile(rf"(?:this )?coming ({_DAY})"), r"next \1", 0),
    (re.compile(rf"(?:this |last )?past ({_DAY})|({_DAY}) (?:gone|past)"), r"last \1\2", 0),
    (re.compile(rf"1 week last ({_DAY})"), r"last \1", -7),
    (re.compile(rf"(?:this |next )?({_DAY}) week|1 week (?:this |next )?({_DAY})"), r"next \1\2", 7),
)
_WHICH_DAY = re.compile(
    r"(?:last|this|next|past|coming) (?:day|week|fortnight|month|year|weekend)|\d+ (?:day|week|month|year)|weekend"
)


def read(
    text: str, today: date, *, fits: Fits, ahead: bool = False, own: Collection[str] = ()
) -> date | NoDay:
    """The day that a tidy text says, or why it says none.

    A day without its year is the one nearest to today that `fits`. Where the year must be given, days
    counted from today are no answer either: nobody is born "last Tuesday". `ahead` is True where a bare
    "Tuesday" is the next one. `own` are the question's own words.
    """
    found = _numeric(text, today, fits)
    if found is not None:
        return found
    words = fold(text).split()
    if asks(words) or len(words) > 25:
        return NoDay("not_a_date")
    for reading in (_named, _spoken_figures):
        day = reading(words, today, fits, own)
        if day is not None:
            return day
    return NoDay("not_a_date") if fits is None else _relative(words, today, ahead, own)


def _numeric(text: str, today: date, fits: Fits) -> date | NoDay | None:
    if match := _ISO.search(text):
        return _real(int(match[3]), int(match[2]), int(match[1]))
    match = _FIGURES.search(text) or _SPACED.search(text) or _TOGETHER.search(text)
    if match:
        day, month, given_year = match[1], match[2], match[3]
        if not day or not month:
            return NoDay("incomplete")
        if not day.isdigit() or not (month.isdigit() or fold(month) in MONTHS):
            return None
        number = int(month) if month.isdigit() else MONTHS[fold(month)]
        if not given_year:
            return NoDay("incomplete")
        return _real(int(day), number, _century(given_year, today))
    if match := _DAY_AND_MONTH.search(text):
        return _nearest(int(match[1]), int(match[2]), None, today, fits)
    return NoDay("not_real") if _BIG.fullmatch(text.strip()) else None


def _named(words: list[str], today: date, fits: Fits, own: Collection[str]) -> date | NoDay | None:
    """With the month's name: "tuesday the 3rd of march", "march 3 2026", "trydydd o Fawrth"."""
    day_of_week, rest = weekday(words)
    places = [index for index, word in enumerate(rest) if word in MONTHS]
    for place in places:
        before, after, month = rest[:place], rest[place + 1 :], MONTHS[rest[place]]
        for day, given_year in _around(before, after, _AROUND | set(own)):
            if day is None:
                return NoDay("incomplete")
            if given_year is None:
                return _nearest(day, month, day_of_week, today, fits)
            found = _real(day, month, _century(given_year, today))
            return _on_weekday(found, day_of_week)
    return None


def _around(
    before: list[str], after: list[str], allowed: Collection[str]
) -> list[tuple[int | None, str | None]]:
    """The day and year around a month's name: ways to read them, best first."""
    for start in range(len(before)):
        day = ordinal(_inner(before[start:]))
        if day is not None and _only(before[:start], allowed):
            for end in range(len(after), -1, -1):
                if end and (given_year := _year(after[:end])) and _only(after[end:], allowed):
                    return [(day, given_year)]
                if not end and _only(after, allowed):
                    return [(day, None)]
            return []
    if not _only(before, allowed):
        return []
    after = after[1:] if after[:1] == ["the"] else after
    for cut in range(len(after), 0, -1):
        day = ordinal(after[:cut])
        if day is not None and day <= 31:
            if not after[cut:] or _only(after[cut:], allowed):
                return [(day, None)]
            if given_year := _year(after[cut:]):
                return [(day, given_year)]
    return [(None, None)] if not after or year(after) else []


def _inner(words: list[str]) -> list[str]:
    """Without what joins a day to its month: "3rd OF march", "y trydydd O Fawrth"."""
    while words and words[-1] in ("of", "o", "in", "the"):
        words = words[:-1]
    return words


def _year(words: list[str]) -> str | None:
    """Four figures, or two as they were given."""
    if len(words) == 1 and re.fullmatch(r"\d{2}", words[0]):
        return words[0]
    found = year(words[1:] if words[:1] in (["in"], ["yn"]) else words)
    return None if found is None else str(found)


def _spoken_figures(words: list[str], today: date, fits: Fits, own: Collection[str]) -> date | NoDay | None:
    """All in numbers: "three three nineteen eighty", "third of the third 1980"."""
    words = [word for word in words if word not in ("of", "the", "o", "y", "stroke", "slash", "dash")]
    while words and words[0] in _AROUND and cardinal(words[:1]) is None and words[0] != "oh":
        words = words[1:]
    if not 3 <= len(words) <= 12:
        return None
    for first in range(1, min(6, len(words) - 1)):
        day = ordinal(words[:first])
        if day is None or not 1 <= day <= 31:
            continue
        for second in range(first + 1, min(first + 4, len(words))):
            month = ordinal(words[first:second])
            given_year = year(words[second:])
            if month is not None and 1 <= month <= 12 and given_year is not None:
                return _real(day, month, given_year)
    return None


def _relative(words: list[str], today: date, ahead: bool, own: Collection[str]) -> date | NoDay:
    if _ORDINAL_ALONE.fullmatch(" ".join(words)):
        return NoDay("incomplete")
    core = _core(in_english(words).split(), _AROUND - RELATIVE_WORDS | set(own) - RELATIVE_WORDS)
    if core is None:
        return NoDay("not_a_date")
    if _WHICH_DAY.fullmatch(core):
        return NoDay("which_day")
    core, days_more = _put(core)
    # dateparser finds a day in nearly anything ("may", "12", "now and then"): it only sees what has this shape.
    if not _RELATIVE.fullmatch(core) or len(core) > 30:
        return NoDay("not_a_date")
    found = _parser(today, "future" if ahead else "past").get_date_data(core).date_obj
    return NoDay("not_a_date") if found is None else found.date() + timedelta(days=days_more)


def _put(core: str) -> tuple[str, int]:
    for pattern, how, days_more in _PUT:
        if match := pattern.fullmatch(core):
            return match.expand(how), days_more
    return core, 0


def _core(words: Sequence[str], allowed: Collection[str]) -> str | None:
    """What matters among the words, its numbers in figures; None where a word is in the way."""
    core: list[str] = []
    index = 0
    while index < len(words):
        for end in range(min(len(words), index + 4), index, -1):
            number = 1 if words[index:end] in (["a"], ["an"]) else cardinal(words[index:end])
            if number is not None and end < len(words) and words[end] in UNIT.values():
                core.append(str(number))
                index = end
                break
        else:
            word = words[index]
            unit = word in UNIT.values()
            if unit and words[index + 1 : index + 2] == ["ago"] and not (core and core[-1].isdigit()):
                core.append("1")  # Welsh says "wythnos yn ôl", with no "a".
            if word == "hence" and len(core) >= 2 and core[-2].isdigit():
                core.insert(len(core) - 2, "in")
            elif word in RELATIVE_WORDS or unit or word == "weekend":
                core.append(word)
            elif word not in allowed:
                return None
            index += 1
    # "on" and "in" may stand before a day: "in" matters before a number alone.
    if core[:1] == ["in"] and not (len(core) > 1 and core[1].isdigit()):
        core = core[1:]
    return " ".join(core)


@lru_cache(maxsize=16)
def _parser(today: date, prefer: str) -> DateDataParser:
    return DateDataParser(
        languages=["en"],
        settings={
            "DATE_ORDER": "DMY",
            "PREFER_DATES_FROM": prefer,
            "RELATIVE_BASE": datetime(today.year, today.month, today.day),  # noqa: DTZ001 - a day has no zone
        },
    )


def _only(words: Sequence[str], allowed: Collection[str]) -> bool:
    return all(word in allowed for word in words)


def _century(given: str, today: date) -> int:
    """Two figures are this century up to next year's, else the last: "26" is 2026 and "80" is 1980.

    >>> [_century(given, date(2026, 3, 12)) for given in ("26", "27", "28", "1980")]
    [2026, 2027, 1928, 1980]
    """
    if len(given) == 4:
        return int(given)
    this = today.year // 100 * 100 + int(given)
    return this if this <= today.year + 1 else this - 100


def _real(day: int, month: int, in_year: int) -> date | NoDay:
    try:
        return date(in_year, month, day)
    except ValueError:
        return NoDay("not_real")


def _nearest(day: int, month: int, day_of_week: int | None, today: date, fits: Fits) -> date | NoDay:
    found = [_real(day, month, today.year + offset) for offset in (-1, 0, 1)]
    days = sorted((d for d in found if isinstance(d, date)), key=lambda d: abs(d - today))
    if not days:
        # The 29th of February is real, only not in these three years.
        return NoDay("no_year") if not isinstance(_real(day, month, 2024), NoDay) else NoDay("not_real")
    if fits is None:
        return NoDay("no_year")
    if day_of_week is not None and not any(d.weekday() == day_of_week for d in days):
        return NoDay("weekday")
    days = [d for d in days if day_of_week is None or d.weekday() == day_of_week]
    return next((d for d in days if fits(d)), days[0])


def _on_weekday(found: date | NoDay, day_of_week: int | None) -> date | NoDay:
    if isinstance(found, date) and day_of_week is not None and found.weekday() != day_of_week:
        return NoDay("weekday")
    return found
