"""A destination that would never be sent anything, because of its `only_if`."""

from collections.abc import Iterator

from bot.catalogue.mistakes import conditions
from bot.catalogue.mistakes.content import Check, Content
from bot.catalogue.mistakes.part import Found


def find(content: Content) -> Iterator[Found]:
    for service in content.services:
        asked = {question["id"].text: question for question in service["questions"].items()}
        for destination in service["destinations"].items():
            recipient = destination["recipient"].text
            for part, what, do in conditions.problems(destination["only_if"], asked, frozenset(asked)):
                yield part.found(f'"{recipient}" would not be told as meant: {what}', do)


CHECK = Check("destination:unreachable", find)
