"""A phrasing that stands under two services or two acts, or twice: nothing could be learnt from it."""

from collections.abc import Iterator

from bot.catalogue.mistakes.content import Check, Content
from bot.catalogue.mistakes.part import Found, Part
from bot.catalogue.mistakes.same import key
from bot.words import LANGUAGES


def find(content: Content) -> Iterator[Found]:
    for language in LANGUAGES:
        first: dict[str, Part] = {}
        for service in content.services:
            for act in service["phrasings"][language].items():
                for phrasing in act.items():
                    same = key(phrasing.text)
                    if same and first.setdefault(same, phrasing) != phrasing:
                        other = first[same]
                        yield phrasing.found(
                            f'"{phrasing.text}" also stands at {other.file.shown}:{other.line}',
                            "Keep it where it belongs",
                        )


CHECK = Check("phrasing:shared", find)
