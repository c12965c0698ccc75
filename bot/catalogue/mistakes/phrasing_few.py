"""Too few examples of what people say for a service to be found by."""

from collections.abc import Iterator

from bot.catalogue.mistakes.content import Check, Content
from bot.catalogue.mistakes.part import Found

LEAST = {"en": 15, "cy": 10}


def find(content: Content) -> Iterator[Found]:
    for service in content.services:
        for language, least in LEAST.items():
            acts = service["phrasings"][language]
            number = sum(len(list(act.items())) for act in acts.items())
            if acts.value is not None and number < least:
                yield acts.found(
                    f'There are {number} phrasings in "{language}"', f"Write {least - number} more"
                )


CHECK = Check("phrasing:few", find)
