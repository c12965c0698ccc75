"""Two options of a question with one id."""

from collections.abc import Iterator

from bot.catalogue.mistakes.content import Check, Content
from bot.catalogue.mistakes.part import Found


def find(content: Content) -> Iterator[Found]:
    for service in content.services:
        for question in service["questions"].items():
            seen: set[str] = set()
            for option in question["options"].items():
                given = option["id"]
                if given.text in seen:
                    yield given.found(f'Another option is called "{given.text}"', "Give this one another id")
                elif given.text:
                    seen.add(given.text)


CHECK = Check("option:repeated", find)
