"""A choice with fewer than two options, which is none."""

from collections.abc import Iterator

from bot.catalogue.mistakes.content import Check, Content
from bot.catalogue.mistakes.part import Found

CHOICES = {"choice", "choices"}


def find(content: Content) -> Iterator[Found]:
    for service in content.services:
        for question in service["questions"].items():
            number = len(list(question["options"].items()))
            if question["kind"].text in CHOICES and number < 2:
                has = "no options" if number == 0 else "a single option"
                yield question.found(
                    f'"{question["id"].text}" is a choice and has {has}', "Give it two or more"
                )


CHECK = Check("question:options_missing", find)
