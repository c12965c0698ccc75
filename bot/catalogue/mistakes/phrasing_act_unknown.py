"""Phrasings of an act that there is not, or of a request to a service that takes none."""

from collections.abc import Iterator

from bot.catalogue.mistakes.content import Check, Content
from bot.catalogue.mistakes.part import Found
from bot.catalogue.models import ASPECTS
from bot.words import LANGUAGES


def find(content: Content) -> Iterator[Found]:
    for service in content.services:
        for language in LANGUAGES:
            for act in service["phrasings"][language].items():
                if act.name == "request":
                    if service["kind"].text == "answer":
                        yield act.found(
                            "A service that only answers is never requested", "Move these to an aspect"
                        )
                elif act.name not in ASPECTS:
                    yield act.found(f'Nothing is called "{act.name}"', f"Use request, {', '.join(ASPECTS)}")


CHECK = Check("phrasing:act_unknown", find)
