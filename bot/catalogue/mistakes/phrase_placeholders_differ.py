"""A phrase that is filled with one thing in English and another in Welsh, or whose braces do not pair up."""

from collections.abc import Iterator

from bot.catalogue.mistakes import borrowed
from bot.catalogue.mistakes.content import Check, Content
from bot.catalogue.mistakes.part import Found, Part
from bot.words import LANGUAGES


def find(content: Content) -> Iterator[Found]:
    for root in content.phrases:
        for phrase in root["phrases"].items():
            filled: list[set[str]] = []
            for language in LANGUAGES:
                fields: set[str] = set()
                for form in _forms(phrase[language]):
                    own = borrowed.own(form.text)
                    if own is None:
                        yield form.found(
                            f'The braces of "{phrase.name}.{language}" do not pair up', "Pair them up"
                        )
                    else:
                        fields |= own
                filled.append(fields)
            if filled[0] != filled[1] and all(phrase[language].value for language in LANGUAGES):
                differ = ", ".join(f"{{{name}}}" for name in sorted(filled[0] ^ filled[1]))
                yield phrase["cy"].found(
                    f'"{phrase.name}" has {differ} in one language only', "Use the same ones in both"
                )


def _forms(part: Part) -> list[Part]:
    return [part] if part.text else [form for form in part.items() if form.text]


CHECK = Check("phrase:placeholders_differ", find)
