"""A rate with no amount in force on the day: services that borrow it cannot be shown."""

from collections.abc import Iterator
from datetime import date

from bot.catalogue.mistakes.content import Check, Content
from bot.catalogue.mistakes.differences import rates_in
from bot.catalogue.mistakes.part import Found


def find(content: Content) -> Iterator[Found]:
    for root in content.rates:
        for rate in rates_in(root):
            days = [entry["from"].value for entry in rate["amounts"].items()]
            dated = [day for day in days if type(day) is date]
            if dated and len(dated) == len(days) and min(dated) > content.on:
                yield rate["amounts"].found(
                    f'No amount of "{rate.name}" is in force yet: the first is from {min(dated)}',
                    "Add the one that is in force now",
                )


CHECK = Check("rate:not_in_force", find)
