"""A key that stands twice in one place: YAML keeps the second and forgets the first, without a word."""

from collections.abc import Iterator

from bot.catalogue.mistakes.content import Check, Content
from bot.catalogue.mistakes.part import Found


def find(content: Content) -> Iterator[Found]:
    for root in content.roots:
        for place, line in root.file.repeated:
            yield Found(
                root.file.shown,
                line,
                f'"{root.at(place).shown(root)}" already stands further up, and only this one would count',
                "Keep one of them",
            )


CHECK = Check("key:repeated", find)
