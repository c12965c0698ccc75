"""Every refusal can be reached, and says in both languages what is wrong and what to do."""

from __future__ import annotations

import string
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from actions.answers import KINDS
from actions.answers.kind import Heard, Refusal
from bot.catalogue import Catalogue, Question
from bot.words import LANGUAGES, Language

ROWS: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "refusals.yml").read_text(encoding="utf-8")
)
EVERY_KIND = ("empty", "required", "too_long", "unreadable")
KEYLESS = ("text", "long_text", "name", "postcode", "address", "location", "email", "nino")


def said(catalogue: Catalogue, refusal: Refusal, language: Language) -> str:
    """The words of a refusal, filled."""
    return catalogue.phrase(refusal.phrase, language, label="It", **refusal.values).text


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['code']}-{row['said']}")
@pytest.mark.parametrize("language", LANGUAGES)
def test_answer_is_refused_for_its_own_reason(
    row: dict[str, Any],
    language: Language,
    asking: Callable[..., Question],
    heard: Callable[..., Heard],
    catalogue: Catalogue,
) -> None:
    """Each row gets its code, and the words for it hold no brace."""
    kind = row["code"].partition(":")[0]
    question = asking(kind, **row.get("limits", {}))
    refusal = KINDS[kind].parse(heard(row["said"], row.get("manner", "typed"), language), question)
    assert isinstance(refusal, Refusal)
    assert refusal.code == row["code"]
    assert "{" not in said(catalogue, refusal, language)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        (" \n\t\u200b ", "empty"),
        ("skip", "required"),
        ("hepgor", "required"),
        ("x" * 10_000, "too_long"),
        ("🗑️🗑️", "unreadable"),
        ("\x00\x01PNG\x1a", "unreadable"),
        ("\ud800", "unreadable"),
        ("caf\ufffd", "unreadable"),
        ("?!...", "unreadable"),
    ],
)
def test_what_is_no_answer_at_all_is_refused_alike_by_every_kind(
    kind: str, text: str, reason: str, asking: Callable[..., Question], heard: Callable[..., Heard]
) -> None:
    """Nothing, emoji, bytes and ten thousand characters each get their own refusal."""
    refusal = KINDS[kind].parse(heard(text), asking(kind))
    assert isinstance(refusal, Refusal)
    assert refusal.code == f"{kind}:{reason}"


@pytest.mark.parametrize("kind", KINDS)
def test_an_optional_question_can_be_skipped_in_either_language(
    kind: str, asking: Callable[..., Question], heard: Callable[..., Heard]
) -> None:
    """Skip means that there is no answer, which is shown as such."""
    question = asking(kind, optional=True)
    assert KINDS[kind].parse(heard("Skip!"), question) is None
    assert KINDS[kind].parse(heard("Hepgor", "spoken", "cy"), question) is None
    assert KINDS[kind].show(None, question, "en").text == "Not given"


@pytest.mark.parametrize("kind", KEYLESS)
def test_letters_cannot_be_keyed(
    kind: str, asking: Callable[..., Question], heard: Callable[..., Heard]
) -> None:
    """A kind that needs letters says so on a keypad, and takes the same text typed or not for what it is."""
    refusal = KINDS[kind].parse(heard("12345", "keyed"), asking(kind))
    assert isinstance(refusal, Refusal)
    assert refusal.code == f"{kind}:keyed"


def test_every_phrase_of_a_refusal_is_reached_and_every_refusal_has_one(catalogue: Catalogue) -> None:
    """No words are kept that nothing says, and no code is without words."""
    reached = {"refusal." + row["code"].replace(":", ".") for row in ROWS}
    reached |= {f"refusal.{kind}.{reason}" for kind in KINDS for reason in EVERY_KIND}
    reached |= {f"refusal.{kind}.keyed" for kind in KEYLESS}
    reached |= {"refusal.interview.nothing_waits"}
    assert reached == {key for key in catalogue.phrases if key.startswith("refusal.")}


def test_both_languages_are_filled_with_the_same_values(catalogue: Catalogue) -> None:
    """A value that one language forgets would leave a sentence with a hole in it."""
    for key, by_language in catalogue.phrases.items():
        if key.startswith(("refusal.", "keypad.", "interview.")):
            places = {
                language: {name for _, name, _, _ in string.Formatter().parse(wording.text) if name}
                for language, wording in by_language.items()
            }
            assert places["en"] == places["cy"], key


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_says_how_to_use_the_keys(kind: str, catalogue: Catalogue) -> None:
    """The keypad's phrase exists; a kind without letters has one of its own."""
    assert f"keypad.{KINDS[kind].keypad}" in catalogue.phrases
    assert (KINDS[kind].keypad == "none") == (kind in KEYLESS)
