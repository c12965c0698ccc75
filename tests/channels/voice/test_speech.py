"""What is said: numbers digit by digit, and nothing longer than a voice can take."""

from __future__ import annotations

from urllib.parse import quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.voice.speech import cut, spell, utter


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Text 07700 900123 now", "Text 0 7 7 0 0, 9 0 0 1 2 3 now."),
        ("Text 07700 900 123 now", "Text 0 7 7 0 0, 9 0 0, 1 2 3 now."),
        ("020 7946 0000", "0 2 0, 7 9 4 6, 0 0 0 0."),
        ("01632960100", "0 1 6 3 2 9 6 0 1 0 0."),
        ("0 1 6 3 2, 9 6 0, 1 0 0", "0 1 6 3 2, 9 6 0, 1 0 0."),
        ("It costs £35 for 3 items", "It costs £35 for 3 items."),
        ("by 2026 or 04 2027", "by 2026 or 04 2027."),
    ],
)
def test_a_phone_number_is_said_digit_by_digit(written: str, said: str) -> None:
    assert utter(written, "en").text == said


def test_a_reference_is_said_in_its_groups() -> None:
    assert spell("WM-7K2P-9XQ4-6", "en").spelt == ("W, M.", "7, K, 2, P.", "9, X, Q, 4.", "6.")


@given(st.text(max_size=6000))
def test_however_long_every_piece_can_be_said_and_nothing_is_lost(text: str) -> None:
    whole = utter(text, "cy")
    pieces = cut(whole)
    assert all(len(p.text.encode()) <= 3000 and len(quote_plus(p.text)) <= 4500 for p in pieces)
    assert "".join("".join(p.text.split()) for p in pieces) == "".join(whole.text.split())


@pytest.mark.parametrize(("length", "pieces"), [(2999, 1), (3000, 1), (3001, 2)])
def test_a_piece_ends_where_the_limit_is(length: int, pieces: int) -> None:
    assert len(cut(utter("x" * (length - 1) + ".", "en"))) == pieces
