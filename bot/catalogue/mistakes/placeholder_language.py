"""A Welsh text that borrows English words, or the other way about."""

from collections.abc import Iterator

from bot.catalogue.mistakes import borrowed
from bot.catalogue.mistakes.content import Check, Content
from bot.catalogue.mistakes.part import Found

OTHER = {"en": "cy", "cy": "en"}


def find(content: Content) -> Iterator[Found]:
    for said in content.said:
        other = OTHER[said.language]
        for _, form in said.forms:
            for name in borrowed.places(form.text):
                if borrowed.is_borrowed(name) and other in name.split("."):
                    right = ".".join(said.language if key == other else key for key in name.split("."))
                    yield form.found(f"{{{name}}} is in the other language", f"Write {{{right}}}")


CHECK = Check("placeholder:language", find)
