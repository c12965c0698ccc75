"""When the worker comes back to a delivery. Pure: failure, attempts and the time in, the next time out."""

from __future__ import annotations

from datetime import datetime, timedelta

from actions.cases import NotTaken

FIRST = timedelta(seconds=5)
LONGEST = timedelta(minutes=10)
"""So that a system that comes back after an hour, or a day, has its cases within ten minutes."""
PATIENCE = timedelta(days=3)
"""A long weekend: after that a person must look."""
MESSAGE_PATIENCE = timedelta(days=1)
"""What was news yesterday puzzles today."""


def next_try(
    failure: NotTaken, attempts: int, since: datetime, now: datetime, patience: timedelta = PATIENCE
) -> datetime | None:
    """After a failure: 5 seconds, doubled each time, never more than 10 minutes; None once trying again cannot
    help, or patience is at an end.

    >>> from datetime import timezone
    >>> now = datetime(2026, 1, 5, 12, 0, tzinfo=timezone.utc)
    >>> next_try(NotTaken("busy", retry=True), 3, now, now) - now
    datetime.timedelta(seconds=20)
    >>> next_try(NotTaken("http_400", retry=False), 1, now, now) is None
    True
    """
    if not failure.retry or now - since >= patience:
        return None
    return now + _doubled(attempts)


def next_redeem(attempts: int, since: datetime, now: datetime) -> datetime | None:
    """When to ask again what a token stands for; None after three days."""
    return None if now - since >= PATIENCE else now + _doubled(attempts)


def next_question(since: datetime, now: datetime) -> datetime | None:
    """When to ask again how a case goes: every quarter of an hour on its first day, every hour in its first
    month, every day for a year; then nobody asks any more."""
    age = now - since
    if age < timedelta(days=1):
        return now + timedelta(minutes=15)
    if age < timedelta(days=30):
        return now + timedelta(hours=1)
    return now + timedelta(days=1) if age < timedelta(days=365) else None


def _doubled(attempts: int) -> timedelta:
    doublings = min(max(attempts - 1, 0), 10)
    return min(FIRST * (1 << doublings), LONGEST)
