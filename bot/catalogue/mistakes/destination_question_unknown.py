"""A field that a destination should get from a question that there is not."""

from collections.abc import Iterator

from bot.catalogue.mistakes.content import Check, Content
from bot.catalogue.mistakes.part import Found


def find(content: Content) -> Iterator[Found]:
    for service in content.services:
        known = {question["id"].text for question in service["questions"].items()}
        for destination in service["destinations"].items():
            for field in destination["sends"].items():
                if field.text and field.text not in known:
                    yield field.found(
                        f'"{field.name}" is sent from "{field.text}", which is no question of this service',
                        "Name one that is",
                    )


CHECK = Check("destination:question_unknown", find)
