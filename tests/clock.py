"""A clock that stands still until it is moved."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone


class Clock:
    """Call it for the time."""

    def __init__(self, now: datetime = datetime(2026, 1, 12, 9, 0, tzinfo=timezone.utc)) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **how_far: float) -> datetime:
        """`forward(minutes=10)`; gives the new time."""
        self.now += timedelta(**how_far)
        return self.now
