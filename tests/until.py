"""Waiting for what must become true, and no longer."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def until(condition: Callable[[], T], seconds: float = 60.0) -> T:
    """The condition's value as soon as it is true; fails when the time is over."""
    end = time.monotonic() + seconds
    while not (value := condition()):
        assert time.monotonic() < end, "it did not become true in time"
        time.sleep(0.02)
    return value


async def soon(condition: Callable[[], T], seconds: float = 60.0) -> T:
    """The same, on an event loop."""
    end = time.monotonic() + seconds
    while not (value := condition()):
        assert time.monotonic() < end, "it did not become true in time"
        await asyncio.sleep(0.02)
    return value
