"""Twilio's REST API, as much of it as we call: texts that Doorstep sends first arrive at the phones of /try.

Only where no account is set: a development machine then needs none, and the same call reaches Twilio once
DOORSTEP_TWILIO_ACCOUNT_SID is. Codes: https://www.twilio.com/docs/api/errors, read on 25 November 2026.
"""

from __future__ import annotations

import asyncio
import base64
import re
import secrets
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

import structlog
from pydantic import SecretStr
from sanic import Blueprint, HTTPResponse, Request
from sanic.response import json

from actions.settings import Settings
from channels.simulator.provider import NO_ACCOUNT, Provider, Unreachable
from channels.simulator.twiml import LONGEST_TEXT
from channels.sms.twilio import ANSWER_AND_OPT_IN, OPT_IN_WORDS, OPT_OUT_WORDS

log = structlog.get_logger(__name__)

PATH = "/try/twilio"
ON_THE_WAY_SECONDS = 0.5
_E164 = re.compile(r"\+[1-9]\d{6,14}")


def stand_in(settings: Settings) -> Settings:
    """The settings with which texts go to the phones of /try; unchanged in production or with an account."""
    if not settings.development or settings.twilio_account_sid:
        return settings
    return settings.model_copy(
        update={"twilio_account_sid": NO_ACCOUNT, "twilio_api_url": f"{served(settings)}{PATH}"}
    )


def served(settings: Settings) -> str:
    """Where this machine reaches the gateway, whatever name others know it by."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.host, settings.host)  # noqa: S104
    return f"http://{f'[{host}]' if ':' in host else host}:{settings.port}"


@dataclass(frozen=True)
class Pushed:
    """A text that Doorstep sent first."""

    sid: str
    body: str


@dataclass
class Inbox:
    """What arrived at each phone, and who wants no more of it, until the gateway stops."""

    by_number: dict[str, list[Pushed]] = field(default_factory=lambda: defaultdict(list))
    opted_out: set[str] = field(default_factory=set)

    def receive(self, to: str, body: str) -> Pushed:
        pushed = Pushed(f"SM{secrets.token_hex(16)}", body)
        self.by_number[to].append(pushed)
        return pushed

    def after(self, number: str, seen: str) -> list[Pushed]:
        """What arrived since the text of that id; everything where the id is not known."""
        held = self.by_number.get(number, [])
        at = next((index for index, pushed in enumerate(held, start=1) if pushed.sid == seen), 0)
        return held[at:]

    def texted(self, sender: str, body: str) -> bool:
        """Take note of STOP and START, which Twilio acts on and answers by itself. True if this was one."""
        word = body.strip().upper()
        if word in OPT_OUT_WORDS:
            self.opted_out.add(sender)
            return True
        back = sender in self.opted_out and (word in OPT_IN_WORDS or word == ANSWER_AND_OPT_IN)
        if back:
            self.opted_out.discard(sender)
        return back


def is_ours(authorization: str, token: SecretStr) -> bool:
    """Whether HTTP Basic credentials are the account's, as Twilio checks them."""
    expected = base64.b64encode(f"{NO_ACCOUNT}:{token.get_secret_value()}".encode())
    return secrets.compare_digest(authorization.encode(), b"Basic " + expected)


def refusal(form: Mapping[str, str], inbox: Inbox) -> tuple[int, str] | None:
    """The code and the words with which Twilio refuses to send this, if it does."""
    to, body = form.get("To", ""), form.get("Body", "")
    if not to:
        return 21604, "A 'To' phone number is needed."
    if not _E164.fullmatch(to):
        return 21211, "The 'To' number is no phone number."
    if not form.get("From"):
        return 21603, "A 'From' phone number is needed."
    if not body:
        return 21602, "A message needs a body."
    if len(body) > LONGEST_TEXT:
        return 21617, f"The body is longer than {LONGEST_TEXT} characters."
    if to in inbox.opted_out:
        return 21610, "This person opted out."
    return None


def add_to(made: Blueprint, settings: Settings, provider: Provider, inbox: Inbox) -> None:
    """The one call of Twilio's REST API that Doorstep makes."""
    # Kept, or they might be collected before they ran.
    under_way: set[asyncio.Task[None]] = set()

    @made.after_server_stop
    async def stop(*_: object) -> None:
        for task in under_way:
            task.cancel()

    @made.post("/twilio/2010-04-01/Accounts/<account:str>/Messages.json")
    async def messages(request: Request, account: str) -> HTTPResponse:
        if not is_ours(request.headers.get("authorization", ""), settings.twilio_auth_token):
            return _refused(401, 20003, "Authenticate")
        form = {name: values[-1] for name, values in (request.form or {}).items()}
        refused = refusal(form, inbox)
        if refused is not None:
            return _refused(400, *refused)
        received = inbox.receive(form["To"], form["Body"])
        if callback := form.get("StatusCallback"):
            task = asyncio.create_task(_tell_delivered(provider, received.sid, form["To"], callback))
            under_way.add(task)
            task.add_done_callback(under_way.discard)
        answer = {"sid": received.sid, "status": "queued", "to": form["To"], "account_sid": account}
        return json(answer, status=201)


def _refused(status: int, code: int, message: str) -> HTTPResponse:
    return json({"code": code, "message": message, "status": status}, status=status)


async def _tell_delivered(provider: Provider, sid: str, to: str, callback: str) -> None:
    await asyncio.sleep(ON_THE_WAY_SECONDS)
    try:
        await provider.delivered(sid, to, callback)
    except Unreachable as error:
        log.warning("try.status_not_taken", reason=str(error))
