"""Questions of each kind, and the content that names yes, no and skip."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import pytest

from actions.answers.kind import Heard
from bot.catalogue import Catalogue, Keep, Question, load
from bot.words import Language, Option, Wording

TODAY = date(2026, 3, 12)
BINS = (
    ("black", "Black bin", "Bin du", ("rubbish", "refuse"), ("sbwriel",)),
    ("blue", "Blue bin", "Bin glas", ("recycling",), ("ailgylchu",)),
    ("brown", "Brown bin", "Bin brown", ("garden waste",), ("gwastraff gardd",)),
)

Asking = Callable[..., Question]
Hearing = Callable[..., Heard]


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """All content, as it stands on a Thursday in March."""
    return load(on=TODAY)


@pytest.fixture(scope="session")
def asking() -> Asking:
    """Makes a question of a kind; one with options asks which of three bins."""

    def make(kind: str, *, optional: bool = False, **limits: object) -> Question:
        both: Mapping[Language, Wording] = {"en": Wording("Tell us."), "cy": Wording("Dywedwch.")}
        options: tuple[tuple[str, Mapping[Language, Option]], ...] = tuple(
            (value, {"en": Option(value, Wording(en), en_hears), "cy": Option(value, Wording(cy), cy_hears)})
            for value, en, cy, en_hears, cy_hears in BINS
        )
        return Question(
            id="it",
            kind=kind,
            ask=both,
            label=both,
            hint={},
            options=options if kind in ("choice", "choices") else (),
            optional=optional,
            only_if={},
            keep=Keep({"en": "", "cy": ""}, "public_task", "Westmoor", (), 12),
            limits=limits,
        )

    return make


@pytest.fixture(scope="session")
def heard(catalogue: Catalogue) -> Hearing:
    """Makes what came in, typed and in English unless it is said otherwise."""

    def make(text: str, manner: str = "typed", language: Language = "en") -> Heard:
        return Heard(text, language, TODAY, manner, catalogue.hears)  # type: ignore[arg-type]

    return make
