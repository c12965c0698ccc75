"""GeoReport v2 as servers really speak it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest
import structlog

from actions.cases import Delivery, NotTaken, Progress, Taken
from actions.systems.open311 import GeoReport, Open311, client
from actions.systems.open311.system import to_form
from tests.clock import Clock
from tests.peers.open311 import API_KEY, JURISDICTION, Open311Peer, Stored
from tests.sample import PHONE, PLACE

CLOCK = Clock()


@pytest.fixture
def peer() -> AsyncIterator[Open311Peer]:
    with Open311Peer(now=CLOCK).listening() as listening:
        yield listening  # type: ignore[misc]


@pytest.fixture
async def http() -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient() as made:
        yield made


def speaking_to(peer: Open311Peer, http: httpx.AsyncClient, api_key: str = API_KEY) -> Open311:
    return Open311(
        GeoReport(peer.url, http, api_key=api_key, jurisdiction=JURISDICTION), honours_key=False, now=CLOCK
    )


def delivery(service_code: str = "pothole", **shown: str) -> Delivery:
    shown = shown or {"address_string": PLACE, "description": "Deep"}
    return Delivery(
        key="k" * 32,
        reference="WM-7K2P-9XQ4-6",
        service="pothole",
        service_title="Report a pothole",
        recipient="roads team",
        system="open311",
        fields={"phone": PHONE},
        shown=shown,
        settings={"service_code": service_code},
        created=CLOCK(),
    )


def test_the_whole_request() -> None:
    given = delivery(address_string=PLACE, description="Deep", how_big="A plate", phone="07700 900123")
    assert to_form(given) == {
        "service_code": "pothole",
        "address_string": PLACE,
        "phone": PHONE,
        "description": "Deep\nHow big: A plate\nReference WM-7K2P-9XQ4-6",
    }


def test_a_place_by_another_name_serves_as_the_location() -> None:
    assert to_form(delivery(postcode="SW1A 1AA", bin="Recycling")) == {
        "service_code": "pothole",
        "address_string": "SW1A 1AA",
        "description": "Postcode: SW1A 1AA\nBin: Recycling\nReference WM-7K2P-9XQ4-6",
    }


def test_without_a_setting_the_service_is_its_own_code() -> None:
    assert to_form(replace(delivery(), settings={}))["service_code"] == "pothole"


async def test_attributes_go_where_the_service_takes_them(peer: Open311Peer, http: httpx.AsyncClient) -> None:
    given = delivery("measured", address_string=PLACE, **{"attribute[DEPTH]": "9"})
    assert isinstance(await speaking_to(peer, http).deliver(given), Taken)
    assert peer.requests[0].form["attribute[DEPTH]"] == "9"
    refused = await speaking_to(peer, http).deliver(replace(given, settings={"service_code": "pothole"}))
    assert isinstance(refused, NotTaken)
    assert (refused.code, refused.retry, refused.ambiguous) == ("open311:http_400", False, False)
    assert "no parameter of this service" in refused.detail


@pytest.mark.parametrize(
    ("given", "api_key", "code"),
    [
        (delivery(), "wrong", "open311:http_403"),
        (delivery("unheard_of"), API_KEY, "open311:http_404"),
        (delivery(description="nowhere"), API_KEY, "open311:http_400"),
    ],
)
async def test_a_refusal_is_final_and_says_what_the_server_said(
    peer: Open311Peer, http: httpx.AsyncClient, given: Delivery, api_key: str, code: str
) -> None:
    answer = await speaking_to(peer, http, api_key).deliver(given)
    assert isinstance(answer, NotTaken)
    assert (answer.code, answer.retry) == (code, False)
    assert answer.detail
    assert peer.requests == []


async def test_a_token_is_redeemed_when_the_batch_has_run(peer: Open311Peer, http: httpx.AsyncClient) -> None:
    system = speaking_to(peer, http)
    taken = await system.deliver(delivery("lamp"))
    assert taken == Taken(their_reference=None, token="token/1000", status="sent")
    assert await system.redeem("token/1000") is None
    peer.finish_tokens()
    assert await system.redeem("token/1000") == Taken(their_reference="1000", token="token/1000")


async def test_no_answer_may_have_arrived_and_is_found_again(
    peer: Open311Peer, http: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "TIMEOUT", httpx.Timeout(0.3))
    system = speaking_to(peer, http)
    answer = await system.deliver(delivery("slow"))
    assert isinstance(answer, NotTaken)
    assert (answer.code, answer.retry, answer.ambiguous) == ("open311:no_answer", True, True)
    assert await system.look_up(delivery("slow")) == Taken(their_reference="1000")


async def test_nobody_there_has_certainly_not_arrived(http: httpx.AsyncClient) -> None:
    with Open311Peer().listening() as gone:
        system = speaking_to(gone, http)
    answer = await system.deliver(delivery())
    assert isinstance(answer, NotTaken)
    assert (answer.code, answer.retry, answer.ambiguous) == ("open311:unreachable", True, False)


async def test_where_a_list_proves_nothing_nobody_claims_that_it_does(
    peer: Open311Peer, http: httpx.AsyncClient
) -> None:
    system = speaking_to(peer, http)
    batch = await system.look_up(delivery("lamp"))
    assert isinstance(batch, NotTaken)
    assert (batch.code, batch.retry, batch.ambiguous) == ("open311:cannot_look_up", False, True)
    form = {"service_code": "pothole", "description": "another"}
    peer.requests.extend(Stored(n, form, None, CLOCK()) for n in range(1000))
    full = await system.look_up(delivery())
    assert isinstance(full, NotTaken)
    assert (full.code, full.retry) == ("open311:list_cut_off", False)


async def test_a_window_never_spans_more_than_the_server_allows(
    peer: Open311Peer, http: httpx.AsyncClient
) -> None:
    old = replace(delivery(), created=CLOCK() - timedelta(days=200))
    assert await speaking_to(peer, http).look_up(old) is None


async def test_closed_is_closed_and_an_unknown_word_keeps_the_status_with_a_warning(
    peer: Open311Peer, http: httpx.AsyncClient
) -> None:
    system = speaking_to(peer, http)
    await system.deliver(delivery())
    await system.deliver(delivery("odd"))
    assert await system.progress("1000") == Progress("accepted", "open", None, "1000")
    with structlog.testing.capture_logs() as logs:
        assert await system.progress("1001") == Progress(None, "deliberating", None, "1001")
    assert logs == [
        {"event": "open311.unknown_status", "log_level": "warning", "request": "1001", "word": "deliberating"}
    ]
    peer.close_all("Filled")
    assert await system.progress("1000") == Progress("closed", "closed", "Filled", "1000")


async def test_an_object_where_an_array_should_be_is_read_all_the_same(
    peer: Open311Peer, http: httpx.AsyncClient
) -> None:
    peer.bare_objects = True
    system = speaking_to(peer, http)
    taken = await system.deliver(delivery())
    assert taken == Taken(their_reference="1000")
    assert await system.progress("1000") == Progress("accepted", "open", None, "1000")
    assert await system.look_up(delivery()) == taken


async def answered_by(response: bytes, http: httpx.AsyncClient) -> Taken | NotTaken:
    """What becomes of a delivery to a server that says just this."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"Reference")
        writer.write(response)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        system = Open311(GeoReport(f"http://127.0.0.1:{port}", http), honours_key=False, now=CLOCK)
        return await system.deliver(delivery())


