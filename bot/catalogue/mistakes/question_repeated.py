"""Two questions of a service with one id: the second answer would take the place of the first."""

from collections.abc import Iterator

from bot.catalogue.mistakes.content import Check, Content
from bot.catalogue.mistakes.part import Found


def find(content: Content) -> Iterator[Found]:
    for service in content.services:
        seen: set[str] = set()
        for question in service["questions"].items():
            given = question["id"]
            if given.text in seen:
                yield given.found(f'Another question is called "{given.text}"', "Give this one another id")
            elif given.text:
                seen.add(given.text)


CHECK = Check("question:repeated", find)
