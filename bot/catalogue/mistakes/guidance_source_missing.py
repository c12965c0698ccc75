"""Guidance that does not say which page it comes from, that page's title, or when it was last read."""

from collections.abc import Iterator

from bot.catalogue.mistakes.content import Check, Content
from bot.catalogue.mistakes.differences import Difference
from bot.catalogue.mistakes.part import Found

NEEDED = {
    "source": "the address of the page",
    "title": "the title of the page",
    "read": "the day it was last read",
}


def lacks(difference: Difference) -> bool:
    """Whether a difference is this mistake."""
    if difference.key not in NEEDED or difference.how not in {"missing", "empty"}:
        return False
    around = difference.part.place if difference.how == "missing" else difference.part.place[:-1]
    return len(around) == 2 and around[0] == "guidance"


def find(content: Content) -> Iterator[Found]:
    for difference in content.differences:
        if lacks(difference):
            aspect = difference.where.rpartition(".")[2]
            yield difference.part.found(
                f'"{aspect}" does not say {NEEDED[difference.key]}', f"Add {aspect}.{difference.key}"
            )


CHECK = Check("guidance:source_missing", find)
