"""What content allows of an answer: `limits` read for one day."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from bot.catalogue import Question


def day(question: Question, name: str, today: date) -> date | None:
    """The day that `earliest` or `latest` means: an ISO date, `today`, or days from today.

    Raises ValueError for anything else: a mistake in content, never in what a person said.
    """
    value = question.limits.get(name)
    if value is None or isinstance(value, date):
        return value
    if value == "today":
        return today
    text = str(value)
    try:
        return today + timedelta(days=int(text))
    except ValueError:
        return date.fromisoformat(text)


def amount(question: Question, name: str) -> Decimal | None:
    """`most` or `least`. Raises ValueError for what is no number."""
    value = question.limits.get(name)
    if value is None:
        return None
    try:
        return Decimal(str(value))
    except ArithmeticError as error:
        raise ValueError(f"{name} of {question.id} is no number: {value!r}") from error


def longest(question: Question, otherwise: int) -> int:
    """How many characters an answer may have."""
    return int(str(question.limits.get("longest", otherwise)))
