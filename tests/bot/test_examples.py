"""The examples in the docstrings are true."""

import doctest
from types import ModuleType

import pytest

from bot import segments
from bot.catalogue import filling
from bot.catalogue.mistakes import readable, same


@pytest.mark.parametrize("module", [segments, filling, readable, same], ids=lambda module: module.__name__)
def test_the_examples_of_a_module_hold(module: ModuleType) -> None:
    result = doctest.testmod(module)
    assert result.attempted
    assert not result.failed
