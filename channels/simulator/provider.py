"""Twilio's part: it signs what a phone does and posts it to our real webhooks, as Twilio would.

What works against this works against Twilio unchanged: the webhooks cannot tell the two apart.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

import httpx

from actions.settings import Settings
from channels.providers.twilio import sign

SMS, VOICE, VOICE_STATUS = "/channels/sms/twilio", "/channels/voice/twilio", "/channels/voice/twilio/status"
NO_ACCOUNT = "AC" + "0" * 32
"""Stands for an account where none is set."""
PATIENCE_SECONDS = 30.0


class Unreachable(Exception):
    """Doorstep does not answer, or refused what we posted: the message says what to do."""


@dataclass(frozen=True)
class Answered:
    """A webhook's answer: what was posted, the TwiML as it came, and how long it took, in milliseconds."""

    path: str
    form: Mapping[str, str]
    signature: str
    xml: str
    milliseconds: float


@dataclass(frozen=True)
class Call:
    """One call: who calls whom, under an id as Twilio makes them."""

    caller: str
    to: str
    sid: str = field(default_factory=lambda: f"CA{secrets.token_hex(16)}")


class Provider:
    """Twilio's part for one installation. `url` is where it really listens; what is signed is its public URL."""

    def __init__(self, settings: Settings, http: httpx.AsyncClient, url: str) -> None:
        self._http, self._url = http, url.rstrip("/")
        self._public = settings.address
        self._token = settings.twilio_auth_token.get_secret_value()
        self._account = settings.twilio_account_sid or NO_ACCOUNT

    async def text(self, sender: str, to: str, body: str, *, media: int = 0) -> Answered:
        """A text from a phone, with so many pictures. Raises Unreachable."""
        # A message with media has another prefix.
        sid = f"{'MM' if media else 'SM'}{secrets.token_hex(16)}"
        form = {
            "MessageSid": sid,
            "SmsMessageSid": sid,
            "AccountSid": self._account,
            "From": sender,
            "To": to,
            "Body": body,
            "NumMedia": str(media),
            "NumSegments": "1",
            "SmsStatus": "received",
            "ApiVersion": "2010-04-01",
        }
        for number in range(media):
            kept = f"/2010-04-01/Accounts/{self._account}/Messages/{sid}/Media/ME{secrets.token_hex(16)}"
            form |= {
                f"MediaUrl{number}": f"https://api.twilio.com{kept}",
                f"MediaContentType{number}": "image/jpeg",
            }
        return await self._post(SMS, form)

    async def call(self, call: Call) -> Answered:
        """A call begins. Raises Unreachable."""
        return await self._post(VOICE, self._form(call, "ringing"))

    async def heard(self, call: Call, action: str, *, speech: str = "", keys: str = "") -> Answered:
        """What a caller said or keyed after a <Gather>; neither is silence. Raises Unreachable."""
        form = self._form(call, "in-progress")
        if speech:
            form |= {"SpeechResult": speech, "Confidence": "0.9"}
        if keys:
            form |= {"Digits": keys}
        return await self._post(self._path(action), form)

    async def redirected(self, call: Call, to: str) -> Answered:
        """The call goes on at another address of ours. Raises Unreachable."""
        return await self._post(self._path(to), self._form(call, "in-progress"))

    async def ended(self, call: Call) -> Answered:
        """The call is over, whoever hung up. Raises Unreachable."""
        return await self._post(VOICE_STATUS, self._form(call, "completed"))

    async def delivered(self, sid: str, to: str, callback: str) -> Answered:
        """A pushed text reached the phone; `callback` is the address that came with it. Raises Unreachable."""
        form = {"MessageSid": sid, "MessageStatus": "delivered", "To": to, "AccountSid": self._account}
        return await self._post(self._path(callback), form)

    def _form(self, call: Call, status: str) -> dict[str, str]:
        return {
            "CallSid": call.sid,
            "AccountSid": self._account,
            "From": call.caller,
            "To": call.to,
            "CallStatus": status,
            "Direction": "inbound",
            "ApiVersion": "2010-04-01",
        }

    def _path(self, address: str) -> str:
        """An address of ours, from TwiML, as the path and query that this Doorstep serves."""
        public = urlsplit(self._public)
        whole = urlsplit(urljoin(f"{self._public}{VOICE}", address))
        if whole.netloc != public.netloc:
            raise Unreachable(
                f"Twilio would go on at {whole.netloc}; these phones reach {public.netloc} alone."
            )
        path = whole.path.removeprefix(public.path)
        return f"{path}?{whole.query}" if whole.query else path

    async def _post(self, path: str, form: dict[str, str]) -> Answered:
        signature = sign(f"{self._public}{path}", form, self._token)
        began = time.perf_counter()
        try:
            response = await self._http.post(
                f"{self._url}{path}",
                data=form,
                headers={"X-Twilio-Signature": signature},
                timeout=PATIENCE_SECONDS,
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
        return Answered(path, form, signature, response.text, (time.perf_counter() - began) * 1000)
