"""When the words say too little: ask back once, well; say so plainly; after a few failures offer a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from actions.conversation import Label, Outcome, State, Understood
from actions.dialogue import inviting, subject
from actions.dialogue.circumstances import Circumstances
from actions.dialogue.waiting import in_request, pick, waiting_words
from bot.catalogue import Service
from bot.words import HandOver, Words

PATIENCE = 3
"""Failures in a row after which a person is offered."""
PATIENCE_WHEN_NOTHING_IS_ASKED = 2
"""The same where we do not even know what it is about. A call gets its menu after the first."""


def unclear(state: State, understood: Understood, at: Circumstances) -> Outcome:
    """Nothing fits for sure."""
    if state.asking is None:
        candidates = subject.candidates(understood, at)
        if candidates:
            return ask_back(state, candidates, at)
    return not_understood(state, at)


def ask_back(state: State, candidates: Sequence[Service], at: Circumstances) -> Outcome:
    """One short question that names what the words may mean. Never in the middle of a request, whose own
    question it would push out."""
    if in_request(state):
        return not_understood(state, at)
    after = replace(state, asking="pick", choices=tuple(service.id for service in candidates))
    return Outcome(after, (pick(after, at),), "asked_back")


def not_understood(state: State, at: Circumstances) -> Outcome:
    """Say so; say what we can do; put the waiting question again."""
    words: tuple[Words, ...] = (at.say("talk.unclear", state),)
    if state.asking is None and at.door != "voice":
        topics = ", ".join(service.said[state.language] for service in at.catalogue.services.values())
        words += (at.say("talk.topics", state, topics=topics),)
    return failed(state, words, at, "declined")


def failed(state: State, words: tuple[Words, ...], at: Circumstances, label: Label) -> Outcome:
    """One more failure: these words and the waiting question, or a person when there were too many."""
    count = state.failures + 1
    if count >= _patience(state, at):
        words = (*words[:1], hand_over(state, at, "talk.person_instead", "three_failures"))
        if at.door != "voice":
            words += waiting_words(state, at)
        return Outcome(replace(state, failures=0), words, "person")
    after = replace(state, failures=count)
    if state.asking is None and at.door == "voice":
        after, menu = inviting.menu(after, at)
        return Outcome(after, (*words, *menu), label)
    return Outcome(after, (*words, *waiting_words(after, at)), label)


def hand_over(state: State, at: Circumstances, phrase: str, reason: str) -> HandOver:
    return HandOver(at.phrase(phrase, state), at.catalogue.council.phone, reason)


def _patience(state: State, at: Circumstances) -> int:
    openly = state.asking is None and at.door != "voice"
    return PATIENCE_WHEN_NOTHING_IS_ASKED if openly else PATIENCE
