"""Any number of a few options."""

from __future__ import annotations

import re
from collections import Counter

from actions.answers import choice
from actions.answers.hearing import FILLERS, fold, hear, own_words, refuse, skipped
from actions.answers.kind import FormField, Heard, Kind, Refusal, Value
from actions.answers.matching import Meant, Named, meant
from actions.answers.numerals import runs
from bot.catalogue import Question
from bot.words import Language, Wording

_APART = re.compile(r"\s*(?:[,;/+&*#\n.]|\band\b|\bthen\b|\bplus\b|\bhefyd\b|\bac?\b)\s*", re.IGNORECASE)
_ALL = frozenset(
    {
        "all",
        "all of them",
        "all of these",
        "everything",
        "both",
        "both of them",
        "pob un",
        "popeth",
        "y cyfan",
        "y ddau",
    }
)


def parse(heard: Heard, question: Question) -> Value | Refusal:
    """The ids of the options, in the order of the question, however they are strung together.

    >>> parse(typed("3 and 1"), question), parse(keyed("13"), question), parse(keyed("1*3"), question)
    (['black', 'brown'], ['black', 'brown'], ['black', 'brown'])
    >>> parse(spoken("the rubbish and the recycling please"), question)
    ['black', 'blue']
    >>> parse(typed("all of them"), question)
    ['black', 'blue', 'brown']
    >>> parse(typed("1 and 9"), question).code
    'choices:no_such_number'
    >>> parse(typed("the black one and the piano"), question)
    Refusal(code='choices:unknown', values={'said': 'the piano'})
    """
    text = hear(heard, question, longest=500, skippable=False)
    if text is None or isinstance(text, Refusal):
        return text
    things = choice.things(question)
    said = fold(text)
    whole = meant(text, things, own_words(question))
    if said in _ALL and not whole.values:
        return [thing.value for thing in things]
    if len(whole.values) == 1 and any(said in thing.names for thing in things):
        return [whole.values[0]]
    chosen = _numbers(said, len(things)) or _pieces(text, things, own_words(question))
    if isinstance(chosen, str):
        skip = skipped(text, heard, question)
        if skip is not False:
            return skip
        return refuse(question, "unknown", said=_shortened(chosen))
    if isinstance(chosen, Meant):
        return choice.refused(chosen, heard, question)
    return [thing.value for number, thing in enumerate(things, 1) if number in chosen]


def _numbers(said: str, most: int) -> set[int] | Meant | None:
    """Numbers alone: "1 3", "one and three", and on a keypad "13" where there are not thirteen."""
    words = [word for word in said.split() if word not in FILLERS - {"one"}]
    found = runs(words)
    if not words or sum(end - start for start, end, _ in found) != len(words):
        return None
    numbers: set[int] = set()
    for start, end, value in found:
        figures = words[start] if end == start + 1 else ""
        split = most < 10 and value > most and figures.isdigit()
        numbers.update(int(figure) for figure in figures) if split else numbers.add(value)
    wrong = next((number for number in sorted(numbers) if not 1 <= number <= most), None)
    return numbers if wrong is None else Meant(number=wrong)


def _pieces(text: str, things: tuple[Named, ...], own: frozenset[str]) -> set[int] | Meant | str:
    """Names strung together. A label may itself hold "and": so labels are taken out whole, first."""
    numbers: set[int] = set()
    left = f" {fold(text)} "
    for name, number in sorted(
        ((name, number) for number, thing in enumerate(things, 1) for name in thing.names),
        key=lambda pair: -len(pair[0]),
    ):
        if len(name) > 2 and f" {name} " in left:
            left = left.replace(f" {name} ", " , ")
            numbers.add(number)
    # What several names share ("bin") says nothing more once a name was said ("the rubbish bin").
    idle = FILLERS - {"one"} | (_shared(things) if numbers else frozenset())
    for piece in _APART.split(left if numbers else text):
        if all(word in idle for word in fold(piece).split()):
            continue
        found = meant(piece, things, own)
        if len(found.values) == 1:
            numbers.add(
                next(number for number, thing in enumerate(things, 1) if thing.value == found.values[0])
            )
        elif found.values or found.number is not None:
            return found
        else:
            return piece.strip()
    return numbers or text


def _shared(things: tuple[Named, ...]) -> frozenset[str]:
    """The words that stand in names of more than one thing."""
    count = Counter(
        word for thing in things for word in {word for name in thing.names for word in name.split()}
    )
    return frozenset(word for word, times in count.items() if times > 1)


def _shortened(said: str) -> str:
    return said if len(said) <= 60 else said[:59].rstrip() + "…"


def show(value: Value, question: Question, language: Language) -> Wording:
    chosen = [choice.show(item, question, language) for item in (value if isinstance(value, list) else [])]
    return Wording(
        ", ".join(label.text for label in chosen),
        ", ".join(label.for_text_message for label in chosen),
        ", ".join(label.for_speech for label in chosen),
    )


KIND = Kind(
    "choices", parse, show, keypad="choices", hears=choice.hears, fields=(FormField("", "checkboxes"),)
)
