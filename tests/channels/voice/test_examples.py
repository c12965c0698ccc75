"""The examples in the docstrings are true."""

from __future__ import annotations

import doctest
from types import ModuleType

import pytest

from channels.providers import characters
from channels.voice import keypad, speech


@pytest.mark.parametrize("module", [keypad, speech, characters], ids=lambda module: module.__name__)
def test_an_example_gives_what_it_says(module: ModuleType) -> None:
    outcome = doctest.testmod(module)
    assert outcome.attempted > 0
    assert outcome.failed == 0
