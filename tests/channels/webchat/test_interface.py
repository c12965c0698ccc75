"""The JSON interface, as a page that draws its own chat uses it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from bot.words import Say, Wording
from tests.peers.turns import ScriptedTurns

CONVERSATIONS = "/channels/webchat/conversations"


@pytest.fixture
def opened(client: httpx.Client) -> dict[str, Any]:
    response = client.post(CONVERSATIONS, json={"language": "en"})
    assert response.status_code == 201
    return response.json()  # type: ignore[no-any-return]


def bearer(opened: dict[str, Any]) -> dict[str, str]:
    return {"authorization": f"Bearer {opened['token']}"}


def test_a_conversation_is_opened_and_greeted(opened: dict[str, Any]) -> None:
    assert opened["words"][0]["is"] == "Say"
    assert "Hello" in opened["html"][0]


def test_welsh_can_be_asked_for(client: httpx.Client) -> None:
    response = client.post(CONVERSATIONS, json={"language": "cy"}).json()
    assert response["language"] == "cy"
    assert "Helo" in response["html"][0]


def test_what_is_said_is_answered(client: httpx.Client, opened: dict[str, Any]) -> None:
    response = client.post(
        f"{CONVERSATIONS}/{opened['id']}/messages",
        json={"text": "my bin was missed", "turn": "1"},
        headers=bearer(opened),
    )
    assert response.status_code == 200
    body = response.json()
    assert [word["is"] for word in body["words"]] == ["Say", "Choose"]
    assert "page" not in body


def test_the_same_message_again_gives_the_same_reply(
    client: httpx.Client, turns: ScriptedTurns, opened: dict[str, Any]
) -> None:
    replies = [
        client.post(
            f"{CONVERSATIONS}/{opened['id']}/messages",
            json={"text": "my bin was missed", "turn": "1"},
            headers=bearer(opened),
        ).json()
        for _ in range(2)
    ]
    assert replies[0] == replies[1]


def test_another_persons_token_opens_nothing(
    client: httpx.Client, turns: ScriptedTurns, opened: dict[str, Any]
) -> None:
    other = client.post(CONVERSATIONS, json={}).json()
    taken = len(turns.taken)
    for path in ("messages", "events"):
        response = client.request(
            "POST" if path == "messages" else "GET",
            f"{CONVERSATIONS}/{opened['id']}/{path}",
            content=b'{"text": "hello"}' if path == "messages" else None,
            headers=bearer(other),
        )
        assert response.status_code == 403
    assert len(turns.taken) == taken


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b"[]", b'{"text": 3}'])
def test_a_malformed_message_is_400(client: httpx.Client, opened: dict[str, Any], body: bytes) -> None:
    response = client.post(f"{CONVERSATIONS}/{opened['id']}/messages", content=body, headers=bearer(opened))
    assert response.status_code == 400
    assert "error" in response.json()


def test_another_sites_form_cannot_open_conversations(client: httpx.Client, turns: ScriptedTurns) -> None:
    taken = len(turns.taken)
    assert (
        client.post(CONVERSATIONS, content=b"{}", headers={"content-type": "text/plain"}).status_code == 400
    )
    assert "access-control-allow-origin" not in client.post(CONVERSATIONS, json={}).headers
    assert len(turns.taken) == taken + 1


def test_an_empty_text_is_answered_by_the_house(client: httpx.Client, opened: dict[str, Any]) -> None:
    response = client.post(
        f"{CONVERSATIONS}/{opened['id']}/messages", json={"text": ""}, headers=bearer(opened)
    )
    assert response.status_code == 200
    assert response.json()["words"]


def test_what_we_send_first_arrives_on_the_stream(
    client: httpx.Client, turns: ScriptedTurns, opened: dict[str, Any]
) -> None:
    with client.stream("GET", f"{CONVERSATIONS}/{opened['id']}/events", headers=bearer(opened)) as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        events = _events(stream.iter_lines())
        first = next(events)
        turns.push(opened["id"], Say(Wording("Your bin was emptied today.")))
        second = next(events)
    assert "Hello" in first["entries"]
    assert "Your bin was emptied today." in second["entries"]
    assert second["mark"] != first["mark"]


def test_a_stream_that_is_taken_up_again_repeats_nothing(
    client: httpx.Client, turns: ScriptedTurns, opened: dict[str, Any]
) -> None:
    address = f"{CONVERSATIONS}/{opened['id']}/events"
    with client.stream("GET", address, headers=bearer(opened)) as stream:
        mark = next(_events(stream.iter_lines()))["mark"]
    turns.push(opened["id"], Say(Wording("Your bin was emptied today.")))
    with client.stream("GET", address, headers={**bearer(opened), "last-event-id": mark}) as stream:
        again = next(_events(stream.iter_lines()))
    assert "Your bin was emptied today." in again["entries"]


def _events(lines: Iterator[str]) -> Iterator[dict[str, Any]]:
    for line in lines:
        if line.startswith("data: "):
            yield json.loads(line.removeprefix("data: "))
