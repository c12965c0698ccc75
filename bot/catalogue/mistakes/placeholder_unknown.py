"""A text that borrows a value that there is not: the person would see the braces."""

import re
from collections.abc import Iterator

from bot.catalogue.mistakes import borrowed
from bot.catalogue.mistakes.content import Check, Content
from bot.catalogue.mistakes.part import Found, Part

# As the loader fills them: anything else in braces is left as it is.
_FILLED = re.compile(r"(?:council|rate)(?:\.[a-z_0-9]+)+")


def find(content: Content) -> Iterator[Found]:
    for said in content.said:
        for _, form in said.forms:
            yield from _in_one(content, form, spoken_to=said.noun == "phrase")
    for service in content.services:
        for link in service["link"].items():
            yield from _in_one(content, link, spoken_to=False)
        for guidance in service["guidance"].items():
            yield from _in_one(content, guidance["source"], spoken_to=False)


def _in_one(content: Content, part: Part, *, spoken_to: bool) -> Iterator[Found]:
    for name in borrowed.places(part.text):
        if not borrowed.is_borrowed(name):
            if not spoken_to:
                yield part.found(
                    f"Nothing fills {{{name}}} in a service", "Borrow from {council...} or {rate...}"
                )
            continue
        if not _readable(content, name):
            continue
        value = borrowed.value(content, name) if _FILLED.fullmatch(name) else None
        is_rate = isinstance(value, dict) and "amounts" in value
        if value is None:
            where = "council.yml" if name.startswith("council.") else "a file of rates/"
            yield part.found(f"Nothing is called {{{name}}}", f"Add it to {where}, or name one that is there")
        elif isinstance(value, dict | list) and not (is_rate and name.startswith("rate.")):
            inner = ", ".join(map(str, value)) if isinstance(value, dict) else "one of its own"
            yield part.found(f"{{{name}}} is several values", f"Name one of them: {inner}")


def _readable(content: Content, name: str) -> bool:
    """Whether we can tell: what a file that cannot be read would have held is not missing."""
    if name.startswith("council."):
        return content.council is not None
    return not any("/rates/" in broken.shown for broken in content.unreadable)


CHECK = Check("placeholder:unknown", find)
