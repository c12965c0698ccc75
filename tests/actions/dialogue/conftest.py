"""The real content, as it stood on one day."""

from __future__ import annotations

import pytest

from bot.catalogue import Catalogue, load
from tests.actions.dialogue.talking import TODAY


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load(on=TODAY)
