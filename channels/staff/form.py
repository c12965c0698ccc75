"""A service's questions as one page: what stands in each box, which are open, and what is wrong. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from actions.answers import KINDS
from actions.answers.form import field_name
from actions.answers.kind import FormField, Refusal, Value
from actions.interview import put, refusal_words
from bot.catalogue import Catalogue, Question, Service
from bot.words import Choose, Language, Wording

Typed = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Box:
    """One input, with what stands in it."""

    id: str
    name: str
    part: str
    """What it is of the answer (`day`); empty where it is the whole of it."""
    field: FormField
    value: str


@dataclass(frozen=True)
class Choice:
    """One thing to tick."""

    value: str
    label: str
    ticked: bool


@dataclass(frozen=True)
class Drawn:
    """One question as it stands on the form."""

    question: str
    label: str
    """Its short name."""
    drawn_as: str
    """`radios`, `checkboxes`, `textarea`, `date` or `text`."""
    text: str
    hint: str | None
    optional: bool
    boxes: tuple[Box, ...]
    choices: tuple[Choice, ...]
    problem: str | None
    condition: str
    """In words, when it is asked: "Behind a gate: Yes". Empty for always."""
    opens: str
    """The same for the page's script: JSON of question → values. Only what can be ticked can be followed."""
    longest: int | None

    @property
    def href(self) -> str:
        return f"#{self.boxes[0].id}"


def drawn(
    service: Service, typed: Typed, refused: Mapping[str, Refusal], language: Language, catalogue: Catalogue
) -> tuple[Drawn, ...]:
    """Every question of a service, open or not: the page shows when each is asked."""
    return tuple(
        _drawn(service, question, typed, refused.get(question.id), language, catalogue)
        for question in service.questions
    )


def _drawn(
    service: Service,
    question: Question,
    typed: Typed,
    refusal: Refusal | None,
    language: Language,
    catalogue: Catalogue,
) -> Drawn:
    asked = put(question, language, catalogue)
    kind = KINDS[question.kind]
    boxes = tuple(
        Box(
            id=field_name(question, field),
            name=field_name(question, field),
            part=field.name,
            field=field,
            value=", ".join(typed.get(field_name(question, field), ())),
        )
        for field in kind.fields
    )
    ticked = set(typed.get(question.id, ()))
    choices = (
        tuple(Choice(o.value, o.label.text, o.value in ticked) for o in asked.options)
        if isinstance(asked, Choose)
        else ()
    )
    longest = question.limits.get("longest")
    return Drawn(
        question=question.id,
        label=question.label[language].text,
        drawn_as="date" if len(boxes) > 1 else _drawn_as(boxes[0].field, choices),
        text=asked.wording.text,
        hint=_hint(asked.hint, catalogue, language) if len(boxes) > 1 else text_of(asked.hint),
        optional=question.optional,
        boxes=boxes,
        choices=choices,
        problem=_problem(refusal, question, bool(choices), language, catalogue),
        condition=_condition(service, question, language),
        opens=_opens(service, question),
        longest=longest if isinstance(longest, int) else None,
    )


def text_of(wording: Wording | None) -> str | None:
    return None if wording is None else wording.text


def _hint(hint: Wording | None, catalogue: Catalogue, language: Language) -> str:
    """Content's example of a day is often a word ("yesterday"), and these boxes take figures."""
    if hint is not None and any(character.isdigit() for character in hint.text):
        return hint.text
    example = f"{catalogue.on.day} {catalogue.on.month} {catalogue.on.year}"
    return catalogue.phrase("desk.date_hint", language, example=example).text


def _problem(
    refusal: Refusal | None, question: Question, closed: bool, language: Language, catalogue: Catalogue
) -> str | None:
    if refusal is None:
        return None
    if closed:
        # There is nothing to type here, so no other way to be wrong.
        return catalogue.phrase("desk.select", language).text
    return refusal_words(refusal, question, language, catalogue).wording.text


def _drawn_as(field: FormField, choices: Sequence[Choice]) -> str:
    if choices:
        return "checkboxes" if field.type == "checkboxes" else "radios"
    return "textarea" if field.type == "textarea" else "text"


def _condition(service: Service, question: Question, language: Language) -> str:
    parts = []
    for name, wanted in question.only_if.items():
        other = service.question(name)
        shown = " / ".join(_shown(other, value, language) for value in wanted)
        parts.append(f"{other.label[language].text}: {shown}")
    return "; ".join(parts)


def _shown(question: Question, value: object, language: Language) -> str:
    held: Value = value if isinstance(value, str | bool | int) else str(value)
    one_of_several = [str(value)] if question.kind == "choices" else held
    return KINDS[question.kind].show(one_of_several, question, language).text


def _opens(service: Service, question: Question) -> str:
    followed = {
        name: [_posted(value) for value in wanted]
        for name, wanted in question.only_if.items()
        if service.question(name).kind in ("choice", "choices", "yes_no")
    }
    return json.dumps(followed) if followed else ""


def _posted(value: object) -> str:
    """A canonical value as the form posts it.

    >>> _posted(True), _posted("renew")
    ('true', 'renew')
    """
    return str(value).lower() if isinstance(value, bool) else str(value)
