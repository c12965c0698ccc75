"""A service that takes requests, but asks nothing, sends them nowhere, or does not say what happens next."""

from collections.abc import Iterator

from bot.catalogue.mistakes.content import Check, Content
from bot.catalogue.mistakes.part import Found

NEEDED = {
    "questions": "asks no questions",
    "destinations": "sends its requests nowhere",
    "after": "does not say what happens next",
}


def find(content: Content) -> Iterator[Found]:
    for service in content.services:
        kind = service["kind"]
        if not kind.text.startswith("request"):
            continue
        for key, lack in NEEDED.items():
            if not service[key].value:
                yield kind.found(f"This service takes requests, but it {lack}", f"Add {key}")


CHECK = Check("request:incomplete", find)
