"""The engine's one way in: `POST /webhooks/doorstep/webhook`, for who has the token.

    {"sender": conversation, "message": text, "metadata": {...}}  →  [{"custom": {...}}, ...]

Nothing else of Rasa is served. What a person writes is text, whatever it starts with. An action that failed
is a 502 and not, as in Rasa's own REST channel, an empty list: silence must not pass for a reply.
"""

from __future__ import annotations

import hmac
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

log = logging.getLogger(__name__)


class DoorstepInput(InputChannel):
    """The gateway's channel into Rasa."""

    def __init__(self, token: str) -> None:
        if not token:
            raise ValueError("the engine's channel needs a token")
        self._expected = f"Bearer {token}".encode()

    @classmethod
    def name(cls) -> str:
        return "doorstep"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        webhook = Blueprint("doorstep_webhook")

        @webhook.post("/webhook")
        async def receive(request: Request) -> HTTPResponse:
            given = request.headers.get("authorization", "").encode()
            if not hmac.compare_digest(given, self._expected):
                return response.json({"error": "unauthorised"}, status=401)
            message = _message(request)
            if message is None:
                return response.json({"error": "malformed"}, status=400)
            try:
                await on_new_message(message)
            except Exception:
                # The traceback names code and never the message: what people write stays out of the log.
                log.exception("turn failed in conversation %s", message.sender_id)
                return response.json({"error": "turn_failed"}, status=500)
            said = [{"custom": one["custom"]} for one in message.output_channel.messages if "custom" in one]
            if not said:
                return response.json({"error": "action_failed"}, status=502)
            return response.json(said)

        return webhook


class _Collector(CollectingOutputChannel):
    """Keeps the custom messages as they came."""

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        if message.get("custom"):
            self.messages.append({"custom": message["custom"]})
        else:
            log.warning("a step said something that is not words: %s", sorted(message))


def _message(request: Request) -> UserMessage | None:
    try:
        body = request.json
    except Exception:  # noqa: BLE001 - Sanic's InvalidUsage, and what its JSON reader may raise
        return None
    if not isinstance(body, dict):
        return None
    sender, text, metadata = body.get("sender"), body.get("message"), body.get("metadata")
    if not (isinstance(sender, str) and sender and isinstance(text, str) and isinstance(metadata, dict)):
        return None
    return UserMessage(text, _Collector(), sender, input_channel=DoorstepInput.name(), metadata=metadata)
