"""A service of a kind that there is not."""

from collections.abc import Iterator
from typing import get_args

from bot.catalogue.mistakes.content import Check, Content
from bot.catalogue.mistakes.part import Found
from bot.catalogue.models import ServiceKind

KINDS = get_args(ServiceKind)


def find(content: Content) -> Iterator[Found]:
    for service in content.services:
        kind = service["kind"]
        if kind.text and kind.text not in KINDS:
            yield kind.found(f'No service is of the kind "{kind.text}"', f"Use one of {', '.join(KINDS)}")


CHECK = Check("service:kind_unknown", find)
