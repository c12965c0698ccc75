"""Which of a few named things is meant: by number, by name, by part of a name, or nearly by name."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from actions.answers.hearing import FILLERS, asks, fold
from actions.answers.lexicon import word_set
from actions.answers.numerals import misheard, ordinal, runs

_LEAST_ALIKE = 80
"""Of 100: "recyling" is 94 like "recycling"; "green" is 60 like "grey"."""
_CLEARLY_BETTER = 8
_A_FEW = 3
"""Words: a longer text with a question mark asks us something."""
_NUMBERED = word_set("option number opsiwn rhif press choose pick answer")
_NOT = word_set("not no isnt wasnt dont nid ddim na dim")


@dataclass(frozen=True)
class Named:
    """One thing that can be meant, with all its names, folded; the first is how it is shown."""

    value: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Meant:
    """What a text can mean: one value; several (ambiguous); or none. `number` is one that nothing has."""

    values: tuple[str, ...] = ()
    number: int | None = None


def meant(text: str, things: Sequence[Named], idle: Collection[str] = ()) -> Meant:
    """What the text means among the things, in the order of trust: exact name, number, name within what
    was said, what was said within a name, and last a name that is nearly so. `idle` are words that say
    nothing here, such as the question's own.

    >>> bins = [Named("refuse", ("black bin", "rubbish")), Named("garden", ("brown garden waste bin",))]
    >>> [meant(said, bins).values for said in ("Rubbish!", "2", "the second one", "garden", "the blak bin")]
    [('refuse',), ('garden',), ('garden',), ('garden',), ('refuse',)]
    >>> meant("bin", bins).values
    ('refuse', 'garden')
    >>> [meant(said, bins).values for said in ("put it in the black bin", "my rubbish was never taken away")]
    [('refuse',), ()]
    """
    said = fold(text)
    words = tuple(said.split())
    if not words:
        return Meant()
    exact = [thing.value for thing in things if said in thing.names]
    if exact:
        return Meant(tuple(exact))
    numbered = _numbered((misheard(said),) if len(words) == 1 else words)
    if numbered is not None:
        if 1 <= numbered <= len(things):
            return Meant((things[numbered - 1].value,))
        return Meant(number=numbered)
    if asks(words) or len(words) > 25 or (text.rstrip().endswith("?") and len(words) > _A_FEW):
        return Meant()
    return Meant(_within(words, things, idle) or _part(words, things) or _nearly(said, words, things))


def _numbered(words: tuple[str, ...]) -> int | None:
    core = [word for word in words if word not in _NUMBERED and word not in FILLERS - {"one"}]
    if core and core[-1] in ("one", "un") and len(core) > 1:
        core = core[:-1]
    if not core or len(core) > 3:
        return None
    numbers = runs(core)
    if len(numbers) == 1 and numbers[0][:2] == (0, len(core)):
        return numbers[0][2]
    return ordinal(core)


def _within(words: tuple[str, ...], things: Sequence[Named], idle: Collection[str]) -> tuple[str, ...]:
    """Names said whole, inside a sentence. The longest counts, so that "garden waste" is not "waste".

    A sentence that says much more is about something else: "my wife" is an answer, and "my wife forgets who I
    am" is not. A short name proves least: "am" is a preposition in Welsh.
    """
    denied = bool(_NOT & set(words))
    ours = {part for thing in things for name in thing.names for part in _split(name) if len(part) > 3}
    more = sum(1 for word in words if word not in FILLERS and word not in idle and word not in ours)
    best: dict[str, int] = {}
    for thing in things:
        for name in thing.names:
            parts = _split(name)
            if (denied and not _NOT & set(parts)) or not _contains(words, parts):
                continue
            beside = more - sum(1 for p in parts if p not in FILLERS and p not in idle and p not in ours)
            if beside <= (0 if len(name) < 4 else 1 if len(parts) == 1 else 2):
                best[thing.value] = max(best.get(thing.value, 0), len(parts))
    longest = max(best.values(), default=0)
    return tuple(value for value, length in best.items() if length == longest)


def _part(words: tuple[str, ...], things: Sequence[Named]) -> tuple[str, ...]:
    """Things of which a name has all the words that matter in what was said."""
    core = frozenset(word for word in words if word not in FILLERS) or frozenset(words)
    if _NOT & core or sum(map(len, core)) < 3:
        return ()
    return tuple(
        thing.value for thing in things if any(core <= frozenset(_split(name)) for name in thing.names)
    )


def _nearly(said: str, words: tuple[str, ...], things: Sequence[Named]) -> tuple[str, ...]:
    if _NOT & set(words) or len(said) < 4:
        return ()
    core = " ".join(word for word in words if word not in FILLERS) or said
    scores: dict[str, float] = {}
    for thing in things:
        for name in thing.names:
            score = max(fuzz.ratio(said, name), fuzz.ratio(core, name))
            # A misspelt part of a name: "recyling" for "blue recycling bin".
            if len(words) <= 3 and len(core) >= 5:
                score = max(
                    score, max((fuzz.ratio(core, part) for part in _split(name) if len(part) >= 5), default=0)
                )
            scores[thing.value] = max(scores.get(thing.value, 0.0), score)
    best = max(scores.values(), default=0.0)
    if best < _LEAST_ALIKE:
        return ()
    return tuple(value for value, score in scores.items() if score > best - _CLEARLY_BETTER)


@lru_cache(maxsize=2048)
def _split(name: str) -> tuple[str, ...]:
    return tuple(name.split())


def _contains(words: tuple[str, ...], parts: tuple[str, ...]) -> bool:
    size = len(parts)
    return (
        any(words[start : start + size] == parts for start in range(len(words) - size + 1)) if size else False
    )
