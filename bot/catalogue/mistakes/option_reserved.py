"""An option with the name of something that steers the conversation, which is always heard first.

Who answers "again" would have the question repeated. Yes and no do not steer: while something is asked they are
answers.
"""

from collections.abc import Iterator

from bot.catalogue.mistakes.content import Check, Content
from bot.catalogue.mistakes.part import Found, Part
from bot.catalogue.mistakes.same import key
from bot.words import LANGUAGES

ANSWERS = {"yes", "no"}


def find(content: Content) -> Iterator[Found]:
    for language in LANGUAGES:
        controls = _controls(content, language)
        for service in content.services:
            for question in service["questions"].items():
                for option in question["options"].items():
                    words = option[language]
                    for name in (words, words["text"], words["short"], *words["hears"].items()):
                        control = controls.get(key(name.text))
                        if control is not None:
                            place = f"{control.file.shown}:{control.line}"
                            yield name.found(
                                f'"{name.text}" would not choose "{option["id"].value}": it is a word of {place}',
                                "Take it away from one of the two",
                            )


def _controls(content: Content, language: str) -> dict[str, Part]:
    return {
        key(word.text): word
        for root in content.phrases
        for entry in root["hears"].items()
        if entry.name not in ANSWERS
        for word in entry[language].items()
        if key(word.text)
    }


CHECK = Check("option:reserved", find)
