"""A part of a content file, with its line, however broken the file is.

A check must say what is wrong with a file that the loader refuses, so nothing here raises for data of another
shape: a part that is not there is an empty part, whose line is that of what is around it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from bot.catalogue.files import ContentFile


@dataclass(frozen=True, order=True)
class Mistake:
    """Something to put right. `path` is as the author knows it; `line` counts from 1."""

    path: str
    line: int
    code: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line} {self.code} {self.sentence}"


@dataclass(frozen=True)
class Found:
    """What a check found: where it stands, what is wrong there, and what to do about it (a clause without its
    full stop: "Add cost.cy")."""

    path: str
    line: int
    what: str
    do: str

    def mistake(self, code: str) -> Mistake:
        return Mistake(self.path, self.line, code, f"{self.what}. {self.do}, then run doorstep check again.")


@dataclass(frozen=True)
class Part:
    """A part of a file: the value that stands at a place, None where there is nothing."""

    file: ContentFile
    place: tuple[str | int, ...]
    value: Any

    def __getitem__(self, key: str | int) -> Part:
        inner = None
        if isinstance(self.value, dict) and isinstance(key, str):
            inner = self.value.get(key)
        elif isinstance(self.value, list) and isinstance(key, int) and 0 <= key < len(self.value):
            inner = self.value[key]
        return Part(self.file, (*self.place, key), inner)

    def __contains__(self, key: object) -> bool:
        return isinstance(self.value, dict) and key in self.value

    def at(self, place: Iterable[str | int]) -> Part:
        """The part at a place inside this one."""
        part = self
        for key in place:
            part = part[key]
        return part

    @property
    def name(self) -> str:
        """Its key."""
        return str(self.place[-1]) if self.place else ""

    @property
    def text(self) -> str:
        """Its value where that is text, else nothing."""
        return self.value if isinstance(self.value, str) else ""

    @property
    def line(self) -> int:
        return self.file.line(*self.place)

    def items(self) -> Iterator[Part]:
        """The parts of a mapping or a list, in order; none of anything else."""
        if isinstance(self.value, dict):
            for key, value in self.value.items():
                yield Part(self.file, (*self.place, str(key)), value)
        elif isinstance(self.value, list):
            for index, value in enumerate(self.value):
                yield Part(self.file, (*self.place, index), value)

    def found(self, what: str, do: str) -> Found:
        """A mistake at this part."""
        return Found(self.file.shown, self.line, what, do)

    def shown(self, root: Part) -> str:
        """Its place in an author's words, from a root: `questions.which_bin.cy.label`."""
        names, part = [], root
        for key in self.place[len(root.place) :]:
            part = part[key]
            names.append(part["id"].text or str(key + 1) if isinstance(key, int) else key)
        return ".".join(names)
