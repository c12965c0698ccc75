"""`doorstep talk`: a line in, the reply out, through the webhooks of a Doorstep that runs."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from bot.words import from_json
from channels.simulator.provider import Unreachable
from channels.simulator.talk import converse
from tests.channels.simulator.served_gateway import Served


async def talk(
    served: Served, door: str, *lines: str, as_json: bool = False, number: str = "+447700900123"
) -> str:
    said, out = io.StringIO("".join(f"{line}\n" for line in lines)), io.StringIO()
    await converse(served.settings, door, number, said, out, as_json=as_json, url=served.url)
    return out.getvalue()


async def turns(served: Served, door: str, *lines: str, **options: Any) -> list[dict[str, Any]]:
    return [
        json.loads(line) for line in (await talk(served, door, *lines, as_json=True, **options)).splitlines()
    ]


async def test_by_text_it_is_a_conversation(served: Served) -> None:
    out = await talk(served, "sms", "my bin was missed", "yes", number="+447700900811")
    assert "< It is free to report a missed bin." in out
    assert "< Which bin did we miss?" in out
    assert "< 1 Black bin (rubbish)" in out


async def test_by_text_in_json_each_turn_is_one_object_with_its_segments(served: Served) -> None:
    first, second = await turns(served, "sms", "my bin was missed", "yes", number="+447700900812")
    assert first["door"] == "sms"
    assert first["said"] == "my bin was missed"
    assert first["segments"][0]["segments"] == 1
    assert first["ms"] > 0
    assert second["said"] == "yes"
    assert second["twiml"].startswith("<?xml")


async def test_by_voice_it_is_greeted_keys_are_keys_and_the_call_is_ended(served: Served) -> None:
    opening, spoken, keyed, silent = await turns(served, "voice", "my bin was missed", "#1", "")
    assert opening["said"] is None
    assert opening["spoken"][0]["voice"] == "Polly.Amy"
    assert opening["gather"]["hears_speech"]
    taken = served.turns.taken[-4:]
    assert [inbound.text for inbound in taken] == ["my bin was missed", "1", "", ""]
    assert [inbound.manner for inbound in taken[:2]] == ["spoken", "keyed"]
    assert [inbound.control for inbound in taken] == [None, None, "silence", "hang_up"]
    assert spoken["gather"]["digits"] == 1
    assert keyed["lines"]
    assert silent["lines"]


async def test_by_voice_a_call_that_ended_stays_ended(served: Served) -> None:
    opening, goodbye, after = await turns(served, "voice", "bye", "hello?")
    assert not opening["hangs_up"]
    assert goodbye["hangs_up"]
    assert goodbye["lines"][-1] == "(the call ends)"
    assert after["ended"]


async def test_by_voice_it_tells_who_would_be_put_through(served: Served) -> None:
    out = await talk(served, "voice", "break")
    assert "(the call goes to +441632960100)" in out
    assert "(to a caller who is still there:" in out


async def test_by_web_chat_words_and_markup_come_and_no_token(served: Served) -> None:
    greeting, offer = await turns(served, "webchat", "my bin was missed")
    assert greeting["said"] is None
    assert from_json(offer["words"])
    assert offer["html"]
    assert "token" not in greeting
    assert any("Yes / No" in line for line in offer["lines"])


async def test_by_web_chat_every_kind_of_word_can_be_read(served: Served) -> None:
    out = await talk(
        served, "webchat", "cost", "person", "bin", "yes", "black bin", "SE1 9GF", "a bag", "none", "yes"
    )
    for shown in ("Missed bins: https://", "+441632960100", "Postcode: SE1 9GF", "Report sent: WM-7K2P"):
        assert shown in out


async def test_no_door_of_that_name(served: Served) -> None:
    with pytest.raises(Unreachable, match="sms, voice or webchat"):
        await talk(served, "fax")


@pytest.mark.parametrize("door", ["sms", "voice", "webchat"])
async def test_where_nothing_runs_it_says_what_to_do(served: Served, door: str) -> None:
    with pytest.raises(Unreachable, match="make run"):
        await converse(
            served.settings,
            door,
            "+447700900123",
            io.StringIO("hello\n"),
            io.StringIO(),
            as_json=False,
            url="http://127.0.0.1:9",
        )
