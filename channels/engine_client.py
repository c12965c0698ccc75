"""The only file that knows that the engine speaks HTTP, and what it speaks.

Whoever moves to another engine replaces this file. Silence is a failure: when a step raises or the action
server is down, Rasa answers 200 with an empty list.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import httpx

from actions.steps import Said
from bot.words import MalformedWords, from_json

Failure = Literal["down", "slow", "silent", "malformed", "refused"]


class EngineFailed(Exception):
    """The engine gave no words. `code` says how; trying again later may help with all of them."""

    def __init__(self, code: Failure) -> None:
        super().__init__(code)
        self.code = code


class Engine:
    """The engine behind one address."""

    def __init__(self, http: httpx.AsyncClient, url: str, token: str, timeout_seconds: float) -> None:
        self._http, self._url, self._token = http, url.rstrip("/"), token
        self._timeout = timeout_seconds

    async def ask(self, conversation: str, text: str, metadata: Mapping[str, Any]) -> Said:
        """The words that answer a text, and their language. Raises EngineFailed."""
        try:
            response = await self._http.post(
                f"{self._url}/webhooks/doorstep/webhook",
                json={"sender": conversation, "message": text, "metadata": dict(metadata)},
                headers={"Authorization": f"Bearer {self._token}"},
                timeout=httpx.Timeout(self._timeout, connect=1.0),
            )
        except httpx.TimeoutException as error:
            raise EngineFailed("slow") from error
        except httpx.HTTPError as error:
            raise EngineFailed("down") from error
        if response.status_code != 200:
            raise EngineFailed("refused")
        return _said(response, str(metadata["turn"]))

    async def ready(self) -> bool:
        """Whether the engine answers at all."""
        try:
            response = await self._http.get(f"{self._url}/health", timeout=2.0)
        except httpx.HTTPError:
            return False
        return response.status_code == 200


def _said(response: httpx.Response, turn: str) -> Said:
    try:
        customs = [message["custom"] for message in response.json() if message.get("custom")]
        mine = [custom for custom in customs if custom.get("turn") == turn]
        if not mine:
            raise EngineFailed("silent")
        return Said(from_json(mine[-1]["words"]), mine[-1]["language"])
    except (ValueError, KeyError, TypeError, AttributeError, MalformedWords) as error:
        raise EngineFailed("malformed") from error
