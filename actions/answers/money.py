"""An amount in pounds and pence."""

from __future__ import annotations

from decimal import Decimal

from babel.numbers import format_currency

from actions.answers.bounds import amount
from actions.answers.hearing import FILLERS, asks, fold, hear, names, own_words, refuse
from actions.answers.kind import FormField, Heard, Kind, Refusal, Value
from actions.answers.lexicon import word_set
from actions.answers.quantities import Amount, amounts
from bot.catalogue import Question
from bot.words import Language, Wording

_POUNDS = word_set("pound pounds quid gbp punt bunt phunt punnoedd bunnoedd")
_PENCE = word_set("p pence penny ceiniog geiniog cheiniog")
_THOUSAND = "k"
_BETWEEN = word_set("or neu to between rhwng up least most")
_NOTHING = frozenset({"nothing", "none", "zero", "nil", "free", "dim", "dim byd", "sero"})
_MOST = Decimal(10**9)
_PENNY = Decimal("0.01")


def parse(heard: Heard, question: Question) -> Value | Refusal:
    """Pounds, as a decimal string with two places. `*` is the point on a keypad.

    >>> parse(typed("£1,234.5"), question), parse(keyed("12*50"), question), parse(typed("50p"), question)
    ('1234.50', '12.50', '0.50')
    >>> parse(spoken("twelve pounds fifty"), question), parse(typed("ugain punt"), question)
    ('12.50', '20.00')
    >>> parse(typed("£200 a week"), question).code
    'money:not_an_amount'
    >>> parse(typed("-5"), question).code, parse(typed("1.234"), question).code
    ('money:negative', 'money:fraction')
    """
    text = hear(heard, question)
    if text is None or isinstance(text, Refusal):
        return text
    said = fold(text)
    if said in _NOTHING:
        return _bounded(Decimal(0), heard.language, question)
    if question.optional and said in names(heard.hears, "no"):
        return None
    found, before, after = amounts(text)
    units = _POUNDS | _PENCE | {_THOUSAND}
    allowed = FILLERS | units | _BETWEEN | own_words(question)
    if not found or asks(said.split()) or any(word not in allowed for word in (*before, *after)):
        return refuse(question, "not_an_amount")
    value = _pounds(found)
    if value is None:
        return refuse(question, "several")
    if value < 0:
        return refuse(question, "negative")
    if value != value.quantize(_PENNY):
        return refuse(question, "fraction")
    return _bounded(value, heard.language, question)


def _pounds(found: list[Amount]) -> Decimal | None:
    first = found[0]
    value = first.value
    if first.unit in _PENCE:
        value = value / 100
    elif first.unit == _THOUSAND:
        value = value * 1000
    if abs(value) >= _MOST * 100:
        # Python's quantize gives up on more digits than its context holds; nobody has this much.
        value = _MOST * 100
    if len(found) == 1:
        return value
    if len(found) == 2 and first.unit in _POUNDS | {"and", "a"} and 0 <= found[1].value < 100:
        pence = found[1].value
        if pence == pence.to_integral_value() and found[1].unit in _PENCE | {""}:
            return value + pence / 100
    return None


def _bounded(value: Decimal, language: Language, question: Question) -> str | Refusal:
    least, most = amount(question, "least"), amount(question, "most")
    if least is not None and value < least:
        return refuse(question, "too_little", least=_shown(least, language))
    if value > (most if most is not None else _MOST):
        return refuse(question, "too_much", most=_shown(most if most is not None else _MOST, language))
    return str(value.quantize(_PENNY))


def _shown(value: Decimal, language: Language) -> str:
    """£35, or £35.50: pence only where there are some, as GOV.UK writes amounts."""
    pattern = "¤#,##0" if value == value.to_integral_value() else "¤#,##0.00"
    return str(format_currency(value, "GBP", pattern, locale=_LOCALE[language], currency_digits=False))


_LOCALE: dict[Language, str] = {"en": "en_GB", "cy": "cy"}


def show(value: Value, question: Question, language: Language) -> Wording:
    return Wording(_shown(Decimal(str(value)), language))


KIND = Kind("money", parse, show, keypad="money", fields=(FormField("", inputmode="decimal", width=10),))
