"""Twilio's voice webhooks, row by row."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from actions.settings import Settings
from bot.catalogue import Catalogue
from channels.channel import Ignored, Inbound, ProviderId, Refused, Request
from channels.voice.channel import VoiceChannel

HERE = Path(__file__).parent
CASES = yaml.safe_load((HERE / "cases.yml").read_text(encoding="utf-8"))
CALL = "CA7d1c9b5e3f8a4260b1d2c3e4f5a60718"


@pytest.fixture
def voice(settings: Settings, catalogue: Catalogue) -> VoiceChannel:
    return VoiceChannel(settings, catalogue)


def expected(row: dict[str, Any]) -> Inbound | Ignored:
    if "ignored" in row:
        return Ignored(row["ignored"], ProviderId(CALL))
    said = {"text": "", **row["inbound"]}
    turn = said.pop("turn")
    return Inbound(provider_id=ProviderId(f"{CALL}:{turn}"), conversation=CALL, **said)


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_a_request_is_read(
    case: dict[str, Any], voice: VoiceChannel, recorded: Callable[[Path], Request]
) -> None:
    request = recorded(HERE / "recorded" / case["request"])
    if "refused" in case:
        with pytest.raises(Refused) as refused:
            voice.read(request)
        assert {"status": refused.value.status, "reason": refused.value.reason} == case["refused"]
    else:
        assert list(voice.read(request)) == [expected(row) for row in case["gives"]]


def test_every_recorded_request_is_asked_for() -> None:
    recorded_files = {path.name for path in (HERE / "recorded").glob("*.http")}
    assert recorded_files == {case["request"] for case in CASES}


def test_nothing_of_the_caller_is_kept(voice: VoiceChannel, recorded: Callable[[Path], Request]) -> None:
    [begun] = voice.read(recorded(HERE / "recorded" / "call_begins.http"))
    assert "7700900123" not in repr(begun)
