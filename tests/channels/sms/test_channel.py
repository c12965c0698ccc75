"""The text channel: what it writes back, and what it sends first."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
import pytest

from actions.settings import Settings
from bot.catalogue import Catalogue
from bot.words import Ask, Say, Wording
from channels.channel import Address, Code, Dropped, Inbound, ProviderId, Pushes, Request, SendFailed, Status
from channels.sms.channel import SmsChannel

EMPTY = '<?xml version="1.0" encoding="UTF-8"?><Response />'
HELLO = (Say(Wording("Hello.")),)


@pytest.fixture
async def sms(settings: Settings, catalogue: Catalogue, twilio_api: Any) -> AsyncIterator[SmsChannel]:
    async with httpx.AsyncClient(timeout=5) as http:
        yield SmsChannel(settings.model_copy(update={"twilio_api_url": twilio_api.url}), catalogue, http)


def from_them(control: str | None) -> Inbound:
    return Inbound(ProviderId("SM1"), "+447700900123", "STOP", control=control)


async def test_it_can_reach_a_person_first(sms: SmsChannel) -> None:
    assert isinstance(sms, Pushes)


async def test_whoever_opts_out_hears_no_more(sms: SmsChannel) -> None:
    rendered = sms.write(HELLO, "en", from_them("opt_out"))
    assert (rendered.body, rendered.parts) == (EMPTY, ())
    assert rendered.dropped == (Dropped("say", "opted_out"),)


async def test_whoever_opts_in_is_answered(sms: SmsChannel) -> None:
    assert sms.write(HELLO, "en", from_them("opt_in")).parts == ("Hello.",)


async def test_what_a_text_costs_can_be_seen(sms: SmsChannel) -> None:
    rendered = sms.write((Ask("q", "text", Wording("Tŷ?")),), "cy")
    assert rendered.extras == {"segments": 1, "encoding": "UCS-2", "over_budget": False}


async def test_a_text_is_sent_first_from_the_councils_number(sms: SmsChannel, twilio_api: Any) -> None:
    sid = await sms.send(sms.write(HELLO, "en"), Address("+447700900123"), key="delivery-1")
    assert sid.startswith("SM")
    [message] = twilio_api.messages
    assert (message["From"], message["Body"]) == ("+447700900100", "Hello.")
    assert message["StatusCallback"] == "https://help.westmoor.example/channels/sms/twilio/status"


async def test_a_text_that_cannot_be_sent_says_why(sms: SmsChannel) -> None:
    with pytest.raises(SendFailed) as failed:
        await sms.send(sms.write(HELLO, "en"), Address("+447700900610"), key="delivery-1")
    assert (failed.value.code, failed.value.retry) == (Code.OPTED_OUT, False)


async def test_what_became_of_a_text_is_told_and_believed(
    settings: Settings, catalogue: Catalogue, twilio_api: Any
) -> None:
    with Webhook() as webhook:
        ours = settings.model_copy(update={"twilio_api_url": twilio_api.url, "public_url": webhook.url})
        async with httpx.AsyncClient(timeout=5) as http:
            sms = SmsChannel(ours, catalogue, http)
            sid = await sms.send(sms.write(HELLO, "en"), Address("+447700900003"), key="delivery-1")
        assert twilio_api.called_back() == [200, 200]
        told = [thing for request in webhook.requests for thing in sms.read(request)]
    assert told == [Status(sid, "sent"), Status(sid, "failed", "unreachable 30003")]


class Webhook:
    """A server that keeps what is posted to it, as our gateway would hand it to a channel."""

    def __init__(self) -> None:
        self.requests: list[Request] = []
        keep = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                headers = {name.lower(): value for name, value in self.headers.items()}
                keep.requests.append(Request("POST", keep.url + self.path, headers, body))
                self.send_response(200)
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:
                """A test's output is the test's."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Webhook:
        threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
        ).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
