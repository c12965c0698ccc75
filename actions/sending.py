"""What of a case goes where: for each destination whose condition holds, its fields and no others. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from actions import interview
from actions.answers import KINDS
from actions.answers.kind import Value
from actions.cases import Case
from actions.conversation import Given
from actions.destinations import receiving
from bot.catalogue import Destination, Question, Service


@dataclass(frozen=True)
class Part:
    """One recipient's part of a case."""

    recipient: str
    system: str
    fields: Mapping[str, Value]
    """Field of theirs → canonical value."""
    shown: Mapping[str, str]
    settings: Mapping[str, str]


def answered(service: Service, answers: Mapping[str, Given]) -> dict[str, Given]:
    """The answers that apply, in the order of the questions: others were given before the person changed an
    earlier one, and are not theirs any more."""
    return {q.id: answers[q.id] for q in interview.path(service, answers) if q.id in answers}


def parts(case: Case, service: Service, override: Mapping[str, str]) -> tuple[Part, ...]:
    """The deliveries of a case. `override` names a case system for a service, in place of content's."""
    kept = {key: given for key, given in answered(service, case.answers).items() if given.value is not None}
    questions = {key: service.question(key) for key in kept}
    return tuple(
        _part(destination, questions, kept, override.get(service.id))
        for destination in receiving(service, kept)
    )


def _part(
    destination: Destination,
    questions: Mapping[str, Question],
    kept: Mapping[str, Given],
    system: str | None,
) -> Part:
    sent = {field: key for field, key in destination.sends.items() if key in kept}
    return Part(
        recipient=destination.recipient,
        system=system or destination.system,
        fields={field: kept[key].value for field, key in sent.items()},
        shown={field: _shown(questions[key], kept[key].value) for field, key in sent.items()},
        settings=destination.settings,
    )


def _shown(question: Question, value: Value) -> str:
    return KINDS[question.kind].show(value, question, "en").text
