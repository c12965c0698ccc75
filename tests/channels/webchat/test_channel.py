"""What the web chat reads, refuses and writes."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.words import Choose, Link, Option, Problem, Say, Wording, from_json
from channels.channel import Inbound, Refused
from channels.webchat.channel import WebChat

CHAT = "k" * 32


def test_a_message_is_read(channel: WebChat, request_to: Any) -> None:
    [inbound] = channel.read(request_to(CHAT, b'{"text": "my bin was missed", "turn": "t1"}'))
    assert isinstance(inbound, Inbound)
    assert (inbound.conversation, inbound.text, inbound.reply_to) == (CHAT, "my bin was missed", None)


def test_the_same_message_twice_has_one_id(channel: WebChat, request_to: Any) -> None:
    body = b'{"text": "yes", "turn": "t1"}'
    assert channel.read(request_to(CHAT, body)) == channel.read(request_to(CHAT, body))
    [one], [other] = (channel.read(request_to(CHAT, b'{"text": "yes"}')) for _ in range(2))
    assert one.provider_id != other.provider_id  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("headers", "why"),
    [
        ({"authorization": ""}, "no token"),
        ({"authorization": "Bearer"}, "an empty token"),
        ({"authorization": "Bearer abc"}, "a wrong token"),
        ({"authorization": "Basic abc"}, "another scheme"),
        ({"authorization": "Bearer \u0175"}, "a token beyond ASCII"),
        ({"authorization": "", "cookie": "__Host-doorstep_chat=x.y"}, "a forged cookie"),
        ({"authorization": "", "cookie": "\x00;;="}, "a cookie that cannot be read"),
    ],
)
def test_a_forged_message_is_refused(
    channel: WebChat, request_to: Any, headers: dict[str, str], why: str
) -> None:
    with pytest.raises(Refused) as refused:
        channel.read(request_to(CHAT, b'{"text": "yes"}', **headers))
    assert refused.value.status == 403


def test_a_cookie_alone_is_not_enough_to_speak(channel: WebChat, request_to: Any) -> None:
    cookie = f"{channel.keys.cookie}={channel.keys.cookie_value(CHAT)}"
    with pytest.raises(Refused) as refused:
        channel.read(request_to(CHAT, b'{"text": "yes"}', authorization="", cookie=cookie))
    assert refused.value.status == 403
    request = request_to(
        CHAT, b'{"text": "yes"}', authorization="", cookie=cookie, x_csrf_token=channel.keys.csrf(CHAT)
    )
    assert channel.read(request)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[]",
        b'"yes"',
        b"{}",
        b'{"text": 1}',
        b'{"text": null}',
        b'{"text": "a", "turn": 1}',
        b"[" * 5000,
    ],
)
def test_a_malformed_message_is_refused(channel: WebChat, request_to: Any, body: bytes) -> None:
    with pytest.raises(Refused) as refused:
        channel.read(request_to(CHAT, body))
    assert refused.value.status == 400


def test_words_are_written_as_markup_and_as_words(channel: WebChat) -> None:
    words = (Say(Wording("Hello <b>you</b>.")), Problem(Wording("Not that."), "text:empty"))
    rendered = channel.write(words, "en")
    body = json.loads(rendered.body)
    assert from_json(body["words"]) == words
    assert body["html"] == list(rendered.parts)
    assert "Hello &lt;b&gt;you&lt;/b&gt;." in rendered.parts[0]
    assert rendered.dropped == ()


def test_an_address_that_a_browser_would_run_is_dropped_by_name(channel: WebChat) -> None:
    rendered = channel.write((Link("Click", "javascript:alert(1)"),), "en")
    assert "javascript" not in rendered.parts[0]
    assert "Click" in rendered.parts[0]
    assert [d.why for d in rendered.dropped] == ["not_a_web_address"]


def test_nothing_to_say_is_nothing_written(channel: WebChat) -> None:
    assert channel.write((), "cy").parts == ()


def test_a_question_written_for_another_page_holds_its_answers(channel: WebChat) -> None:
    options = (Option("a", Wording("A bag")), Option("b", Wording("A box")))
    [part] = channel.write(
        (Choose("items", "choices", Wording("What?"), options, Wording("Tick.")),), "en"
    ).parts
    for text in ("What?", "Tick.", "A bag", "A box"):
        assert text in part
