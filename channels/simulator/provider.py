"""Twilio's part: it signs what a phone does and posts it to our real webhooks, as Twilio would.

What works against this works against Twilio unchanged: the webhooks cannot tell the two apart.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import httpx

from actions.settings import Settings
from channels.providers.twilio import sign

SMS, VOICE, STATUS = "/channels/sms/twilio", "/channels/voice/twilio", "/channels/sms/twilio/status"


class Unreachable(Exception):
    """Doorstep does not answer, or refused what we posted: the message says what to do."""


@dataclass(frozen=True)
class Answered:
    """A webhook's answer: the TwiML as it came, and how long it took, in milliseconds."""

    xml: str
    milliseconds: float


class Provider:
    """Twilio's part for one installation. `url` is where it really listens; what is signed is its public URL."""

    def __init__(self, settings: Settings, http: httpx.AsyncClient, url: str) -> None:
        self._http, self._url = http, url.rstrip("/")
        self._public = settings.address
        self._token = settings.twilio_auth_token.get_secret_value()
        self._account = settings.twilio_account_sid or "AC" + "0" * 32

    async def text(self, sender: str, to: str, body: str, *, media: int = 0, sid: str = "") -> Answered:
        """A text from a phone. Raises Unreachable."""
        form = {
            "MessageSid": sid or f"SM{secrets.token_hex(16)}",
            "AccountSid": self._account,
            "From": sender,
            "To": to,
            "Body": body,
            "NumMedia": str(media),
            "NumSegments": "1",
        }
        return await self._post(SMS, form)

    async def call(self, call: str, caller: str, to: str) -> Answered:
        """A call begins. Raises Unreachable."""
        return await self._post(VOICE, self._call(call, caller, to, "ringing"))

    async def heard(
        self, call: str, caller: str, to: str, action: str, *, speech: str = "", keys: str = ""
    ) -> Answered:
        """What a caller said or keyed after a <Gather>; neither is silence. Raises Unreachable."""
        form = self._call(call, caller, to, "in-progress")
        if speech:
            form |= {"SpeechResult": speech, "Confidence": "0.9"}
        if keys:
            form |= {"Digits": keys}
        whole = urlsplit(urljoin(f"{self._public}{VOICE}", action))
        return await self._post(f"{whole.path}?{whole.query}" if whole.query else whole.path, form)

    async def delivered(self, sid: str, to: str) -> Answered:
        """A pushed text reached the phone. Raises Unreachable."""
        form = {"MessageSid": sid, "MessageStatus": "delivered", "To": to, "AccountSid": self._account}
        return await self._post(STATUS, form)

    def _call(self, call: str, caller: str, to: str, status: str) -> dict[str, str]:
        return {
            "CallSid": call,
            "AccountSid": self._account,
            "From": caller,
            "To": to,
            "CallStatus": status,
            "Direction": "inbound",
            "ApiVersion": "2010-04-01",
        }

    async def _post(self, path: str, form: dict[str, str]) -> Answered:
        signature = sign(f"{self._public}{path}", form, self._token)
        try:
            response = await self._http.post(
                f"{self._url}{path}", data=form, headers={"X-Twilio-Signature": signature}, timeout=30.0
            )
        except httpx.HTTPError as error:
            raise Unreachable(f"Nothing answers at {self._url}. Start Doorstep first: make run.") from error
        if response.status_code == 403:
            raise Unreachable(
                f"{self._url} did not believe the signature: DOORSTEP_TWILIO_AUTH_TOKEN and "
                "DOORSTEP_PUBLIC_URL must be the same here and there."
            )
        if response.status_code >= 400:
            raise Unreachable(f"{self._url}{path} answered {response.status_code}: {response.text[:200]}")
        return Answered(response.text, response.elapsed.total_seconds() * 1000)


def new_call() -> str:
    """A call's id, as Twilio makes them."""
    return f"CA{secrets.token_hex(16)}"
