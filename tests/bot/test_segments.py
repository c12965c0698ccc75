"""What a text costs, on the edges."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import segments
from bot.segments import Segments, count, fits, plain


@pytest.mark.parametrize(
    ("text", "cost"),
    [
        ("", Segments("GSM-7", 0, 1)),
        ("x" * 160, Segments("GSM-7", 160, 1)),
        ("x" * 161, Segments("GSM-7", 161, 2)),
        ("x" * 306, Segments("GSM-7", 306, 2)),
        ("x" * 307, Segments("GSM-7", 307, 3)),
        ("ŵ" + "x" * 69, Segments("UCS-2", 70, 1)),
        ("ŵ" + "x" * 70, Segments("UCS-2", 71, 2)),
        ("ŵ" + "x" * 133, Segments("UCS-2", 134, 2)),
        ("ŵ" + "x" * 134, Segments("UCS-2", 135, 3)),
    ],
)
def test_the_last_character_that_fits_and_the_first_that_does_not(text: str, cost: Segments) -> None:
    assert count(text) == cost


@pytest.mark.parametrize("character", "^{}[]~\\|€\f")
def test_a_character_of_the_extension_table_counts_twice(character: str) -> None:
    assert count("x" * 158 + character) == Segments("GSM-7", 160, 1)
    assert count("x" * 159 + character) == Segments("GSM-7", 161, 2)


def test_an_escape_is_never_parted_from_its_character() -> None:
    """The 153rd septet of the first segment stays empty, so 306 septets no longer fit two segments."""
    assert count("x" * 152 + "€" + "x" * 152) == Segments("GSM-7", 306, 3)
    assert count("x" * 151 + "€" + "x" * 153) == Segments("GSM-7", 306, 2)


def test_an_emoji_is_two_code_units_that_stay_together() -> None:
    assert count("👍" * 35) == Segments("UCS-2", 70, 1)
    assert count("👍" * 36) == Segments("UCS-2", 72, 2)
    assert count("👍" * 66) == Segments("UCS-2", 132, 2)
    assert count("👍" * 67) == Segments("UCS-2", 134, 3), "the 67th unit of a segment cannot hold half of one"


@pytest.mark.parametrize("letter", "ŵŷâêîôûŴŶÂïë")
def test_a_welsh_letter_is_kept_though_it_costs(letter: str) -> None:
    assert plain(letter) == letter
    assert count(letter).encoding == "UCS-2"


@pytest.mark.parametrize("letter", "àèéìòùäöüÉÖ")
def test_an_accent_that_the_alphabet_has_costs_nothing(letter: str) -> None:
    assert count(letter) == Segments("GSM-7", 1, 1)


@pytest.mark.parametrize("character", ["`", "Á", "á", "ç", "Ï", "\t", "–", "…", "“", "\u00a0"])
def test_what_looks_plain_and_is_not_in_the_alphabet(character: str) -> None:
    assert count(character).encoding == "UCS-2"


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("‘It’s “here”’", "'It's \"here\"'"),
        ("9am–5pm — daily", "9am-5pm - daily"),
        ("wait…", "wait..."),
        ("£5\u00a0000", "£5 000"),
        ("a\r\nb", "a\nb"),
        ("co\u00adoperate\u200b", "cooperate"),
        ("w\u0302", "ŵ"),
        ("e\u0301", "é"),
    ],
)
def test_punctuation_is_replaced_and_an_accent_joins_its_letter(typed: str, sent: str) -> None:
    assert plain(typed) == sent


def test_an_ellipsis_is_three_characters_on_the_wire() -> None:
    assert fits("x" * 157 + "…", 1)
    assert not fits("x" * 158 + "…", 1)


def test_all_that_is_put_in_place_of_something_is_in_the_alphabet() -> None:
    assert count("".join(segments.REPLACEMENTS.values())).encoding == "GSM-7"


def test_the_alphabet_is_whole() -> None:
    """128 places of the table, less the escape; nine characters and a page break after it."""
    assert (len(segments.BASIC), len(segments.EXTENSION)) == (127, 10)
    assert not segments.BASIC & segments.EXTENSION


@given(st.text())
def test_what_was_made_plain_once_stays_as_it_is(text: str) -> None:
    assert plain(plain(text)) == plain(text)


@given(st.text(), st.text())
def test_more_text_never_costs_less(text: str, more: str) -> None:
    assert count(text + more).segments >= count(text).segments
