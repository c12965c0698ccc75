"""Every wording of the content, one language at a time, in the forms that differ between channels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.catalogue.mistakes.part import Part
from bot.words import LANGUAGES, Language


@dataclass(frozen=True)
class Said:
    """A wording. `noun` says what it is (`guidance`, `question`, `hint`, `label`, `option`, `after`, `title`,
    `said`, `phrase`); `name` whose (`cost`, `which_bin`); `forms` holds its text, short and spoken."""

    noun: str
    name: str
    language: Language
    part: Part
    forms: tuple[tuple[str, Part], ...]

    def form(self, name: str) -> Part | None:
        """One form, or the text where that form is not there."""
        by_name = dict(self.forms)
        return by_name.get(name) or by_name.get("text")


def of_phrases(root: Part) -> Iterator[Said]:
    """The wordings of a file of phrases."""
    for phrase in root["phrases"].items():
        yield from _both("phrase", phrase.name, phrase)


def of_service(service: Part) -> Iterator[Said]:
    """The wordings of a service's file, in order."""
    yield from _both("title", "title", service["title"])
    yield from _both("said", "said", service["said"])
    for guidance in service["guidance"].items():
        yield from _both("guidance", guidance.name, guidance)
    for question in service["questions"].items():
        name = question["id"].text
        yield from _both("question", name, question, text="ask")
        for language in LANGUAGES:
            for noun in ("label", "hint"):
                yield from _one(noun, name, language, question[language][noun])
        for option in question["options"].items():
            yield from _both("option", f"{name}.{option['id'].value}", option)
    yield from _both("after", "after", service["after"])


def _both(noun: str, name: str, part: Part, text: str = "text") -> Iterator[Said]:
    for language in LANGUAGES:
        yield from _one(noun, name, language, part[language], text)


def _one(noun: str, name: str, language: Language, part: Part, text: str = "text") -> Iterator[Said]:
    if part.text:
        yield Said(noun, name, language, part, (("text", part),))
        return
    keys = (("text", text), ("short", "short"), ("spoken", "spoken"))
    forms = tuple((form, part[key]) for form, key in keys if part[key].text.strip())
    if forms:
        yield Said(noun, name, language, part, forms)
