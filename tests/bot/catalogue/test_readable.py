"""How hard a text is to read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalogue.mistakes.readable import grade, sentences, syllables


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It is free.", [3]),
        ("It is free. You do not pay!", [3, 4]),
        ("We come back if:\n\n- the lid was shut\n- it was out", [4, 4, 3]),
        ("Phone us on 01632 960 100.", [4]),
        ("The number is 0 1 6 3 2, 9 6 0, 1 0 0.", [4]),
        ("It costs £1,200.50 a year.", [5]),
        ("Mae'n rhad ac am ddim.", [5]),
        ("Is it free? (Yes.) Good.", [3, 1, 1]),
        ("Write to help@westmoor.example or www.westmoor.example/bins.", [5]),
        ("…", []),
        ("", []),
    ],
)
def test_sentences_and_their_words(text: str, words: list[int]) -> None:
    assert [len(sentence) for sentence in sentences(text)] == words


# As the CMU Pronouncing Dictionary counts them.
@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("bin", 1), ("bins", 1), ("council", 2), ("collect", 2), ("collection", 3), ("eligible", 4), ("date", 1),
        ("dates", 1), ("apply", 2), ("table", 2), ("boxes", 2), ("wanted", 2), ("changed", 1), ("rules", 1),
        ("holes", 1), ("application", 4), ("reduction", 3), ("area", 3), ("special", 2), ("period", 3), ("usual", 3),
        ("address", 2), ("people", 2), ("someone", 2), ("something", 2), ("pavement", 2), ("severely", 3),
        ("some", 1), ("somewhere", 2), ("ring", 1), ("being", 2), ("coin", 1), ("video", 3),
        ("going", 2), ("any", 2), ("documents", 3), ("responsibility", 6), ("organisation", 5),
    ],
)  # fmt: skip
def test_syllables(word: str, count: int) -> None:
    assert syllables(word) == count


def test_plain_words_have_a_lower_grade_than_official_ones() -> None:
    plain = "You can ask for a badge. We will tell you what we think in 12 weeks."
    official = (
        "Applications for accreditation necessitate administrative consideration prior to determination."
    )
    assert grade(plain) < 4 < 12 < grade(official)


@given(st.text())
def test_any_text_has_a_grade(text: str) -> None:
    assert isinstance(grade(text), float)
