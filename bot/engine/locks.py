"""One turn at a time per conversation, in the order of arrival.

Rasa's in-memory locks are asked again once a second, so a second message waits up to a second longer than
it must, and one that waited for a minute fails. Here it is woken when its turn comes. One process serves, so
memory is enough.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from rasa.core.lock_store import LockStore


class WaitingLockStore(LockStore):
    """An asyncio lock for each conversation under way; none is left behind."""

    def __init__(self, endpoint_config: Any = None) -> None:
        self._locks: dict[str, asyncio.Lock] = {}
        self._wanted: Counter[str] = Counter()

    @asynccontextmanager
    async def lock(self, conversation_id: str, *_: Any, **__: Any) -> AsyncIterator[None]:
        held = self._locks.setdefault(conversation_id, asyncio.Lock())
        self._wanted[conversation_id] += 1
        try:
            async with held:
                yield
        finally:
            self._wanted[conversation_id] -= 1
            if not self._wanted[conversation_id]:
                del self._wanted[conversation_id], self._locks[conversation_id]
