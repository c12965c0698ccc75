"""A group of rates that stands in two files: one would hide the other."""

from collections.abc import Iterator

from bot.catalogue.mistakes.content import Check, Content
from bot.catalogue.mistakes.part import Found, Part


def find(content: Content) -> Iterator[Found]:
    first: dict[str, Part] = {}
    for root in content.rates:
        for group in root.items():
            other = first.setdefault(group.name, group)
            if other.file is not group.file:
                yield group.found(
                    f'"{group.name}" also stands at {other.file.shown}:{other.line}', "Keep it in one file"
                )


CHECK = Check("rate:repeated", find)
