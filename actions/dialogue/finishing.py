"""The end of a request: its receipt, who has it now, and what else there is to do."""

from __future__ import annotations

from dataclasses import replace

from actions import interview
from actions.conversation import Interview, Outcome, State
from actions.destinations import receiving
from actions.dialogue import following, inviting
from actions.dialogue.circumstances import Circumstances
from bot.catalogue import Service
from bot.words import Receipt, Words


def finish(state: State, service: Service, held: Interview, at: Circumstances) -> Outcome:
    """The request as the person has just confirmed it."""
    reference, language = at.new_reference(), state.language
    words: tuple[Words, ...] = (
        Receipt(
            reference,
            service.title[language],
            service.after[language],
            interview.rows(service, held, language),
        ),
    )
    recipients = [destination.recipient for destination in receiving(service, interview.kept(service, held))]
    if recipients:
        words += (at.say("talk.shared_with", state, recipients=", ".join(recipients)),)
    over = replace(state, interview=None, asking=None, choices=(), failures=0)
    outcome = following.offer_next(over, words, at, "finished") or following.offer_left(
        over, words, at, "finished"
    )
    if outcome is None:
        after, invitation = inviting.anything_else(replace(over, service=None), at)
        outcome = Outcome(after, (*words, *invitation), "finished")
    return replace(outcome, finished=held, reference=reference)
