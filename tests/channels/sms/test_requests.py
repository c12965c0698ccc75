"""Twilio's messaging webhooks, row by row."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

from actions.settings import Settings
from bot.catalogue import Catalogue
from channels.channel import Address, Ignored, Inbound, ProviderId, Refused, Request, Status
from channels.sms.channel import SmsChannel

HERE = Path(__file__).parent
CASES = yaml.safe_load((HERE / "cases.yml").read_text(encoding="utf-8"))
SID = ProviderId("SM5a0e4c2b8d9f41c7a6b3e2d1f0a98765")


@pytest.fixture
def sms(settings: Settings, catalogue: Catalogue) -> SmsChannel:
    return SmsChannel(settings, catalogue, httpx.AsyncClient())


def expected(row: dict[str, Any]) -> Inbound | Status | Ignored:
    if "ignored" in row:
        return Ignored(row["ignored"], SID)
    if "status" in row:
        return Status(SID, row["status"], row.get("code"))
    sender = "+447700900123"
    said = {"provider_id": SID, "conversation": sender, "reply_to": Address(sender), **row["inbound"]}
    return Inbound(**said)


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_a_request_is_read(
    case: dict[str, Any], sms: SmsChannel, recorded: Callable[[Path], Request]
) -> None:
    request = recorded(HERE / "recorded" / case["request"])
    if "refused" in case:
        with pytest.raises(Refused) as refused:
            sms.read(request)
        assert {"status": refused.value.status, "reason": refused.value.reason} == case["refused"]
    else:
        assert list(sms.read(request)) == [expected(row) for row in case["gives"]]


def test_every_recorded_request_is_asked_for() -> None:
    recorded_files = {path.name for path in (HERE / "recorded").glob("*.http")}
    unasked = recorded_files - {case["request"] for case in CASES}
    assert unasked == {"ten_thousand_characters.http"}


def test_a_text_of_ten_thousand_characters_arrives_whole(
    sms: SmsChannel, recorded: Callable[[Path], Request]
) -> None:
    [inbound] = sms.read(recorded(HERE / "recorded" / "ten_thousand_characters.http"))
    assert isinstance(inbound, Inbound)
    assert len(inbound.text) == 10_000
