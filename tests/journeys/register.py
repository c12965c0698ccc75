"""A look into the register, from outside the processes that write it."""

from __future__ import annotations

from actions.records import cases
from actions.runtime import open_database
from journeys.stack import Stack


def cases_in(stack: Stack, reference: str) -> list[str]:
    """The references that the case systems gave to one case, one for each recipient that has it."""
    database = open_database(stack.settings)
    try:
        stored = database.run_now(cases.by_reference, reference)
    finally:
        database.close()
    if stored is None:
        return []
    return [part.their_reference for part in stored.deliveries if part.their_reference]
