"""Lists of words, kept as a reader reads them: one string, parted by spaces or by strokes."""

from __future__ import annotations


def word_set(listed: str) -> frozenset[str]:
    """
    >>> sorted(word_set("pound pounds quid"))
    ['pound', 'pounds', 'quid']
    """
    return frozenset(listed.split())


def sayings(listed: str) -> frozenset[str]:
    """
    >>> sorted(sayings("over there|fan hyn"))
    ['fan hyn', 'over there']
    """
    return frozenset(listed.split("|"))
