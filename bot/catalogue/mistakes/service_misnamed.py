"""A service whose file is not named after its id."""

from collections.abc import Iterator

from bot.catalogue.mistakes.content import Check, Content
from bot.catalogue.mistakes.part import Found


def find(content: Content) -> Iterator[Found]:
    for service in content.services:
        name = service.file.shown.rpartition("/")[2].removesuffix(".yml")
        given = service["id"]
        if given.text and given.text != name:
            yield given.found(
                f'The file is named "{name}" and its id is "{given.text}"', "Make the two the same"
            )


CHECK = Check("service:misnamed", find)
