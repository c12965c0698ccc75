"""What a kind of answer is: how it is understood, shown back, and asked for on a form and a keypad.

One file a kind beside this one, one list of them in `__init__.py`. Parsing is the same whatever the door:
only `Heard.manner` differs, because a keypad has no letters and a recogniser writes "double seven".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from bot.catalogue import Question
from bot.words import Language, Wording

Value = str | bool | int | list[str] | None
"""A canonical answer: ISO date, E.164, `SW1A 1AA`, decimal string, an option's id, true or false, or a list
of option ids. None is an optional question that was skipped."""


@dataclass(frozen=True)
class Heard:
    """What came in answer to a question."""

    text: str
    language: Language
    today: date
    manner: Literal["typed", "spoken", "keyed"] = "typed"
    hears: Mapping[str, Mapping[Language, tuple[str, ...]]] = field(default_factory=dict)
    """`Catalogue.hears`: the other names for yes, no, skip."""


@dataclass(frozen=True)
class Refusal:
    """Why an answer cannot be used. `code` is `kind:reason`, and names a phrase `refusal.<kind>.<reason>`
    (kept in data/phrases/refusals.yml in both languages); `values` fill it."""

    code: str
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def phrase(self) -> str:
        return "refusal." + self.code.replace(":", ".")


@dataclass(frozen=True)
class FormField:
    """One input of the full-page form: `name` is what follows the question's id ("" for a single input)."""

    name: str
    type: Literal["text", "tel", "email", "textarea", "radios", "checkboxes"] = "text"
    autocomplete: str | None = None
    inputmode: str | None = None
    width: int | None = None
    """In characters, as govuk-input--width-N."""


@dataclass(frozen=True)
class Kind:
    """A kind of answer.

    `parse(heard, question)` gives the canonical value or a Refusal, and never raises, whatever comes.
    `show(value, question, language)` says it back; the spoken form spells out what must be written down.
    `exact` is True where a text either is such an answer or is not (a date, a postcode); False for free
    words (a name, a description), where nearly anything would do and so proves nothing.
    `hears` are words that a speech recogniser should expect. `keypad` names the phrase (`keypad.<it>`) that
    says how to answer on a telephone's keys. `fields` are the inputs of the form; `join` makes of them the
    text that `parse` reads, exactly as if it had been typed in one go.
    """

    name: str
    parse: Callable[[Heard, Question], Value | Refusal]
    show: Callable[[Value, Question, Language], Wording]
    exact: bool = True
    keypad: str = "none"
    keys: int | None = None
    """How many digits a keyed answer has, so that a call need not wait for `#`; None if it varies."""
    hears: Callable[[Question, Language], tuple[str, ...]] = lambda question, language: ()
    fields: tuple[FormField, ...] = (FormField(""),)
    join: Callable[[Mapping[str, str]], str] = lambda given: given.get("", "")
