"""Limits that no kind of answer understands, or that leave no answer at all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from bot.catalogue.mistakes.content import Check, Content
from bot.catalogue.mistakes.part import Found, Part

DAYS = ("earliest", "latest")
NUMBERS = ("least", "most")
LENGTHS = ("longest",)


def find(content: Content) -> Iterator[Found]:
    for service in content.services:
        for question in service["questions"].items():
            limits = question["limits"]
            for limit in limits.items():
                yield from _one(limit, content.on)
            for low, high in (DAYS, NUMBERS):
                bounds = [_bound(limits[key], content.on) for key in (low, high)]
                if bounds[0] is not None and bounds[1] is not None and bounds[0] > bounds[1]:
                    yield limits.found(
                        f'"{low}" is more than "{high}": no answer would do', "Swap or correct them"
                    )


def _one(limit: Part, on: date) -> Iterator[Found]:
    if limit.name not in (*DAYS, *NUMBERS, *LENGTHS):
        known = ", ".join((*DAYS, *NUMBERS, *LENGTHS))
        yield limit.found(f'Nothing limits an answer by "{limit.name}"', f"Use one of {known}")
    elif limit.name in DAYS and _day(limit.value, on) is None:
        yield limit.found(
            f'"{limit.value}" is no day to limit an answer by',
            "Write today, a date such as 2026-01-12, or a number of days from today such as -14",
        )
    elif limit.name in NUMBERS and type(limit.value) not in {int, float}:
        yield limit.found(f'"{limit.name}" is not a number', "Write a number, without quotes")
    elif limit.name in LENGTHS and (type(limit.value) is not int or limit.value < 1):
        yield limit.found(
            f'"{limit.name}" is not a number of characters', "Write a whole number, without quotes"
        )


def _bound(limit: Part, on: date) -> float | None:
    if limit.name in DAYS:
        day = _day(limit.value, on)
        return day.toordinal() if day else None
    return limit.value if type(limit.value) in {int, float} else None


def _day(value: object, on: date) -> date | None:
    if value == "today":
        return on
    if type(value) is date:
        return value
    if type(value) is int:
        try:
            return on + timedelta(days=value)
        except OverflowError:
            return None
    return None


CHECK = Check("question:limits_wrong", find)