def response(status: str, body: str) -> bytes:
    data = body.encode()
    return f"HTTP/1.1 {status}\r\nContent-Length: {len(data)}\r\nConnection: close\r\n\r\n".encode() + data


@pytest.mark.parametrize(
    ("said", "code", "retry", "ambiguous"),
    [
        (response("200 OK", "<html>Welcome</html>"), "open311:unreadable", True, True),
        (response("200 OK", "[]"), "open311:unreadable", True, True),
        (response("200 OK", "[1, 2]"), "open311:unreadable", True, True),
        (response("200 OK", '[{"service_request_id": null, "token": ""}]'), "open311:unreadable", True, True),
        (response("200 OK", '[{"code": 400, "description": "No"}]'), "open311:refused", False, False),
        (response("429 Slow down", ""), "open311:http_429", True, False),
        (response("500 Oh", "<h1>Oh</h1>"), "open311:http_500", True, True),
        (response("502 Bad", ""), "open311:http_502", True, True),
        (
            response("503 Busy", '{"errors": [{"code": 1, "description": "Later"}]}'),
            "open311:http_503",
            True,
            False,
        ),
        (response("302 Elsewhere", ""), "open311:http_302", False, False),
        (b"", "open311:no_answer", True, True),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n[{", "open311:no_answer", True, True),
    ],
)
async def test_what_servers_say_instead(
    http: httpx.AsyncClient, said: bytes, code: str, retry: bool, ambiguous: bool
) -> None:
    answer = await answered_by(said, http)
    assert isinstance(answer, NotTaken)
    assert (answer.code, answer.retry, answer.ambiguous) == (code, retry, ambiguous)


async def test_an_id_may_be_a_number_or_a_text(http: httpx.AsyncClient) -> None:
    for body in ('[{"service_request_id": 77}]', '{"service_requests": [{"service_request_id": "77"}]}'):
        assert await answered_by(response("201 Created", body), http) == Taken(their_reference="77")
