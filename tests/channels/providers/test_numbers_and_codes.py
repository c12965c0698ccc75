"""Which numbers are somebody's, and what Twilio's codes mean."""

from __future__ import annotations

import pytest

from channels.channel import Code
from channels.providers.characters import sayable
from channels.providers.twilio import CODES, can_be_texted, is_withheld, meaning


@pytest.mark.parametrize(
    ("word", "number"),
    [
        ("ANONYMOUS", "+266696687"),
        ("RESTRICTED", "+7378742833"),
        ("UNAVAILABLE", "+86282452253"),
        ("BLOCKED", "+2562533"),
        ("UNKNOWN", "+8656696"),
    ],
)
def test_a_withheld_number_spells_its_word_on_the_keys(word: str, number: str) -> None:
    keys = {letter: str(key) for key, letters in enumerate(KEYS, start=2) for letter in letters}
    assert number == "+" + "".join(keys[letter] for letter in word)
    for withheld in (word, word.lower(), number, f" {number} "):
        assert is_withheld(withheld)
        assert not can_be_texted(withheld)


KEYS = ("ABC", "DEF", "GHI", "JKL", "MNO", "PQRS", "TUV", "WXYZ")


@pytest.mark.parametrize("number", ["+266696688", "+447700899999", "+447700900000", "+441632960999"])
def test_a_neighbour_of_a_withheld_number_is_somebody(number: str) -> None:
    assert not is_withheld(number)
    assert can_be_texted(number)


@pytest.mark.parametrize(
    ("code", "meant", "retry"),
    [
        ("21610", Code.OPTED_OUT, False),
        ("21211", Code.NOT_A_NUMBER, False),
        ("21614", Code.LANDLINE, False),
        ("30003", Code.UNREACHABLE, True),
        ("30006", Code.LANDLINE, False),
        ("30007", Code.BLOCKED, False),
        ("20429", Code.RATE_LIMITED, True),
        ("20003", Code.NOT_AUTHORISED, False),
        ("21609", Code.UNRECOGNISED, True),
        ("", Code.UNRECOGNISED, True),
        ("²", Code.UNRECOGNISED, True),
        (None, Code.UNRECOGNISED, True),
    ],
)
def test_a_code_has_a_meaning(code: str | None, meant: Code, retry: bool) -> None:
    assert (meaning(code).code, meaning(code).retry) == (meant, retry)


def test_what_a_person_must_put_right_is_never_tried_again() -> None:
    lasting = {Code.OPTED_OUT, Code.NOT_A_NUMBER, Code.LANDLINE, Code.BLOCKED, Code.NOT_AUTHORISED}
    assert not [code for code, known in CODES.items() if known.code in lasting and known.retry]


def test_characters_that_no_wire_carries_are_taken_away() -> None:
    assert sayable("\x00\x1b a\tb\r\nc\rd\x85\ud800\ufffe ") == "a\tb\nc\nd"
    assert sayable("Tŷ 🙂 £") == "Tŷ 🙂 £"
