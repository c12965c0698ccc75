"""A telephone number, British unless it says otherwise."""

from __future__ import annotations

import re
from itertools import groupby

import phonenumbers
from phonenumbers import PhoneNumberFormat

from actions.answers.hearing import fold, hear, refuse
from actions.answers.kind import FormField, Heard, Kind, Refusal, Value
from actions.answers.spelling import aloud, digits
from bot.catalogue import Question
from bot.words import Language, Wording

# Ofcom keeps these for drama (Ofcom, "Telephone numbers for drama purposes"): they reach nobody, so they are
# what examples and tests must use. phonenumbers knows that no operator has the first and the last.
_DRAMA = re.compile(r"\+44(?:7700900|2079460|1632960)\d{3}")
_EXTENSION = re.compile(r"\d\s*(?:ext\.?|extension|x|estyniad|#)\s*\d{1,6}\s*$", re.IGNORECASE)
_LEAST_DIGITS, _SOME_DIGITS = 7, 3


def parse(heard: Heard, question: Question) -> Value | Refusal:
    """A telephone number that can be rung, as E.164; read digit by digit, or written any way.

    >>> parse(typed("my number is 07700 900 123 thanks"), question), parse(keyed("07700900123"), question)
    ('+447700900123', '+447700900123')
    >>> parse(spoken("oh double seven double oh nine double oh one two three"), question)
    '+447700900123'
    >>> parse(typed("+44 (0)20 7946 0000"), question), parse(typed("+353 1 234 5678"), question)
    ('+442079460000', '+35312345678')
    >>> [parse(typed(said), question).code for said in ("07700 90012", "07700 9001234", "07700 901000", "999")]
    ['phone:too_short', 'phone:too_long_number', 'phone:not_in_use', 'phone:too_short']
    >>> [parse(typed(said), question).code for said in ("ask me later", "020 7946 0000 ext 3")]
    ['phone:no_number', 'phone:extension']
    """
    text = hear(heard, question)
    if text is None or isinstance(text, Refusal):
        return text
    if _EXTENSION.search(text):
        return refuse(question, "extension")
    runs = _runs(text)
    whole = [run for run in runs if sum(map(str.isdigit, run)) >= _LEAST_DIGITS]
    if len(set(whole)) > 1:
        return refuse(question, "several")
    if not whole:
        some = any(sum(map(str.isdigit, run)) >= _SOME_DIGITS for run in runs)
        return refuse(question, "too_short" if some else "no_number")
    return _number(whole[0], question)


def _runs(text: str) -> list[str]:
    """Every run of figures, written or said, with the plus before it."""
    words = fold(text.replace("+", " plus ")).split()
    parts = ["+" if word == "plus" else part for word, part in zip(words, digits(words), strict=True)]
    joined = ["".join(run) for said, run in groupby(parts, key=lambda part: part is not None) if said]  # type: ignore[arg-type]
    return [run for run in joined if any(map(str.isdigit, run))]


def _number(run: str, question: Question) -> str | Refusal:
    try:
        number = phonenumbers.parse(run, "GB")
    except phonenumbers.NumberParseException as error:
        if error.error_type == phonenumbers.NumberParseException.TOO_LONG:
            return refuse(question, "too_long_number")
        return refuse(question, "not_in_use")
    written = str(phonenumbers.format_number(number, PhoneNumberFormat.E164))
    if _DRAMA.fullmatch(written) or phonenumbers.is_valid_number(number):
        return written
    possible = phonenumbers.is_possible_number_with_reason(number)
    # British numbers have ten digits after the 0, with few exceptions; the library allows for all of those.
    count = len(str(number.national_number))
    if possible == phonenumbers.ValidationResult.TOO_LONG or (number.country_code == 44 and count > 10):
        return refuse(question, "too_long_number")
    if possible == phonenumbers.ValidationResult.TOO_SHORT or (number.country_code == 44 and count < 10):
        return refuse(question, "too_short")
    return refuse(question, "not_in_use")


def show(value: Value, question: Question, language: Language) -> Wording:
    """As it is written at home, or with its + from abroad; a voice says it digit by digit.

    >>> show("+447700900123", question, "en")
    Wording(text='07700 900123', short=None, spoken='0 7 7 0 0, 9 0 0 1 2 3')
    """
    number = phonenumbers.parse(str(value), "GB")
    home = number.country_code == 44
    text = str(
        phonenumbers.format_number(
            number, PhoneNumberFormat.NATIONAL if home else PhoneNumberFormat.INTERNATIONAL
        )
    )
    return Wording(text, spoken=aloud(re.sub(r"[^\d+ ]", "", text)))


KIND = Kind(
    "phone", parse, show, keypad="phone", fields=(FormField("", "tel", autocomplete="tel", width=20),)
)
