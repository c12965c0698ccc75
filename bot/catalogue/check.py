"""What is wrong with the content: everything at once, by file and line."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from pathlib import Path

from bot.catalogue import files
from bot.catalogue.loading import ContentBroken, load
from bot.catalogue.mistakes import CHECKS
from bot.catalogue.mistakes.content import Content
from bot.catalogue.mistakes.part import Found, Mistake


def check(
    folder: Path, overlay: Path | None, *, kinds: Collection[str], systems: Collection[str], on: date
) -> list[Mistake]:
    """Every mistake of the content as it stands on a day, in order of file and line.

    `kinds` are the names of the kinds of answer, `systems` those of the case systems: content may name no
    other. Nothing in the content makes this raise.
    """
    content = read(folder, overlay, kinds=kinds, systems=systems, on=on)
    mistakes = sorted({found.mistake(one.code) for one in CHECKS for found in one.find(content)})
    return mistakes or list(_refused(folder, overlay, on))


def _refused(folder: Path, overlay: Path | None, on: date) -> Iterator[Mistake]:
    """What only the loader noticed: there should be nothing, and if there is, content has no more to say."""
    try:
        load(folder, overlay, on=on)
    except ContentBroken as error:
        found = Found(error.shown, error.line, f"This cannot be loaded: {error.reason}", "Put it right")
        yield found.mistake("file:unloadable")


def read(
    folder: Path, overlay: Path | None, *, kinds: Collection[str], systems: Collection[str], on: date
) -> Content:
    """The content as the checks see it."""
    readable: list[files.ContentFile] = []
    broken: list[files.Unreadable] = []
    for pattern in ("**/*.yml", "**/*.yaml"):
        for path, shown in files.paths(folder, overlay, pattern):
            try:
                readable.append(files.read(path, shown))
            except files.Unreadable as error:
                broken.append(error)
    return Content(
        files=tuple(readable),
        unreadable=tuple(broken),
        council_shown=f"{folder.name}/council.yml",
        kinds=frozenset(kinds),
        systems=frozenset(systems),
        on=on,
    )
