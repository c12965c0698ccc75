"""The gateway's action server, as Rasa reaches it: one connection that is kept, and an empty domain on the wire.

Stock Rasa opens a session and a connection for every action, and sends the whole domain with it.
"""

from __future__ import annotations

from typing import Any

import aiohttp
from rasa.utils.endpoints import ClientResponseError, EndpointConfig


class ActionServer(EndpointConfig):
    """An endpoint for Rasa's `action_endpoint`. `close` when the server stops."""

    def __init__(self, url: str, seconds: float = 30.0) -> None:
        # Among the endpoint's other settings Rasa looks for this one: the domain then goes along only with the
        # actions that ask for it, which none of ours does.
        super().__init__(url, enable_selective_domain=True)
        self._seconds = seconds
        self._session: aiohttp.ClientSession | None = None

    async def request(
        self,
        method: str = "post",
        subpath: str | None = None,
        content_type: str | None = "application/json",
        compress: bool = False,
        **kwargs: Any,
    ) -> Any:
        """What the action server answered. Raises ClientResponseError, or aiohttp's own errors."""
        if self._session is None:
            # The environment's proxies are not for loopback: aiohttp reads none unless told to.
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=self._seconds))
        # rasa-sdk 3.21 answers 449 to a call without a domain (executor.py, update_and_return_domain); an empty
        # one satisfies it, and none of our steps reads it.
        body = {"domain": {}, **kwargs["json"]}
        async with self._session.post(self.url, json=body) as response:
            if response.status >= 400:
                raise ClientResponseError(response.status, response.reason, await response.text())
            return await response.json(content_type=None)

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None
