"""A key that stands twice in one place: YAML keeps the second and forgets the first, without a word."""

from collections.abc import Iterator

from bot.catalogue.files import Place
from bot.catalogue.mistakes.content import Check, Content
from bot.catalogue.mistakes.part import Found


def find(content: Content) -> Iterator[Found]:
    for root in content.roots:
        # All that is inside a part that stands twice does so, too.
        told: set[Place] = set()
        for place, line in sorted(root.file.repeated, key=lambda found: len(found[0])):
            if any(place[:length] in told for length in range(len(place))):
                continue
            told.add(place)
            yield Found(
                root.file.shown,
                line,
                f'"{root.at(place).shown(root)}" already stands further up, and only this one would count',
                "Keep one of them",
            )


CHECK = Check("key:repeated", find)
