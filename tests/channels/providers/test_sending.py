"""Sending a text, against a server that behaves as Twilio's Messages API does."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from channels.channel import Address, Code, SendFailed
from channels.providers.twilio import Account, send_text

STATUS_URL = "http://127.0.0.1:9/channels/sms/twilio/status"


@pytest.fixture
async def http() -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(timeout=5) as client:
        yield client


async def send(http: httpx.AsyncClient, twilio: Any, to: str, body: str = "Hello", **account: str) -> str:
    who = {"sid": twilio.sid, "token": twilio.token, "api_url": twilio.url, **account}
    return await send_text(
        http,
        Account(**who),
        sender="+447700900100",
        to=Address(to),
        body=body,
        status_url=STATUS_URL,
    )


async def failure(*args: Any, **kwargs: Any) -> tuple[Code, bool, str]:
    with pytest.raises(SendFailed) as failed:
        await send(*args, **kwargs)
    return failed.value.code, failed.value.retry, failed.value.detail


async def test_a_text_is_taken(http: httpx.AsyncClient, twilio_api: Any) -> None:
    sid = await send(http, twilio_api, "+447700900123", "Mae’r tŷ & <b>")
    assert sid.startswith("SM")
    [message] = twilio_api.messages
    assert message == {
        "To": "+447700900123",
        "From": "+447700900100",
        "Body": "Mae’r tŷ & <b>",
        "StatusCallback": STATUS_URL,
    }


async def test_whoever_opted_out_gets_nothing(http: httpx.AsyncClient, twilio_api: Any) -> None:
    assert await failure(http, twilio_api, "+447700900610") == (Code.OPTED_OUT, False, "21610")


async def test_one_call_too_many_may_be_made_again(http: httpx.AsyncClient, twilio_api: Any) -> None:
    assert await failure(http, twilio_api, "+447700900429") == (Code.RATE_LIMITED, True, "20429")
    assert await send(http, twilio_api, "+447700900429")


async def test_a_service_that_is_down_may_be_called_again(http: httpx.AsyncClient, twilio_api: Any) -> None:
    assert await failure(http, twilio_api, "+447700900503") == (Code.PROVIDER_DOWN, True, "http_503")


async def test_a_line_that_breaks_may_be_tried_again(http: httpx.AsyncClient, twilio_api: Any) -> None:
    code, retry, _ = await failure(http, twilio_api, "+447700900408")
    assert (code, retry) == (Code.PROVIDER_DOWN, True)
    assert len(twilio_api.messages) == 1


async def test_nobody_at_that_address(http: httpx.AsyncClient, twilio_api: Any) -> None:
    failed = await failure(http, twilio_api, "+447700900123", api_url="http://127.0.0.1:9")
    assert failed == (Code.PROVIDER_DOWN, True, "ConnectError")


async def test_a_wrong_token_is_not_tried_again(http: httpx.AsyncClient, twilio_api: Any) -> None:
    failed = await failure(http, twilio_api, "+447700900123", token="wrong")
    assert failed == (Code.NOT_AUTHORISED, False, "20003")


async def test_without_an_account_nothing_is_called(http: httpx.AsyncClient, twilio_api: Any) -> None:
    failed = await failure(http, twilio_api, "+447700900123", sid="")
    assert failed == (Code.NOT_AUTHORISED, False, "no_account")


@pytest.mark.parametrize("to", ["", "80808", "HMRC", "+266696687", "07700900123", "+44", "anonymous"])
async def test_what_is_no_number_is_not_called(http: httpx.AsyncClient, twilio_api: Any, to: str) -> None:
    assert await failure(http, twilio_api, to) == (Code.NOT_A_NUMBER, False, "not_e164")
    assert not twilio_api.messages


async def test_a_code_that_we_do_not_know_is_tried_again(http: httpx.AsyncClient, twilio_api: Any) -> None:
    failed = await failure(http, twilio_api, "+447700900123", "x" * 1601)
    assert failed == (Code.UNRECOGNISED, True, "21617")
