"""A question that, with its numbered options, costs more than three segments by text."""

from collections.abc import Iterator

from bot.catalogue.mistakes import budget
from bot.catalogue.mistakes.content import Check, Content
from bot.catalogue.mistakes.part import Found, Part
from bot.words import LANGUAGES

MOST = 3


def find(content: Content) -> Iterator[Found]:
    for service in content.services:
        for question in service["questions"].items():
            for language in LANGUAGES:
                asking = question[language]
                lines = [asking["short"].text or asking["ask"].text]
                for number, option in enumerate(question["options"].items(), 1):
                    lines.append(f"{number}. {_label(option[language])}")
                text = "\n".join(content.filled(line) for line in lines)
                yield from budget.over(asking, text, MOST, f"{question['id'].text}.{language}")


def _label(option: Part) -> str:
    return option.text or option["short"].text or option["text"].text


CHECK = Check("question:over_budget", find)
