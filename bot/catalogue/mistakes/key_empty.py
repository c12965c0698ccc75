"""A key with nothing after it."""

from collections.abc import Iterator

from bot.catalogue.mistakes import guidance_source_missing, welsh
from bot.catalogue.mistakes.content import Check, Content
from bot.catalogue.mistakes.part import Found


def find(content: Content) -> Iterator[Found]:
    for difference in content.differences:
        if difference.how != "empty" or welsh.lacks(difference) or guidance_source_missing.lacks(difference):
            continue
        if difference.part.place == ():
            yield difference.part.found("This file is empty", "Write it, or take the file away")
            continue
        yield difference.part.found(
            f'"{difference.key}" of {difference.where} has nothing after it',
            f"Write {difference.remedy}, or take the key away",
        )


CHECK = Check("key:empty", find)
