"""There is no council.yml: nobody would know whose assistant this is."""

from collections.abc import Iterator

from bot.catalogue.mistakes.content import Check, Content
from bot.catalogue.mistakes.part import Found


def find(content: Content) -> Iterator[Found]:
    unread = {broken.shown for broken in content.unreadable}
    if content.council is None and content.council_shown not in unread:
        yield Found(
            content.council_shown,
            1,
            "There is no such file",
            "Add it with the council's name, phone and hours",
        )


CHECK = Check("file:missing", find)
