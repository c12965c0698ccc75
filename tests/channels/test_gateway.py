"""A gateway that runs for months says what is true today."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest

from actions.runtime import opened
from actions.settings import load
from channels.gateway import outlived
from tests.clock import Clock

RATE = """
blue_badge:
  fee:
    source: https://www.gov.uk/apply-blue-badge
    read: 2026-11-25
    amounts:
      - {from: 2012-01-01, amount: £10}
      - {from: 2027-04-01, amount: £12}
"""
LAST_OF_MARCH = datetime(2027, 3, 31, 22, 0, tzinfo=UTC)
FIRST_OF_APRIL = datetime(2027, 4, 1, 0, 0, tzinfo=UTC)


async def test_it_ends_to_be_started_again_on_the_day_when_an_amount_changes(tmp_path: Path) -> None:
    content = tmp_path / "ours"
    (content / "rates").mkdir(parents=True)
    (content / "rates" / "blue_badge.yml").write_text(RATE, encoding="utf-8")
    clock = Clock(LAST_OF_MARCH)
    async with opened(load(var=tmp_path / "var", content=content), clock) as runtime:
        watch = asyncio.create_task(outlived(runtime, 0.01))
        assert "£10" in runtime.catalogue.services["blue_badge"].guidance["cost"].wording["en"].text
        await asyncio.sleep(0.1)
        assert not watch.done(), "nothing changed yet"
        clock.now = FIRST_OF_APRIL
        await asyncio.wait_for(watch, 30)


async def test_a_day_that_changes_nothing_goes_by_unnoticed(tmp_path: Path) -> None:
    clock = Clock(LAST_OF_MARCH)
    async with opened(load(var=tmp_path), clock) as runtime:
        watch = asyncio.create_task(outlived(runtime, 0.01))
        clock.now = FIRST_OF_APRIL
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(asyncio.shield(watch), 3)
        watch.cancel()
