"""Amounts within a text: figures with decimals, and numbers in words, with what stands around them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from actions.answers.hearing import fold
from actions.answers.numerals import runs

# On a keypad "*" is the decimal point; nobody writes it between figures otherwise.
_PIECES = re.compile(r"\d{1,3}(?:,\d{3})+(?:[.*]\d+)?|\d+(?:[.*]\d+)?|\.\d+|£|[^\W\d_]+(?:['-][^\W\d_]+)*|-")
_MINUS = frozenset({"-", "minus", "negative", "llai"})


@dataclass(frozen=True)
class Amount:
    """A number, and the word after it ("" if none)."""

    value: Decimal
    unit: str


def amounts(text: str) -> tuple[list[Amount], list[str], list[str]]:
    """The amounts in a text, the other words before the first, and those after it.

    >>> found, before, after = amounts("about £1,200.50 or twelve pounds")
    >>> [(str(amount.value), amount.unit) for amount in found], before, after
    ([('1200.50', 'or'), ('12', 'pounds')], ['about'], ['or', 'pounds'])
    """
    pieces = [piece for piece in _PIECES.findall(text) if piece != "£"]
    words = _words(pieces)
    found: list[Amount] = []
    before: list[str] = []
    after: list[str] = []
    spans = _spans(words)
    index = 0
    minus = False
    while index < len(words):
        if index in spans:
            end, value = spans[index]
            found.append(Amount(-value if minus else value, words[end] if end < len(words) else ""))
            index, minus = end, False
            continue
        minus = words[index] in _MINUS
        if not minus:
            (after if found else before).append(words[index])
        index += 1
    return found, before, after


def _words(pieces: Sequence[str]) -> list[str]:
    words: list[str] = []
    for piece in pieces:
        if piece[0].isalpha():
            # "twenty-three" is two words, as it is when it is said.
            words.extend(fold(piece).split())
        else:
            words.append(piece)
    return words


def _spans(words: Sequence[str]) -> dict[int, tuple[int, Decimal]]:
    spans: dict[int, tuple[int, Decimal]] = {}
    # Figures stand alone: "12 pounds fifty" is two amounts, and so is "2 hundred" read as figures.
    masked = ["|" if word[0].isdigit() or word[0] in ".-" else word for word in words]
    for start, end, value in runs(masked):
        spans[start] = (end, Decimal(value))
    for index, word in enumerate(words):
        if word[0].isdigit() or word[0] == ".":
            spans[index] = (index + 1, Decimal(word.replace(",", "").replace("*", ".")))
    return spans
