"""A day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from babel.dates import format_date

from actions.answers import days
from actions.answers.bounds import day as bound
from actions.answers.calendar_words import MONTHS
from actions.answers.hearing import hear, own_words, refuse
from actions.answers.kind import FormField, Heard, Kind, Refusal, Value
from bot.catalogue import Question
from bot.words import Language, Wording

_LOCALE: Mapping[Language, str] = {"en": "en_GB", "cy": "cy"}


def parse(heard: Heard, question: Question) -> Value | Refusal:
    """A day, in figures, in words, or counted from today; the year may be left out. On keys: DDMMYYYY.

    Today is Thursday 12 March 2026, and the day may be any.

    >>> parse(typed("3/3/26"), question), parse(typed("it was Tuesday 3rd March"), question)
    ('2026-03-03', '2026-03-03')
    >>> parse(spoken("the third of march twenty twenty six"), question), parse(spoken("last tuesday"), question)
    ('2026-03-03', '2026-03-10')
    >>> parse(typed("3ydd o Fawrth"), question), parse(typed("dydd Gwener diwethaf"), question)
    ('2026-03-03', '2026-03-06')
    >>> parse(keyed("03032026"), question)
    '2026-03-03'
    >>> refused = ("31 February 2026", "Monday 3 March 2026", "March", "last week")
    >>> [parse(typed(said), question).code for said in refused]
    ['date:not_real', 'date:weekday', 'date:incomplete', 'date:which_day']

    `earliest` and `latest` bound it. For the last fortnight (`-14` to `today`):

    >>> parse(typed("13 March 2026"), bounded(earliest=-14, latest="today"))
    Refusal(code='date:in_future', values={'latest': '12 March 2026'})
    >>> parse(typed("25 February 2026"), bounded(earliest=-14, latest="today"))
    Refusal(code='date:too_early', values={'earliest': '26 February 2026'})
    """
    text = hear(heard, question)
    if text is None or isinstance(text, Refusal):
        return text
    earliest, latest = bound(question, "earliest", heard.today), bound(question, "latest", heard.today)
    found = days.read(
        text,
        heard.today,
        fits=lambda day: (earliest is None or day >= earliest) and (latest is None or day <= latest),
        ahead=earliest is not None and earliest >= heard.today,
        own=own_words(question),
    )
    if isinstance(found, days.NoDay):
        return refuse(question, found.reason)
    return bounded(found, earliest, latest, heard, question)


def bounded(
    found: date, earliest: date | None, latest: date | None, heard: Heard, question: Question
) -> str | Refusal:
    """The day as ISO, or the refusal of a day outside its bounds."""
    if latest is not None and found > latest:
        reason = "in_future" if latest == heard.today else "too_late"
        return refuse(question, reason, latest=in_words(latest, heard.language))
    if earliest is not None and found < earliest:
        reason = "in_past" if earliest == heard.today else "too_early"
        return refuse(question, reason, earliest=in_words(earliest, heard.language))
    return found.isoformat()


def in_words(day: date, language: Language) -> str:
    """
    >>> in_words(date(2026, 3, 3), "cy")
    '3 Mawrth 2026'
    """
    return str(format_date(day, "d MMMM y", locale=_LOCALE[language]))


def show(value: Value, question: Question, language: Language) -> Wording:
    return Wording(in_words(date.fromisoformat(str(value)), language))


def hears(question: Question, language: Language) -> tuple[str, ...]:
    """The months, and the days people name most."""
    near = ("today", "yesterday", "tomorrow") if language == "en" else ("heddiw", "ddoe", "yfory")
    return (*near, *(month for month in MONTHS if len(month) > 4))


def join(given: Mapping[str, str]) -> str:
    """The three boxes of the form as one text; a gap stays a gap, so that it can be named.

    >>> join({"day": "3", "month": "3", "year": "2026"}), join({"day": "", "month": "3", "year": ""}), join({})
    ('3/3/2026', '/3/', '')
    """
    parts = [given.get(name, "").strip() for name in ("day", "month", "year")]
    return "/".join(parts) if any(parts) else ""


FIELDS = (
    FormField("day", inputmode="numeric", width=2),
    FormField("month", inputmode="numeric", width=2),
    FormField("year", inputmode="numeric", width=4),
)
KIND = Kind("date", parse, show, keypad="date", keys=8, hears=hears, fields=FIELDS, join=join)
