"""A migrated database of each kind, and content for it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from actions.records.database import Database
from actions.records.encryption import Cipher, new_key
from bot.catalogue import Catalogue
from tests import sample
from tests.clock import Clock


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return sample.catalogue()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def key() -> str:
    return new_key()


@pytest.fixture
def database(database_url: str, key: str) -> Iterator[Database]:
    opened = Database(database_url, Cipher([key]))
    opened.migrate()
    yield opened
    opened.close()
