"""A file that is not YAML. The other checks see nothing of it, so it is put right first."""

from collections.abc import Iterator

from bot.catalogue.mistakes.content import Check, Content
from bot.catalogue.mistakes.part import Found


def find(content: Content) -> Iterator[Found]:
    for broken in content.unreadable:
        yield Found(
            broken.shown,
            broken.line,
            f"This cannot be read: {broken.reason}",
            "Put it right here or just above",
        )


CHECK = Check("file:unreadable", find)
