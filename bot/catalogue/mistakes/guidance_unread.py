"""Guidance whose page was last read too long ago to be trusted, or is said to be read on a day to come."""

from collections.abc import Iterator
from datetime import date

from bot.catalogue.mistakes.content import Check, Content
from bot.catalogue.mistakes.part import Found, Part

MONTHS = 18


def stale(read: date, on: date) -> bool:
    """Whether more than so many months went by, day for day."""
    gone = (on.year - read.year) * 12 + on.month - read.month
    return gone > MONTHS or (gone == MONTHS and on.day > read.day)


def read_on(part: Part, content: Content) -> Iterator[Found]:
    """What is wrong with the day on which a page was read."""
    read = part["read"]
    # A datetime is a date, too; it is mistyped, and compares with no date.
    if type(read.value) is not date:
        return
    if read.value > content.on:
        yield read.found(
            f'"{part.name}" says that its page was read on a day to come', "Write the day it was read"
        )
    elif stale(read.value, content.on):
        yield read.found(
            f'The page behind "{part.name}" was last read more than {MONTHS} months ago',
            "Read it again, correct what changed, and write today's date",
        )


def find(content: Content) -> Iterator[Found]:
    for service in content.services:
        for guidance in service["guidance"].items():
            yield from read_on(guidance, content)


CHECK = Check("guidance:unread", find)
