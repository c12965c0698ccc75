"""The full-page form: what its inputs are called, and what was posted in them, as answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from actions import interview
from actions.answers import KINDS
from actions.answers.kind import FormField, Heard, Refusal
from actions.conversation import Given
from bot.catalogue import Catalogue, Question, Service
from bot.words import Language

Posted = Mapping[str, str | Sequence[str]]
"""Name of an input to what was in it; several values where several boxes were ticked."""


def field_name(question: Question, field: FormField) -> str:
    """The name of an input: `postcode`, or `missed_on-day` where a question has several."""
    return f"{question.id}-{field.name}" if field.name else question.id


def read_form(
    service: Service,
    posted: Posted,
    language: Language,
    today: date,
    catalogue: Catalogue,
    author: str = "person",
) -> tuple[dict[str, Given], dict[str, Refusal]]:
    """The answers of a whole form, and what is wrong with the others, by question.

    A question that the other answers close is not read, whatever was in it. An optional one left blank was
    skipped.
    """
    answers: dict[str, Given] = {}
    refused: dict[str, Refusal] = {}
    for question in service.questions:
        if question not in interview.path(service, answers):
            continue
        text = text_of(question, posted)
        if question.optional and not text.strip():
            answers[question.id] = Given(None, author)
            continue
        heard = Heard(text, language, today, "typed", catalogue.hears)
        value = KINDS[question.kind].parse(heard, question)
        if isinstance(value, Refusal):
            refused[question.id] = value
        else:
            answers[question.id] = Given(value, author)
    return answers, refused


def text_of(question: Question, posted: Posted) -> str:
    """What was posted for a question, as if it had been typed in one go."""
    kind = KINDS[question.kind]
    return kind.join({field.name: _one(posted.get(field_name(question, field), "")) for field in kind.fields})


def _one(value: str | Sequence[str]) -> str:
    return value if isinstance(value, str) else ", ".join(value)
