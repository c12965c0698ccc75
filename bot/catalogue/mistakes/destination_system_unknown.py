"""A destination in a case system that there is not."""

from collections.abc import Iterator

from bot.catalogue.mistakes.content import Check, Content
from bot.catalogue.mistakes.part import Found


def find(content: Content) -> Iterator[Found]:
    for service in content.services:
        for destination in service["destinations"].items():
            system = destination["system"]
            if system.text and system.text not in content.systems:
                yield system.found(
                    f'No case system is called "{system.text}"',
                    f"Use one of {', '.join(sorted(content.systems))}",
                )


CHECK = Check("destination:system_unknown", find)
