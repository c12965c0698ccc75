"""Guidance that costs more than two segments by text."""

from collections.abc import Iterator

from bot.catalogue.mistakes import budget
from bot.catalogue.mistakes.content import Check, Content
from bot.catalogue.mistakes.part import Found

MOST = 2


def find(content: Content) -> Iterator[Found]:
    yield from budget.said(content, "guidance", MOST)


CHECK = Check("guidance:over_budget", find)
