"""A desk that runs, and browsers before it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest

from bot.catalogue import Catalogue, load
from tests.channels.staff.served_desk import Browser, Served, serving


@pytest.fixture(scope="session")
def content() -> Catalogue:
    return load(on=date(2026, 11, 25))


@pytest.fixture
async def desk(tmp_path: Path, content: Catalogue) -> AsyncIterator[Served]:
    async with serving(tmp_path, content) as served:
        yield served


@pytest.fixture
def browser(desk: Served) -> Browser:
    """A browser in which nobody has signed in."""
    return desk.browser()


@pytest.fixture
async def amina(browser: Browser) -> Browser:
    """A browser in which Amina Khan has signed in."""
    await browser.sit_down()
    return browser
