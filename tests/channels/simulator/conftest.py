"""One gateway for all tests of the phones."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from tests.channels.simulator.served_gateway import Served, serving


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(tmp_path_factory.mktemp("try")) as running:
        yield running


@pytest.fixture
def http(served: Served) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=served.url, timeout=20.0) as client:
        yield client
