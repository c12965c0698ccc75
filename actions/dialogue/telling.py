"""Guidance: what a service publishes, said; then the question that was waiting, or an offer to do it."""

from __future__ import annotations

from dataclasses import replace

from actions.conversation import Label, Outcome, State, Understood
from actions.dialogue import inviting, subject
from actions.dialogue.circumstances import Circumstances
from actions.dialogue.unclear import ask_back, not_understood
from actions.dialogue.waiting import in_request, offered, waiting_words
from bot.catalogue import Service
from bot.words import Link, Say, Words


def ask(state: State, understood: Understood, at: Circumstances) -> Outcome:
    """A question about a service, at any point of a conversation."""
    service = subject.named(understood, at)
    if service is None:
        candidates = subject.candidates(understood, at)
        here = subject.current(state, at)
        if here is not None and (understood.aspect is not None or here in candidates):
            service = here
        elif candidates:
            return ask_back(state, candidates, at)
        else:
            return not_understood(state, at)
    words = guidance(service, understood.aspect, state, at)
    after = replace(state, failures=0)
    if in_request(state):
        words += (at.say("talk.answer_again", state), *waiting_words(state, at))
        return Outcome(after, words, "digression")
    return offer(after, service, words, at, "answered")


def guidance(service: Service, aspect: str | None, state: State, at: Circumstances) -> tuple[Words, ...]:
    """What the service publishes on an aspect; on the whole if it publishes nothing on that."""
    told = service.guidance.get(aspect or "overview")
    words: list[Words] = []
    if told is None:
        words.append(at.say("talk.no_guidance", state, owner=service.owner))
        told = service.guidance.get("overview")
    if told is not None:
        words.append(Say(told.wording[state.language], told.source))
    if state.language in service.links and (aspect in (None, "overview", "how")):
        words.append(Link(service.title[state.language], service.links[state.language]))
    return tuple(words)


def offer(
    state: State, service: Service, words: tuple[Words, ...], at: Circumstances, label: Label
) -> Outcome:
    """These words, then "do you want to do this now?" where the service takes requests."""
    if not service.takes_requests:
        after, invitation = inviting.anything_else(replace(state, service=service.id), at)
        return Outcome(after, (*words, *invitation), label)
    after = replace(state, service=service.id, asking="offer", choices=(service.id,))
    question = offered(after, at)
    return Outcome(after, words if question is None else (*words, question), label)
