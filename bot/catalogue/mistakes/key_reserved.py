"""A top-level `rules` or `responses` outside data/rasa: Rasa takes any such file for its own."""

from collections.abc import Iterator

from bot.catalogue.mistakes.content import Check, Content
from bot.catalogue.mistakes.part import Found

# rasa 3.6.21 looks at the top-level keys of every YAML file under the data folder that it is given.
RESERVED = ("rules", "responses")


def find(content: Content) -> Iterator[Found]:
    for root in content.roots:
        if root.file.shown.split("/")[1:2] == ["rasa"]:
            continue
        for key in RESERVED:
            if key in root:
                yield root[key].found(
                    f'Rasa would take this file for its own, because of "{key}"',
                    "Use another name for the key",
                )


CHECK = Check("key:reserved", find)
