"""One Doorstep for all journeys that leave it whole."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from journeys.stack import Stack, running
from tests.browser.conftest import browser, playwright

__all__ = ["browser", "playwright", "stack"]


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    with running(tmp_path_factory.mktemp("stack")) as stack:
        stack.until_ready()
        yield stack
