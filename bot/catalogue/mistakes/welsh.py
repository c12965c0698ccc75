"""Where Welsh is missing. The mistakes of that name differ by what lacks it; this is what they share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal

from bot.catalogue.mistakes.content import Content
from bot.catalogue.mistakes.differences import Difference
from bot.catalogue.mistakes.part import Found

Noun = Literal["guidance", "question", "option", "phrase", "phrasing", "service"]


def lacks(difference: Difference) -> bool:
    """Whether a difference is a missing or an empty `cy`."""
    return difference.how in {"missing", "empty"} and difference.key == "cy"


def noun(difference: Difference) -> Noun:
    """What it is that has no Welsh."""
    place = difference.part.place
    if "options" in place:
        return "option"
    first = str(place[0]) if place else ""
    by_key: dict[str, Noun] = {
        "guidance": "guidance",
        "questions": "question",
        "phrases": "phrase",
        "hears": "phrase",
        "phrasings": "phrasing",
    }
    return by_key.get(first, "service")


def missing(what: Noun) -> Callable[[Content], Iterator[Found]]:
    """The check of one such mistake."""

    def find(content: Content) -> Iterator[Found]:
        for difference in content.differences:
            if lacks(difference) and noun(difference) == what:
                name = difference.where.removeprefix("questions.")
                short = name.rpartition(".")[2] if what == "guidance" else name.removeprefix(f"{what}s.")
                yield difference.part.found(f'"{short}" has no Welsh', f"Add {short}.cy")

    return find
