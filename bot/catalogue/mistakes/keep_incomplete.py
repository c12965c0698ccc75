"""Something personal is asked without saying why it is held, under which law, by whom, for whom or how long.

UK GDPR, Article 30(1), wants this of everything that is kept about a person. Each part may stand at the
service, for all its questions, or at the question.
"""

from collections.abc import Iterator

from bot.catalogue.mistakes.content import Check, Content
from bot.catalogue.mistakes.part import Found

NEEDED = {
    "purpose": "why it is held",
    "basis": "its lawful basis",
    "controller": "whose data it is",
    "recipients": "who receives it",
    "months": "how long it is held",
}


def find(content: Content) -> Iterator[Found]:
    for service in content.services:
        for question in service["questions"].items():
            for key, meaning in NEEDED.items():
                given = question["keep"] if key in question["keep"] else service["keep"]
                if given[key].value in (None, "", [], {}):
                    yield question.found(
                        f'"{question["id"].text}" is kept without {meaning}',
                        f"Add keep.{key} to it or to the service",
                    )


CHECK = Check("keep:incomplete", find)
