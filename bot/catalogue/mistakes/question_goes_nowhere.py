"""A question whose answer reaches nobody and opens nothing: it should not be asked."""

from collections.abc import Iterator

from bot.catalogue.mistakes.content import Check, Content
from bot.catalogue.mistakes.part import Found


def find(content: Content) -> Iterator[Found]:
    for service in content.services:
        destinations = list(service["destinations"].items())
        if not destinations:
            continue
        asked = list(service["questions"].items())
        used = {field.text for destination in destinations for field in destination["sends"].items()}
        used |= {key.name for part in [*asked, *destinations] for key in part["only_if"].items()}
        for question in asked:
            name = question["id"].text
            if name and name not in used:
                yield question["id"].found(
                    f'The answer to "{name}" is sent to nobody',
                    "Name it in a destination's sends, or ask it no more",
                )


CHECK = Check("question:goes_nowhere", find)
