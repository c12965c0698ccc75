"""A rate whose page was last read too long ago, or on a day to come."""

from collections.abc import Iterator

from bot.catalogue.mistakes.content import Check, Content
from bot.catalogue.mistakes.differences import rates_in
from bot.catalogue.mistakes.guidance_unread import read_on
from bot.catalogue.mistakes.part import Found


def find(content: Content) -> Iterator[Found]:
    for root in content.rates:
        for rate in rates_in(root):
            yield from read_on(rate, content)


CHECK = Check("rate:unread", find)
