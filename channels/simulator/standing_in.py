"""Twilio's REST API, as much of it as we call: texts that Doorstep sends first arrive at the phones of /try.

Only where no account is set: a development machine then needs none, and the same call reaches Twilio once
DOORSTEP_TWILIO_ACCOUNT_SID is.
"""

from __future__ import annotations

import base64
import secrets
from collections import defaultdict
from dataclasses import dataclass, field

from pydantic import SecretStr

from actions.settings import Settings

ACCOUNT = "AC" + "0" * 32
PATH = "/try/twilio"


def stand_in(settings: Settings) -> Settings:
    """The settings with which texts go to the phones of /try; unchanged in production or with an account."""
    if not settings.development or settings.twilio_account_sid:
        return settings
    served = f"http://{settings.host}:{settings.port}"
    return settings.model_copy(update={"twilio_account_sid": ACCOUNT, "twilio_api_url": f"{served}{PATH}"})


@dataclass(frozen=True)
class Pushed:
    """A text that Doorstep sent first."""

    sid: str
    body: str


@dataclass
class Inbox:
    """What arrived at each phone, until the gateway stops."""

    by_number: dict[str, list[Pushed]] = field(default_factory=lambda: defaultdict(list))

    def receive(self, to: str, body: str) -> Pushed:
        pushed = Pushed(f"SM{secrets.token_hex(16)}", body)
        self.by_number[to].append(pushed)
        return pushed

    def since(self, number: str, seen: int) -> list[Pushed]:
        return self.by_number[number][seen:] if number in self.by_number else []


def is_ours(authorization: str, token: SecretStr) -> bool:
    """Whether HTTP Basic credentials are the account's, as Twilio checks them."""
    expected = base64.b64encode(f"{ACCOUNT}:{token.get_secret_value()}".encode()).decode()
    return secrets.compare_digest(authorization, f"Basic {expected}")
