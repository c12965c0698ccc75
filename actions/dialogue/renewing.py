"""Content that changed while a person was in the middle: what they gave is kept as far as it still applies."""

from __future__ import annotations

from dataclasses import replace

from actions import interview
from actions.answers import KINDS
from actions.answers.kind import Heard, Refusal, Value
from actions.conversation import Interview, State
from actions.dialogue.circumstances import Circumstances
from actions.dialogue.waiting import in_request
from bot.catalogue import Question, Service
from bot.words import Words


def up_to_date(state: State, at: Circumstances) -> tuple[State, tuple[Words, ...]]:
    """The conversation under the content in force, and what the person must be told of the change."""
    if state.asking == "offer" and state.choices and state.choices[0] not in at.catalogue.services:
        return replace(state, asking=None, choices=()), ()
    held = state.interview
    if held is None or not in_request(state):
        return state, ()
    service = at.catalogue.services.get(held.service)
    if service is None or not service.takes_requests:
        gone = replace(state, interview=None, asking=None, service=None, failures=0)
        return gone, (at.say("talk.service_withdrawn", state),)
    if held.version == service.version:
        return state, ()
    renewed, told = renew(service, held, state, at)
    waits = interview.waiting(service, renewed) is not None
    return replace(state, interview=renewed, asking="question" if waits else "review"), told


def renew(
    service: Service, held: Interview, state: State, at: Circumstances
) -> tuple[Interview, tuple[Words, ...]]:
    """A request under the service's questions of today, and what to say of it; nothing for the same version."""
    if held.version == service.version:
        return held, ()
    questions = {question.id: question for question in service.questions}
    kept = {
        name: given
        for name, given in held.answers.items()
        if name in questions and _applies(given.value, questions[name], state, at)
    }
    asked = interview.path(service, kept)
    still = held.at if held.at in {question.id for question in asked} else None
    first = next((question.id for question in asked if question.id not in kept), None)
    renewed = replace(held, version=service.version, answers=kept, at=still or first, changing=False)
    again = [
        questions[name].label[state.language].text
        for name in held.answers
        if name not in kept and name in questions
    ]
    if again:
        return renewed, (at.say("talk.changed_since_ask_again", state, labels=", ".join(again)),)
    return renewed, (at.say("talk.changed_since", state),)


def _applies(value: Value, question: Question, state: State, at: Circumstances) -> bool:
    """Whether an answer of before is one to the question of today."""
    if value is None:
        return question.optional
    options = {option for option, _ in question.options}
    if isinstance(value, bool) or question.kind == "yes_no":
        return isinstance(value, bool) and question.kind == "yes_no"
    if options:
        return set(value if isinstance(value, list) else [str(value)]) <= options
    if isinstance(value, list):
        return False
    heard = Heard(str(value), state.language, at.today, hears=at.catalogue.hears)
    return not isinstance(KINDS[question.kind].parse(heard, question), Refusal)
