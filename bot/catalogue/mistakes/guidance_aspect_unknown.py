"""Guidance, or example phrasings, on an aspect that there is not."""

from collections.abc import Iterator

from bot.catalogue.mistakes.content import Check, Content
from bot.catalogue.mistakes.part import Found
from bot.catalogue.models import ASPECTS


def find(content: Content) -> Iterator[Found]:
    for service in content.services:
        for guidance in service["guidance"].items():
            if guidance.name not in ASPECTS:
                yield guidance.found(
                    f'No aspect is called "{guidance.name}"', f"Use one of {', '.join(ASPECTS)}"
                )


CHECK = Check("guidance:aspect_unknown", find)
