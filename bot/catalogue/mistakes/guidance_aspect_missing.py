"""A service that says nothing on an aspect: a person who asks about it would get another answer."""

from collections.abc import Iterator

from bot.catalogue.mistakes.content import Check, Content
from bot.catalogue.mistakes.part import Found
from bot.catalogue.models import ASPECTS


def find(content: Content) -> Iterator[Found]:
    for service in content.services:
        for aspect in ASPECTS:
            if "guidance" in service and aspect not in service["guidance"]:
                yield service["guidance"].found(
                    f'There is no guidance on "{aspect}"', f"Add guidance.{aspect}"
                )


CHECK = Check("guidance:aspect_missing", find)
