"""An amount of money typed in a service: it would go out of date where nobody looks for it."""

import re
from collections.abc import Iterator

from bot.catalogue.mistakes.content import Check, Content
from bot.catalogue.mistakes.part import Found

_AMOUNT = re.compile(r"£\s?\d[\d,]*(?:\.\d+)?|\b\d[\d,]*(?:\.\d+)?\s?(?:pounds?|bunt|punt)\b", re.I)
EXAMPLES = {"hint"}
"""A hint shows what an answer looks like: its amounts are nobody's."""


def find(content: Content) -> Iterator[Found]:
    for said in content.said_by_services:
        if said.noun in EXAMPLES:
            continue
        for _, form in said.forms:
            for amount in dict.fromkeys(_AMOUNT.findall(form.text)):
                yield form.found(
                    f'"{amount}" is typed in "{said.name}.{said.language}"',
                    "Put it in rates/ or council.yml, and borrow it as {rate...} or {council...}",
                )


CHECK = Check("amount:typed", find)
