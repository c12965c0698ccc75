"""The day on which somebody was born."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from actions.answers import date as any_date
from actions.answers import days
from actions.answers.bounds import day as bound
from actions.answers.hearing import hear, own_words, refuse
from actions.answers.kind import Heard, Refusal, Value
from bot.catalogue import Question

_OLDEST = timedelta(days=122 * 366)
"""Nobody is known to have lived longer than 122 years."""


def parse(heard: Heard, question: Question) -> Value | Refusal:
    """A day in the past, with its year; never counted from today. On keys: DDMMYYYY.

    >>> parse(typed("my date of birth is 5 October 1962"), question), parse(keyed("05101962"), question)
    ('1962-10-05', '1962-10-05')
    >>> parse(spoken("fifth of the tenth nineteen sixty two"), question), parse(typed("5.10.62"), question)
    ('1962-10-05', '1962-10-05')
    >>> [parse(typed(said), question).code for said in ("5 October", "yesterday", "99/99/9999", "5/10/1662")]
    ['date_of_birth:no_year', 'date_of_birth:not_a_date', 'date_of_birth:not_real', 'date_of_birth:too_old']
    >>> parse(typed("13 March 2026"), question)
    Refusal(code='date_of_birth:in_future', values={'latest': '12 March 2026'})
    """
    text = hear(heard, question)
    if text is None or isinstance(text, Refusal):
        return text
    found = days.read(text, heard.today, fits=None, own=own_words(question))
    if isinstance(found, days.NoDay):
        return refuse(question, found.reason)
    if found > heard.today:
        return refuse(question, "in_future", latest=any_date.in_words(heard.today, heard.language))
    if heard.today - found > _OLDEST:
        return refuse(question, "too_old")
    earliest, latest = bound(question, "earliest", heard.today), bound(question, "latest", heard.today)
    return any_date.bounded(found, earliest, latest, heard, question)


_BOXES = ("bday-day", "bday-month", "bday-year")

KIND = replace(
    any_date.KIND,
    name="date_of_birth",
    parse=parse,
    fields=tuple(
        replace(field, autocomplete=token) for field, token in zip(any_date.FIELDS, _BOXES, strict=True)
    ),
    hears=lambda question, language: any_date.hears(question, language)[3:],
)
