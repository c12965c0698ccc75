"""Twilio's part signs as Twilio does, says what went wrong, and goes nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qsl

import httpx
import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st
from pydantic import SecretStr
from twilio.request_validator import RequestValidator

from actions.settings import Settings
from channels.simulator import twiml
from channels.simulator.calls import play
from channels.simulator.provider import Call, Provider, Unreachable

PUBLIC, HERE, TOKEN = "https://help.westmoor.example", "http://127.0.0.1:8000", "the-auth-token"
CALL = Call("+441632960789", "+441632960100")
Answer = Callable[[httpx.Request], httpx.Response]


def provider(answer: Answer, public: str = PUBLIC) -> Provider:
    settings = Settings(_env_file=None, public_url=public, twilio_auth_token=SecretStr(TOKEN))  # type: ignore[call-arg]
    return Provider(settings, httpx.AsyncClient(transport=httpx.MockTransport(answer)), HERE)


class Webhook:
    """Notes what came, and answers with each reply in turn."""

    def __init__(self, *replies: str) -> None:
        self.requests: list[httpx.Request] = []
        self._replies = list(replies) or ["<Response/>"]

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        reply = self._replies.pop(0) if len(self._replies) > 1 else self._replies[0]
        return httpx.Response(200, text=reply, extensions={})

    @property
    def form(self) -> dict[str, str]:
        return dict(parse_qsl(self.requests[-1].content.decode(), keep_blank_values=True))

    def genuine(self, public: str = PUBLIC) -> bool:
        """Whether Twilio's own library takes the last request for Twilio's."""
        request = self.requests[-1]
        url = public + request.url.raw_path.decode()
        return bool(RequestValidator(TOKEN).validate(url, self.form, request.headers["X-Twilio-Signature"]))


@examples(max_examples=50, deadline=None)
@given(st.text(max_size=400))
async def test_twilios_own_library_believes_a_text_whatever_it_says(body: str) -> None:
    webhook = Webhook()
    # Half of a pair of surrogates is nothing that a telephone can send.
    body = body.encode("utf-8", "ignore").decode()
    await provider(webhook).text("+447700900123", "+447700900100", body)
    assert webhook.form["Body"] == body
    assert webhook.genuine()


async def test_twilios_own_library_believes_every_step_of_a_call() -> None:
    webhook = Webhook()
    phone = provider(webhook)
    await phone.call(CALL)
    assert webhook.form["CallStatus"] == "ringing"
    assert webhook.genuine()
    await phone.heard(CALL, "/channels/voice/twilio/turn?turn=1&keys=pbr&language=cy", keys="25*")
    assert webhook.form["Digits"] == "25*"
    assert webhook.genuine()
    await phone.heard(CALL, f"{PUBLIC}/channels/voice/twilio/turn?turn=2", speech="a missed bin")
    assert webhook.form["SpeechResult"] == "a missed bin"
    assert webhook.genuine()
    await phone.ended(CALL)
    assert webhook.form["CallStatus"] == "completed"
    assert webhook.genuine()


async def test_silence_has_neither_keys_nor_speech() -> None:
    webhook = Webhook()
    await provider(webhook).heard(CALL, "/channels/voice/twilio/turn?turn=1")
    assert not {"Digits", "SpeechResult"} & set(webhook.form)


async def test_a_picture_message_names_its_pictures() -> None:
    webhook = Webhook()
    await provider(webhook).text("+447700900123", "+447700900100", "", media=2)
    assert webhook.form["NumMedia"] == "2"
    assert webhook.form["MessageSid"].startswith("MM")
    assert webhook.form["MediaContentType1"] == "image/jpeg"
    assert webhook.form["MediaUrl1"].startswith("https://api.twilio.com/")
    assert webhook.genuine()


async def test_a_public_address_with_a_path_is_signed_whole_and_served_without_it() -> None:
    public, webhook = f"{PUBLIC}/doorstep", Webhook()
    await provider(webhook, public).heard(CALL, "/doorstep/channels/voice/twilio/turn?turn=1")
    assert webhook.requests[-1].url.path == "/channels/voice/twilio/turn"
    assert webhook.genuine(public)


async def test_a_call_that_would_go_on_elsewhere_is_told_and_not_made() -> None:
    webhook = Webhook()
    with pytest.raises(Unreachable, match=r"elsewhere\.example"):
        await provider(webhook).heard(CALL, "https://elsewhere.example/turn")
    assert webhook.requests == []


async def test_a_refused_signature_names_the_settings_that_differ() -> None:
    with pytest.raises(Unreachable, match=r"DOORSTEP_TWILIO_AUTH_TOKEN and DOORSTEP_PUBLIC_URL"):
        await provider(lambda _: httpx.Response(403, text="signature_wrong")).call(CALL)


async def test_where_nothing_answers_it_says_how_to_start_doorstep() -> None:
    def nobody(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused", request=request)

    with pytest.raises(Unreachable, match="make run"):
        await provider(nobody).call(CALL)


async def test_a_failure_is_told_with_its_status() -> None:
    with pytest.raises(Unreachable, match="500: it broke"):
        await provider(lambda _: httpx.Response(500, text="it broke")).call(CALL)


async def test_a_call_that_is_sent_on_is_followed_and_all_of_it_is_heard() -> None:
    webhook = Webhook(
        "<Response><Say>Wait.</Say><Redirect>/channels/voice/twilio?again=1</Redirect></Response>",
        "<Response><Say>Hello.</Say><Gather action='/channels/voice/twilio/turn?turn=1'/></Response>",
    )
    phone = provider(webhook)
    played = await play(phone, CALL, await phone.call(CALL))
    assert [spoken.text for spoken in played.heard.spoken] == ["Wait.", "Hello."]
    assert played.heard.gather is not None
    assert webhook.genuine()


async def test_a_call_that_is_sent_round_in_circles_ends() -> None:
    webhook = Webhook("<Response><Redirect>/channels/voice/twilio</Redirect></Response>")
    phone = provider(webhook)
    with pytest.raises(twiml.NotTwiML, match="never gets anywhere"):
        await play(phone, CALL, await phone.call(CALL))
