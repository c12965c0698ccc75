"""A Welsh text that is the English one again."""

from collections.abc import Iterator

from bot.catalogue.mistakes.content import Check, Content
from bot.catalogue.mistakes.part import Found
from bot.catalogue.mistakes.same import key

WORDS = 4
"""A shorter text may well be the same in both: a name, a number, "OK"."""


def find(content: Content) -> Iterator[Found]:
    english: dict[tuple[str, str, str], str] = {}
    for said in content.said:
        for name, form in said.forms:
            place = (said.part.file.shown, f"{said.noun}.{said.name}", name)
            text = key(form.text)
            if said.language == "en":
                english[place] = text
            elif len(text.split()) >= WORDS and english.get(place) == text:
                yield form.found(f'The Welsh of "{said.name}" ({name}) is its English', "Translate it")


CHECK = Check("wording:untranslated", find)
