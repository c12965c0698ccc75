"""Find a service by typing: in either language, half a word or a misspelt one. Pure."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz

from bot.catalogue import Catalogue, Service
from bot.words import LANGUAGES

TITLE, SAID, PHRASING = 1.0, 0.95, 0.8
"""What a word is worth by where it stands."""
BEGINNING = 0.9
ALIKE = 80
"""Of 100, for words of four letters or more: "recyling" is 94 like "recycling"."""
ENOUGH = 0.5
_WORD = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True)
class Finder:
    """Knows each service's words, and how common each is."""

    services: tuple[Service, ...]
    words: Mapping[str, Mapping[str, float]]
    """Service → word → what it is worth there."""
    spread: Mapping[str, int]
    """Word → in how many services it stands."""

    def find(self, query: str) -> tuple[Service, ...]:
        """The services that fit, best first; all of them for nothing typed."""
        typed = tuple(dict.fromkeys(split(query)))
        if not typed:
            return self.services
        scored = [(self._score(typed, service), service) for service in self.services]
        best = max((score for score, _ in scored), default=0.0)
        kept = [(score, service) for score, service in scored if score >= max(ENOUGH, best * 0.7)]
        return tuple(service for _, service in sorted(kept, key=lambda pair: -pair[0]))

    def _score(self, typed: tuple[str, ...], service: Service) -> float:
        weights = [self._weight(word) for word in typed]
        held = self.words[service.id]
        return sum(
            weight * worth(word, held) for word, weight in zip(typed, weights, strict=True)
        ) / sum(weights)  # fmt: skip

    def _weight(self, word: str) -> float:
        """A word that every service has ("report", "my") tells little; one that nobody has tells that this is
        not it."""
        return math.log(1.2 + len(self.services) / max(1, self.spread.get(word, 1)) - 1)


def finder(catalogue: Catalogue) -> Finder:
    """The finder of a catalogue."""
    services = tuple(sorted(catalogue.services.values(), key=lambda service: service.title["en"]))
    words = {service.id: dict(_words(service)) for service in services}
    spread: dict[str, int] = {}
    for held in words.values():
        for word in held:
            spread[word] = spread.get(word, 0) + 1
    return Finder(services, words, spread)


def _words(service: Service) -> Iterator[tuple[str, float]]:
    # Later ones win in the dict that is made of these: the worthiest come last.
    for language in LANGUAGES:
        for sentences in service.phrasings.get(language, {}).values():
            yield from ((word, PHRASING) for sentence in sentences for word in split(sentence))
    for language in LANGUAGES:
        yield from ((word, SAID) for word in split(service.said[language]))
    for language in LANGUAGES:
        yield from ((word, TITLE) for word in split(service.title[language]))


def worth(word: str, held: Mapping[str, float]) -> float:
    """What a typed word is worth in a service: as it stands there, as a beginning, or nearly."""
    if word in held:
        return held[word]
    beginnings = [value * BEGINNING for other, value in held.items() if other.startswith(word)]
    if beginnings:
        return max(beginnings)
    if len(word) < 4:
        return 0.0
    return max(
        (
            value * alike / 100 * BEGINNING
            for other, value in held.items()
            if len(other) >= 4 and (alike := fuzz.ratio(word, other)) >= ALIKE
        ),
        default=0.0,
    )


def split(text: str) -> list[str]:
    """
    >>> split("Gwnewch gais am Fathodyn Glâs!")
    ['gwnewch', 'gais', 'am', 'fathodyn', 'glas']
    """
    plain = unicodedata.normalize("NFKD", text.casefold().replace("'", "").replace("’", ""))
    return _WORD.findall("".join(c for c in plain if not unicodedata.combining(c)))
