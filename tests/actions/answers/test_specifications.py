"""The docstrings of actions/answers are its specification: they are run here."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
from collections.abc import Callable
from datetime import date

import pytest

from actions import answers
from actions.answers import KINDS
from actions.answers.kind import Heard
from bot.catalogue import Question

MODULES = sorted(found.name for found in pkgutil.iter_modules(answers.__path__))


@pytest.mark.parametrize("name", MODULES)
def test_examples_hold(name: str, asking: Callable[..., Question], heard: Callable[..., Heard]) -> None:
    """What a docstring shows is what happens."""
    module = importlib.import_module(f"actions.answers.{name}")
    kind = name if name in KINDS else "text"
    # What the examples are given wins over a name of the module's own (`bounded` of actions/answers/date.py).
    given = {
        "typed": heard,
        "spoken": lambda text: heard(text, "spoken"),
        "keyed": lambda text: heard(text, "keyed"),
        "question": asking(kind),
        "optional": asking(kind, optional=True),
        "bounded": lambda **limits: asking(kind, **limits),
        "date": date,
    }
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE)
    tests = doctest.DocTestFinder().find(module, module=module, extraglobs=given)
    results = [runner.run(test) for test in tests if test.examples]
    assert not sum(result.failed for result in results)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_specified_by_examples(kind: str) -> None:
    """The docstring of a kind's parse shows what it takes and what it refuses."""
    parse = KINDS[kind].parse.__doc__ or ""
    assert ">>> parse(" in parse
    assert ".code" in parse or "Refusal(" in parse
    assert KINDS[kind].name == kind
