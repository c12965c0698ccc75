"""A lawful basis that the law does not have."""

from collections.abc import Iterator

from bot.catalogue.mistakes.content import Check, Content
from bot.catalogue.mistakes.part import Found
from bot.catalogue.models import BASES


def find(content: Content) -> Iterator[Found]:
    for service in content.services:
        for holder in (service, *service["questions"].items()):
            basis = holder["keep"]["basis"]
            if basis.text and basis.text not in BASES:
                yield basis.found(f'"{basis.text}" is no lawful basis', f"Use one of {', '.join(BASES)}")


CHECK = Check("keep:basis_unknown", find)
