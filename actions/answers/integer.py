"""A whole number: how many."""

from __future__ import annotations

from actions.answers.bounds import amount
from actions.answers.hearing import FILLERS, asks, fold, hear, names, own_words, refuse
from actions.answers.kind import FormField, Heard, Kind, Refusal, Value
from actions.answers.numerals import misheard
from actions.answers.quantities import amounts
from bot.catalogue import Question
from bot.words import Language, Wording

_NONE = frozenset({"none", "zero", "nil", "nought", "dim", "sero", "dim un", "not any", "no one", "neb"})
_MOST = 10**9


def parse(heard: Heard, question: Question) -> Value | Refusal:
    """One whole number, in figures or words, from 0 or from the question's `least` to its `most`.

    >>> parse(typed("3 items"), question), parse(spoken("there are twenty three of them"), question)
    (3, 23)
    >>> parse(typed("naw deg"), question), parse(typed("none"), question), parse(keyed("12"), question)
    (90, 0, 12)
    >>> parse(spoken("to"), question)
    2
    >>> parse(typed("2.5"), question).code, parse(typed("2 or 3"), question).code
    ('integer:not_whole', 'integer:several')
    >>> parse(typed("how much for 3"), question).code
    'integer:not_a_number'
    """
    text = hear(heard, question)
    if text is None or isinstance(text, Refusal):
        return text
    said = fold(text)
    if said in _NONE:
        return _bounded(0, question)
    if question.optional and said in names(heard.hears, "no"):
        return None
    found, before, after = amounts(misheard(said) if said.isalpha() else text)
    words = said.split()
    if not found or asks(words) or _chatter(before, after, question):
        return refuse(question, "not_a_number")
    if len({item.value for item in found}) > 1:
        return refuse(question, "several")
    value = found[0].value
    if value != value.to_integral_value():
        return refuse(question, "not_whole")
    return _bounded(int(value), question)


def _chatter(before: list[str], after: list[str], question: Question) -> bool:
    """Whether the number is not the point: "3 old mattresses" is an answer, "a school place in year 7" is not."""
    idle = FILLERS | own_words(question)
    return not set(before) <= idle or len([word for word in after if word not in idle]) > 3


def _bounded(value: int, question: Question) -> int | Refusal:
    least, most = amount(question, "least"), amount(question, "most")
    if value < (least if least is not None else 0):
        return refuse(question, "too_few", least=f"{least or 0:,}")
    if value > (most if most is not None else _MOST):
        return refuse(question, "too_many", most=f"{most or _MOST:,}")
    return value


def show(value: Value, question: Question, language: Language) -> Wording:
    return Wording(f"{value:,}" if isinstance(value, int) else str(value))


KIND = Kind("integer", parse, show, keypad="integer", fields=(FormField("", inputmode="numeric", width=5),))
