"""A related service that there is not."""

from collections.abc import Iterator

from bot.catalogue.mistakes.content import Check, Content
from bot.catalogue.mistakes.part import Found


def find(content: Content) -> Iterator[Found]:
    for service in content.services:
        for related in service["related"].items():
            if related.text == service["id"].text:
                yield related.found("A service is not related to itself", "Take it away")
            elif related.text and related.text not in content.service_ids:
                yield related.found(
                    f'There is no service "{related.text}"', "Name one that there is, or take it away"
                )


CHECK = Check("related:unknown", find)
