"""The desk as a channel: one answer in, words out."""

from __future__ import annotations

import json
from urllib.parse import urlencode

import pytest
from pydantic import SecretStr

from actions.settings import Settings
from bot.catalogue import Catalogue
from bot.words import Choose, Option, Say, Wording
from channels.channel import Inbound, Refused, Request
from channels.staff.channel import StaffDesk

URL = "https://help.westmoor.example/staff"
FORM, JSON = "application/x-www-form-urlencoded", "application/json"


@pytest.fixture
def channel(content: Catalogue) -> StaffDesk:
    return StaffDesk(Settings(_env_file=None, session_secret=SecretStr("secret")), content)


def request(kind: str, body: bytes) -> Request:
    return Request("POST", URL, {"content-type": kind}, body)


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (
            JSON,
            json.dumps(
                {"question": "postcode", "text": "SE1 9GF", "turn": "1", "conversation": "c"}
            ).encode(),
        ),
        (
            FORM,
            urlencode({"question": "postcode", "text": "SE1 9GF", "turn": "1", "conversation": "c"}).encode(),
        ),
    ],
)
def test_one_answer_is_read_alike_as_json_and_as_a_form(channel: StaffDesk, kind: str, body: bytes) -> None:
    [one] = channel.read(request(kind, body))
    assert one == Inbound("c:postcode:1", "c", "SE1 9GF")  # type: ignore[arg-type]
    assert list(channel.read(request(kind, body))) == [one]


def test_several_boxes_are_one_answer(channel: StaffDesk) -> None:
    body = urlencode([("question", "items"), ("text", "bed"), ("text", "sofa")]).encode()
    [one] = channel.read(request(FORM, body))
    assert isinstance(one, Inbound)
    assert one.text == "bed, sofa"


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (JSON, b""), (JSON, b"[]"), (JSON, b'{"question": 1}'), (JSON, b"[" * 100_000), (JSON, b"{}"),
        (FORM, b""), (FORM, b"text=x"), ("text/plain", b"question=a&text=b"), ("", b""),
        (FORM, b"&".join(b"a=b" for _ in range(500))), (FORM, b"question=a&text=" + b"x" * 300_000),
    ],
)  # fmt: skip
def test_what_is_no_answer_is_refused(channel: StaffDesk, kind: str, body: bytes) -> None:
    with pytest.raises(Refused) as refused:
        channel.read(request(kind, body))
    assert refused.value.status == 400


def test_a_closed_question_shows_its_keys(channel: StaffDesk) -> None:
    options = (Option("a", Wording("A bag")), Option("b", Wording("A box")))
    words = (Say(Wording("It is free.")), Choose("what", "choice", Wording("What is it?"), options))
    rendered = channel.write(words, "en")
    assert rendered.parts == ("It is free.", "What is it?\n1. A bag\n2. A box")
    assert rendered.extras["keys"] == {"1": "a", "2": "b"}
