"""The council's telephone number typed in a service: it would stay behind when the council's changes.

Guidance that is not the council's own (a national body's page, named as its source) may give that body's number.
"""

import re
from collections.abc import Iterator

from bot.catalogue.mistakes.amount_typed import EXAMPLES
from bot.catalogue.mistakes.content import Check, Content
from bot.catalogue.mistakes.part import Found, Part
from bot.catalogue.mistakes.wordings import Said

# A number as people write one: a 0 or +44, then nine or ten digits, spaced as they like.
_NUMBER = re.compile(r"(?<![\d£.,])(?:\+44|0)(?:[ -]?\d){9,10}(?!\d)")


def find(content: Content) -> Iterator[Found]:
    for said in content.said_by_services:
        if said.noun in EXAMPLES or (said.noun == "guidance" and not _own(said)):
            continue
        for _, form in said.forms:
            for number in dict.fromkeys(_NUMBER.findall(form.text)):
                yield form.found(
                    f'The number "{number}" is typed in "{said.name}.{said.language}"',
                    "Put it in council.yml, and borrow it as {council...}",
                )


def _own(said: Said) -> bool:
    guidance = Part(said.part.file, (), said.part.file.data).at(said.part.place[:2])
    return guidance["demonstration"].value is True or "{council." in guidance["source"].text


CHECK = Check("phone:typed", find)
