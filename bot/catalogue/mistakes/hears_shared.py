"""A word that we listen for with two meanings: "back" cannot both go back and say goodbye."""

from collections.abc import Iterator

from bot.catalogue.mistakes.content import Check, Content
from bot.catalogue.mistakes.part import Found, Part
from bot.catalogue.mistakes.same import key
from bot.words import LANGUAGES


def find(content: Content) -> Iterator[Found]:
    for language in LANGUAGES:
        first: dict[str, tuple[str, Part]] = {}
        for root in content.phrases:
            for entry in root["hears"].items():
                for word in entry[language].items():
                    meaning, _ = first.setdefault(key(word.text), (entry.name, word))
                    if word.text and meaning != entry.name:
                        yield word.found(
                            f'"{word.text}" means "{entry.name}" here and "{meaning}" elsewhere',
                            "Keep one of them",
                        )


CHECK = Check("hears:shared", find)
