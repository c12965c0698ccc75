"""A value of another type than its key wants."""

from collections.abc import Iterator

from bot.catalogue.mistakes.content import Check, Content
from bot.catalogue.mistakes.part import Found


def find(content: Content) -> Iterator[Found]:
    for difference in content.differences:
        if difference.how == "mistyped":
            what = f'"{difference.key}" of {difference.where}' if difference.key else "This file"
            yield difference.part.found(f"{what} is not {difference.expected}", f"Write {difference.remedy}")


CHECK = Check("value:mistyped", find)
