"""A question that nobody would ever be asked."""

from collections.abc import Iterator

from bot.catalogue.mistakes import conditions
from bot.catalogue.mistakes.content import Check, Content
from bot.catalogue.mistakes.part import Found, Part


def find(content: Content) -> Iterator[Found]:
    for service in content.services:
        known = frozenset(question["id"].text for question in service["questions"].items())
        earlier: dict[str, Part] = {}
        for question in service["questions"].items():
            name = question["id"].text
            broken = False
            for part, what, do in conditions.problems(question["only_if"], earlier, known):
                broken = True
                yield part.found(f'"{name}" would not be asked as meant: {what}', do)
            needs_two = None if broken else conditions.contradiction(question, earlier)
            if needs_two:
                yield question["only_if"].found(
                    f'"{name}" would never be asked: it needs two answers to "{needs_two}" at once',
                    "Take one of the conditions away",
                )
            earlier.setdefault(name, question)


CHECK = Check("question:unreachable", find)
