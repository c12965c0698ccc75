"""One of a few options."""

from __future__ import annotations

from functools import lru_cache

from actions.answers.hearing import fold, hear, own_words, refuse, skipped
from actions.answers.kind import FormField, Heard, Kind, Refusal, Value
from actions.answers.matching import Meant, Named, meant
from bot.catalogue import Question
from bot.words import LANGUAGES, Language, Wording


def parse(heard: Heard, question: Question) -> Value | Refusal:
    """An option's id, from its number, its label or a part of it, another name, or nearly one of these.

    The question here is "Which bin?": black (rubbish), blue (recycling), brown (garden waste).

    >>> parse(keyed("2"), question), parse(spoken("the second one"), question), parse(typed("recyling"), question)
    ('blue', 'blue', 'blue')
    >>> parse(typed("it was the garden waste bin love"), question)
    'brown'
    >>> parse(typed("bin las"), question)
    'blue'
    >>> parse(typed("blue or brown"), question)
    Refusal(code='choice:ambiguous', values={'first': 'Blue bin', 'second': 'Brown bin'})
    >>> parse(typed("bin"), question)
    Refusal(code='choice:vague', values={})
    >>> parse(keyed("9"), question)
    Refusal(code='choice:no_such_number', values={'most': '3'})
    >>> parse(typed("how much is a brown bin"), question).code
    'choice:unknown'
    """
    text = hear(heard, question, skippable=False)
    if text is None or isinstance(text, Refusal):
        return text
    found = meant(text, things(question), own_words(question))
    if len(found.values) == 1:
        return found.values[0]
    if not found.values and (skip := skipped(text, heard, question)) is not False:
        return skip
    return refused(found, heard, question)


def refused(found: Meant, heard: Heard, question: Question) -> Refusal:
    """Why what was meant is not one option: two are named, so that the person can choose between them."""
    if len(found.values) == 2:
        labels = {option.value: option.label.text for option in question.options_in(heard.language)}
        first, second = found.values
        return refuse(question, "ambiguous", first=labels[first], second=labels[second])
    if found.values:
        return refuse(question, "vague")
    if found.number is not None:
        return refuse(question, "no_such_number", most=str(len(question.options)))
    return refuse(question, "unknown")


def things(question: Question) -> tuple[Named, ...]:
    """The question's options with all their names, in both languages: people mix them."""
    return _things(
        tuple(
            (
                value,
                tuple(
                    name
                    for language in LANGUAGES
                    for name in (
                        by_language[language].label.text,
                        by_language[language].label.short or "",
                        by_language[language].label.spoken or "",
                        *by_language[language].hears,
                    )
                ),
            )
            for value, by_language in question.options
        )
    )


@lru_cache(maxsize=512)
def _things(options: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[Named, ...]:
    return tuple(
        Named(value, tuple(dict.fromkeys(fold(name) for name in (value, *names) if fold(name))))
        for value, names in options
    )


def show(value: Value, question: Question, language: Language) -> Wording:
    """The option's label; an option that content has dropped since is shown by its id."""
    for option in question.options_in(language):
        if option.value == value:
            return option.label
    return Wording(str(value))


def hears(question: Question, language: Language) -> tuple[str, ...]:
    return tuple(
        name for option in question.options_in(language) for name in (option.label.text, *option.hears)
    )


KIND = Kind("choice", parse, show, keypad="choice", hears=hears, fields=(FormField("", "radios"),))
