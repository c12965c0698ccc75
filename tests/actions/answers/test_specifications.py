"""The docstrings of actions/answers are its specification: they are run here."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
from collections.abc import Mapping
from datetime import date
from types import ModuleType

import pytest

from actions import answers
from actions.answers import KINDS
from actions.answers.kind import Heard
from bot.catalogue import Keep, Question
from bot.words import Language, Option, Wording

TODAY = date(2026, 3, 12)
HEARS: Mapping[str, Mapping[Language, tuple[str, ...]]] = {
    "yes": {"en": ("yes", "yeah", "yes please"), "cy": ("ie", "ydw", "oes")},
    "no": {"en": ("no", "no thanks"), "cy": ("na", "nac oes")},
    "skip": {"en": ("skip",), "cy": ("hepgor",)},
}
BINS = (
    ("black", "Black bin", "Bin du", ("rubbish", "refuse"), ("sbwriel",)),
    ("blue", "Blue bin", "Bin glas", ("recycling",), ("ailgylchu",)),
    ("brown", "Brown bin", "Bin brown", ("garden waste",), ("gwastraff gardd",)),
)


def question_of(kind: str, *, optional: bool = False, **limits: object) -> Question:
    """A question of a kind; one with options asks which of three bins."""
    return Question(
        id="it",
        kind=kind,
        ask={"en": Wording("Tell us."), "cy": Wording("Dywedwch.")},
        label={"en": Wording("It"), "cy": Wording("Hyn")},
        hint={},
        options=tuple(
            (value, {"en": Option(value, Wording(en), en_hears), "cy": Option(value, Wording(cy), cy_hears)})
            for value, en, cy, en_hears, cy_hears in BINS
        )
        if kind in ("choice", "choices")
        else (),
        optional=optional,
        only_if={},
        keep=Keep({"en": "", "cy": ""}, "public_task", "Westmoor", (), 12),
        limits=limits,
    )


def names_for(module: ModuleType) -> dict[str, object]:
    """What the examples in a module may use, besides the module's own names."""
    kind = module.__name__.rpartition(".")[2]
    kind = kind if kind in KINDS else "text"

    def heard(manner: str) -> object:
        return lambda text: Heard(text, "en", TODAY, manner, HEARS)  # type: ignore[arg-type]

    return {
        "typed": heard("typed"),
        "spoken": heard("spoken"),
        "keyed": heard("keyed"),
        "question": question_of(kind),
        "optional": question_of(kind, optional=True),
        "bounded": lambda **limits: question_of(kind, **limits),
        "date": date,
    }


MODULES = sorted(found.name for found in pkgutil.iter_modules(answers.__path__))


@pytest.mark.parametrize("name", MODULES)
def test_examples_hold(name: str) -> None:
    """What a docstring shows is what happens."""
    module = importlib.import_module(f"actions.answers.{name}")
    finder, runner = doctest.DocTestFinder(), doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE)
    given = names_for(module)
    # A module may own a name that the examples also use (date.bounded): what the examples are given wins.
    tests = finder.find(module, module=module, extraglobs=given)
    results = [runner.run(test) for test in tests if test.examples]
    assert not sum(result.failed for result in results)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_specified_by_examples(kind: str) -> None:
    """A kind's parse shows what it takes and what it refuses."""
    parse = KINDS[kind].parse.__doc__ or ""
    assert ">>> parse(" in parse
    assert ".code" in parse or "Refusal(" in parse
    assert KINDS[kind].name == kind
