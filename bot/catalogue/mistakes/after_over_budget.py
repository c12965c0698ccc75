"""What happens next, in more than two segments by text: the reference needs room beside it."""

from collections.abc import Iterator

from bot.catalogue.mistakes import budget
from bot.catalogue.mistakes.content import Check, Content
from bot.catalogue.mistakes.part import Found

MOST = 2


def find(content: Content) -> Iterator[Found]:
    yield from budget.said(content, "after", MOST)


CHECK = Check("after:over_budget", find)
