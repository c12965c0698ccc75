"""A key that must be there and is not. Missing Welsh, and a missing source, are mistakes of their own."""

from collections.abc import Iterator

from bot.catalogue.mistakes import guidance_source_missing, welsh
from bot.catalogue.mistakes.content import Check, Content
from bot.catalogue.mistakes.part import Found


def find(content: Content) -> Iterator[Found]:
    for difference in content.differences:
        if (
            difference.how != "missing"
            or welsh.lacks(difference)
            or guidance_source_missing.lacks(difference)
        ):
            continue
        yield difference.part.found(
            f'"{difference.key}" is missing from {difference.where}', f"Add {difference.key}"
        )


CHECK = Check("key:missing", find)
