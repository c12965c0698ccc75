"""The places in a text that are filled: `{council.name.en}`, `{rate.blue_badge.fee}`, and a phrase's own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from string import Formatter

from bot.catalogue.mistakes.content import Content

PLACE = re.compile(r"\{([^{}]*)\}")


def places(text: str) -> list[str]:
    """The names in braces, in order."""
    return PLACE.findall(text)


def is_borrowed(name: str) -> bool:
    """Whether a name is filled from council.yml or rates/ when content is loaded."""
    return name.startswith(("council.", "rate."))


def own(text: str) -> set[str] | None:
    """What a phrase is filled with when it is said; None for a text whose braces do not pair up."""
    try:
        fields = [field for _, field, _, _ in Formatter().parse(text) if field is not None]
    except ValueError:
        return None
    return {field for field in fields if not is_borrowed(field)}


def value(content: Content, name: str) -> object:
    """What a borrowed name stands for; None if there is nothing of that name."""
    root, *path = name.split(".")
    if root == "council":
        sources = [content.council.value] if content.council else []
    else:
        sources = [rate.value for rate in content.rates]
    for source in sources:
        found: object = source
        for key in path:
            found = found.get(key) if isinstance(found, Mapping) else None
        if found is not None:
            return found
    return None
