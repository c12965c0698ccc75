"""Which service a turn is about: sure, one of several, or none."""

from __future__ import annotations

from actions.conversation import State, Understood
from actions.dialogue.circumstances import Circumstances
from bot.catalogue import Service

SURE = 0.5
"""From here on the best service is taken without asking."""
PLAUSIBLE = 0.2
"""From here on a service is worth asking back about."""
MOST_CHOICES = 3


def named(understood: Understood, at: Circumstances) -> Service | None:
    """The service that the words name for sure; None if they do not."""
    for service_id, confidence in understood.services[:1]:
        if confidence >= SURE:
            return at.catalogue.services.get(service_id)
    return None


def current(state: State, at: Circumstances) -> Service | None:
    """The service that the conversation is about already."""
    subject = state.interview.service if state.interview is not None else state.service
    return at.catalogue.services.get(subject) if subject else None


def candidates(understood: Understood, at: Circumstances) -> tuple[Service, ...]:
    """Those worth asking back about, best first."""
    found = [
        at.catalogue.services[service_id]
        for service_id, confidence in understood.services
        if confidence >= PLAUSIBLE and service_id in at.catalogue.services
    ]
    return tuple(found[:MOST_CHOICES])
