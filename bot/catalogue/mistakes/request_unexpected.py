"""A service that only answers, and yet has what a request needs: it would start to take requests."""

from collections.abc import Iterator

from bot.catalogue.mistakes.content import Check, Content
from bot.catalogue.mistakes.part import Found


def find(content: Content) -> Iterator[Found]:
    for service in content.services:
        if service["kind"].text != "answer":
            continue
        for key in ("questions", "destinations", "after"):
            if key in service:
                yield service[key].found(
                    f'A service of kind "answer" takes no requests, so it has no {key}',
                    "Change its kind, or take them away",
                )


CHECK = Check("request:unexpected", find)
