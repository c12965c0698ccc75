"""A question of a kind that nothing understands the answers to."""

from collections.abc import Iterator

from bot.catalogue.mistakes.content import Check, Content
from bot.catalogue.mistakes.part import Found


def find(content: Content) -> Iterator[Found]:
    for service in content.services:
        for question in service["questions"].items():
            kind = question["kind"]
            if kind.text and kind.text not in content.kinds:
                yield kind.found(
                    f'No answer is of the kind "{kind.text}"',
                    f"Use one of {', '.join(sorted(content.kinds))}",
                )


CHECK = Check("question:kind_unknown", find)
