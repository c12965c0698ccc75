"""Options at a question whose kind takes any answer: nobody would ever see them."""

from collections.abc import Iterator

from bot.catalogue.mistakes.content import Check, Content
from bot.catalogue.mistakes.part import Found
from bot.catalogue.mistakes.question_options_missing import CHOICES


def find(content: Content) -> Iterator[Found]:
    for service in content.services:
        for question in service["questions"].items():
            kind = question["kind"].text
            if "options" in question and kind in content.kinds - CHOICES:
                yield question["options"].found(
                    f'"{question["id"].text}" is a {kind}, which has no options',
                    "Take them away, or make it a choice",
                )


CHECK = Check("question:options_unexpected", find)
