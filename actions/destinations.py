"""Who receives a request: what content says, what a council's settings override, what the person agreed to."""

from __future__ import annotations

from collections.abc import Mapping

from actions.conversation import Given
from bot.catalogue import Destination, Service


class UnknownOverride(ValueError):
    """`DOORSTEP_DESTINATIONS` that cannot be read: the message names the part and what it should look like."""


def receiving(service: Service, kept: Mapping[str, Given]) -> tuple[Destination, ...]:
    """The destinations whose condition holds, in the order of content. `kept` are the answers that apply."""
    return tuple(
        destination
        for destination in service.destinations
        if all(
            question in kept and kept[question].value in values
            for question, values in destination.only_if.items()
        )
    )


def overrides(setting: str) -> Mapping[str, str]:
    """`pothole=open311,missed_bin=register` as service → case system. Raises UnknownOverride.

    >>> overrides("pothole=open311, missed_bin=register")
    {'pothole': 'open311', 'missed_bin': 'register'}
    """
    found: dict[str, str] = {}
    for part in filter(None, (part.strip() for part in setting.split(","))):
        service, sign, system = (piece.strip() for piece in part.partition("="))
        if not (service and sign and system):
            raise UnknownOverride(
                f"DOORSTEP_DESTINATIONS has {part!r}: write service=system, such as pothole=open311."
            )
        found[service] = system
    return found
