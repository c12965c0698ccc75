"""How hard a text is to read. Pure.

English is measured by the Flesch-Kincaid grade (a US school year; five more is the age). Syllables are counted
by their vowels, because the packages that look them up either fetch a dictionary over the network when first
used or are under a licence that we cannot take on. No formula of this sort has been validated for Welsh: there,
only the length of sentences is judged.
"""

from __future__ import annotations

import re

_BREAK = re.compile(r"(?<=[.!?])[\"')\]]*\s+|\n+")
_NUMBER = re.compile(r"\d[\d ,.:]*\d|\d")
_WORD = re.compile(r"[^\W_]+(?:['’&./@:-]+[^\W_]+)*")
_VOWELS = re.compile(r"[aeiouy]+")


def sentences(text: str) -> list[list[str]]:
    """The words of each sentence. A line break ends one, so that an item of a list is one; a number, however it
    is spaced, is one word.

    >>> sentences("Ring 01632 960 100. You can:\\n\\n- ask")
    [['Ring', '0'], ['You', 'can'], ['ask']]
    """
    pieces = (_WORD.findall(_NUMBER.sub("0", piece)) for piece in _BREAK.split(text))
    return [words for words in pieces if words]


def syllables(word: str) -> int:
    """About how many syllables an English word has.

    >>> [syllables(word) for word in ("bin", "table", "changed", "council", "reduction", "0")]
    [1, 2, 1, 2, 3, 1]
    """
    word = re.sub(r"[^a-z]", "", word.lower())
    if len(word) <= 3:
        return 1
    # A final e is silent (date), and so is that of -es and -ed (comes, changed), save where it cannot be (boxes,
    # wanted); -le after a consonant is a syllable (table).
    trimmed = re.sub(
        r"(?:(?<![aeiouylsxzcg])es|(?<![aeioutdl])ed|(?<![aeiouyl])e|(?<=[aeiouy]l)e)$", "", word
    )
    count = len(_VOWELS.findall(trimmed))
    # Two vowels in two syllables: i-a (social), i-o (period), e-a (create), u-a (usual); not -tion, -cial.
    count += len(re.findall(r"(?<![tscg])i[ao](?!u)|eo|ua(?!r)|ying", trimmed))
    return max(1, count)


def grade(text: str) -> float:
    """The Flesch-Kincaid grade of an English text."""
    split = sentences(text)
    words = [word for sentence in split for word in sentence]
    if not words:
        return 0.0
    per_word = sum(map(syllables, words)) / len(words)
    return 0.39 * len(words) / len(split) + 11.8 * per_word - 15.59
