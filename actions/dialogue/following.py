"""What comes after a request: the next one that was asked for, or one that was left."""

from __future__ import annotations

from dataclasses import replace

from actions.conversation import Label, Outcome, State
from actions.dialogue import telling
from actions.dialogue.circumstances import Circumstances
from bot.words import Words


def offer_next(state: State, words: tuple[Words, ...], at: Circumstances, label: Label) -> Outcome | None:
    """These words, then an offer of what was asked for in the middle; None if nothing was."""
    for place, name in enumerate(state.later):
        service = at.catalogue.services.get(name)
        if service is not None:
            after = replace(state, later=state.later[place + 1 :])
            return telling.offer(after, service, (*words, at.say("talk.next_one", state)), at, label)
    return None


def offer_left(state: State, words: tuple[Words, ...], at: Circumstances, label: Label) -> Outcome | None:
    """These words, then an offer to carry on with the request that was left last; None if none was."""
    for one in reversed(state.aside):
        service = at.catalogue.services.get(one.service)
        if service is not None and service.takes_requests:
            return telling.offer(state, service, words, at, label)
    return None
