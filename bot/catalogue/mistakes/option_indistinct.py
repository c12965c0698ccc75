"""Two options that a person could not tell apart, or could not choose between in words."""

from collections.abc import Iterator

from bot.catalogue.mistakes.content import Check, Content
from bot.catalogue.mistakes.part import Found, Part
from bot.catalogue.mistakes.same import key
from bot.words import LANGUAGES


def find(content: Content) -> Iterator[Found]:
    for service in content.services:
        for question in service["questions"].items():
            for language in LANGUAGES:
                yield from _in_one(list(question["options"].items()), language)


def _in_one(options: list[Part], language: str) -> Iterator[Found]:
    whose: dict[str, int] = {}
    for number, option in enumerate(options):
        words = option[language]
        names = [words, words["text"], words["short"], *words["hears"].items()]
        for name in names:
            same = key(name.text)
            if same and whose.setdefault(same, number) != number:
                other = options[whose[same]]["id"].value
                yield name.found(
                    f'"{name.text}" means "{option["id"].value}" here and "{other}" further up',
                    "Keep it at one of them",
                )


CHECK = Check("option:indistinct", find)
