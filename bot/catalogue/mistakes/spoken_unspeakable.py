"""What a voice would say has a web address in it, or tells the person to click or to look at a page."""

import re
from collections.abc import Iterator

from bot.catalogue.mistakes.content import Check, Content
from bot.catalogue.mistakes.part import Found

_ADDRESS = re.compile(
    r"https?://[\w./-]*\w|\bwww\.[\w./-]*\w|\b[\w-]+\.(?:gov\.uk|gov\.wales|org|com|co\.uk|example)\b(?:[/.-]?\w+)*",
    re.I,
)
_CLICK = re.compile(r"\b(?:click(?:ing)?|cliciwch|clicio)\b", re.I)
NEVER_SPOKEN = {"web", "sms"}
"""Files of phrases that only one channel uses, and not the telephone."""


def find(content: Content) -> Iterator[Found]:
    for said in content.said:
        form = said.form("spoken")
        file = said.part.file.shown.rpartition("/")[2].removesuffix(".yml")
        if form is None or (said.noun == "phrase" and file in NEVER_SPOKEN):
            continue
        text = content.filled(form.text)
        match = _ADDRESS.search(text) or _CLICK.search(text)
        if match:
            yield form.found(
                f'"{match[0]}" of "{said.name}.{said.language}" would be spoken',
                "Add a spoken form that makes sense without it",
            )


CHECK = Check("spoken:unspeakable", find)
