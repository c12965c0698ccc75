"""People with phones and browsers, in a test's hands: they post what a provider would, signed."""

from __future__ import annotations

import itertools
import re
import secrets
from dataclasses import dataclass, field

import httpx

from channels.providers.twilio import sign
from channels.simulator import twiml
from journeys.stack import Stack

_numbers = itertools.count(100)
REFERENCE = re.compile(r"WM-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]")


@dataclass
class Mobile:
    """Somebody who texts."""

    stack: Stack
    number: str = field(default_factory=lambda: f"+447700900{next(_numbers)}")

    def post(self, body: str, *, sid: str = "", token: str = "", **extra: str) -> httpx.Response:
        form = {
            "MessageSid": sid or f"SM{secrets.token_hex(16)}",
            "AccountSid": "AC" + "0" * 32,
            "From": self.number,
            "To": "+447700900100",
            "Body": body,
            "NumMedia": "0",
            **extra,
        }
        path = "/channels/sms/twilio"
        signature = sign(f"{self.stack.url}{path}", form, token or "journeys")
        return self.stack.http.post(path, data=form, headers={"X-Twilio-Signature": signature})

    def text(self, body: str, **extra: str) -> str:
        """What comes back, as one string."""
        response = self.post(body, **extra)
        assert response.status_code == 200, response.text
        return "\n".join(twiml.texts(response.text))

    def inbox(self) -> list[str]:
        """The texts that Doorstep sent first."""
        found = self.stack.http.get("/try/inbox", params={"number": self.number}).json()
        return [text["text"] for text in found]


@dataclass
class Telephone:
    """Somebody who calls."""

    stack: Stack
    caller: str = "+441632960789"
    call: str = field(default_factory=lambda: f"CA{secrets.token_hex(16)}")
    waits: twiml.Gather | None = None

    def dial(self) -> str:
        return self._post("/channels/voice/twilio", {})

    def say(self, speech: str) -> str:
        return self._after_gather({"SpeechResult": speech, "Confidence": "0.9"})

    def key(self, digits: str) -> str:
        return self._after_gather({"Digits": digits})

    def say_nothing(self) -> str:
        return self._after_gather({})

    def _after_gather(self, extra: dict[str, str]) -> str:
        assert self.waits is not None, "the call does not listen any more"
        action = self.waits.action.removeprefix(self.stack.url)
        return self._post(action, extra)

    def _post(self, path: str, extra: dict[str, str]) -> str:
        form = {
            "CallSid": self.call,
            "AccountSid": "AC" + "0" * 32,
            "From": self.caller,
            "To": "+441632960100",
            "CallStatus": "in-progress",
            "Direction": "inbound",
            **extra,
        }
        signature = sign(f"{self.stack.url}{path}", form, "journeys")
        response = self.stack.http.post(path, data=form, headers={"X-Twilio-Signature": signature})
        assert response.status_code == 200, response.text
        self.heard = twiml.call(response.text)
        self.waits = self.heard.gather
        return "\n".join(spoken.text for spoken in self.heard.spoken)


def reference_in(text: str) -> str:
    """The reference that a reply gives."""
    found = REFERENCE.search(text)
    assert found is not None, f"no reference in: {text}"
    return found[0]
