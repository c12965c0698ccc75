"""A question with no Welsh, or a hint that only the English one has."""

from collections.abc import Iterator

from bot.catalogue.mistakes import welsh
from bot.catalogue.mistakes.content import Check, Content
from bot.catalogue.mistakes.part import Found


def find(content: Content) -> Iterator[Found]:
    yield from welsh.missing("question")(content)
    for service in content.services:
        for question in service["questions"].items():
            if "hint" in question["en"] and question["cy"].value is not None and "hint" not in question["cy"]:
                name = question["id"].text
                yield question["cy"].found(f'The hint of "{name}" has no Welsh', f"Add {name}.cy.hint")


CHECK = Check("question:welsh_missing", find)
