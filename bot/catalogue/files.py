"""YAML files of content, with the line of everything in them.

YAML 1.1 takes a bare `yes` or `no` for a boolean, and content is full of them: here only `true` and `false`
are. Dates (`2026-01-12`) become dates. A council's own folder is laid over ours, file by file: a file of the
same name replaces, a new one adds.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Union

import yaml

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Base):  # type: ignore[misc]
    def construct_yaml_timestamp(self, node: Any) -> Any:
        try:
            return super().construct_yaml_timestamp(node)
        except ValueError as error:  # 2026-02-30: PyYAML forgets where it was
            raise yaml.constructor.ConstructorError(None, None, str(error), node.start_mark) from error


_Loader.add_constructor("tag:yaml.org,2002:timestamp", _Loader.construct_yaml_timestamp)
_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in pairs if tag != "tag:yaml.org,2002:bool"]
    for first, pairs in _Base.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))


Place = tuple[Union[str, int], ...]  # noqa: UP007 - evaluated on 3.10
"""The way to a part of a file: `("guidance", "cost", "cy")`."""


@dataclass(frozen=True)
class ContentFile:
    """One file: its data, and where each part of it stands (`("guidance", "cost")` → line, from 1)."""

    path: Path
    shown: str
    """The path as an author knows it: `data/services/pothole.yml`."""
    data: Any
    lines: Mapping[Place, int]
    repeated: tuple[tuple[Place, int], ...] = ()
    """Keys that stand twice in one mapping, with the line of the second: YAML keeps only that one."""

    def line(self, *place: str | int) -> int:
        """The line of a place, or of the nearest thing around it that exists."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)


class Unreadable(Exception):
    """A file that is not YAML: `line` is where the reader gave up."""

    def __init__(self, shown: str, line: int, reason: str) -> None:
        super().__init__(f"{shown}:{line} {reason}")
        self.shown, self.line, self.reason = shown, line, reason


def read(path: Path, shown: str) -> ContentFile:
    """One content file. Raises Unreadable."""
    lines: dict[Place, int] = {}
    repeated: list[tuple[Place, int]] = []
    loader = None
    try:
        loader = _Loader(path.read_text(encoding="utf-8"))
        node = loader.get_single_node()
        data = None if node is None else loader.construct_document(node)
        _mark(node, (), lines, repeated)
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        reason = str(getattr(error, "problem", None) or error).replace("\n", " ")
        raise Unreadable(shown, mark.line + 1 if mark else 1, reason) from error
    except RecursionError as error:
        raise Unreadable(shown, 1, "a part of it contains itself, or it is nested too deeply") from error
    finally:
        if loader is not None:
            loader.dispose()
    return ContentFile(path, shown, data, lines, tuple(repeated))


def _mark(node: Any, place: Place, lines: dict[Place, int], repeated: list[tuple[Place, int]]) -> None:
    if node is None:
        return
    lines.setdefault(place, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            inner, line = (*place, str(key.value)), key.start_mark.line + 1
            if inner in lines:
                repeated.append((inner, line))
            lines[inner] = line
            _mark(value, inner, lines, repeated)
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            _mark(value, (*place, index), lines, repeated)


def paths(folder: Path, overlay: Path | None, pattern: str) -> Iterator[tuple[Path, str]]:
    """The files that count, in order of name, as (path, shown): the overlay's in place of ours."""
    found = {p.relative_to(folder).as_posix(): p for p in folder.glob(pattern)}
    shown = {name: f"{folder.name}/{name}" for name in found}
    if overlay is not None:
        for p in overlay.glob(pattern):
            name = p.relative_to(overlay).as_posix()
            found[name], shown[name] = p, f"{overlay.name}/{name}"
    for name in sorted(found):
        yield found[name], shown[name]


def fingerprint(folder: Path, overlay: Path | None) -> str:
    """SHA-256 over the names and bytes of all content, so that a model knows when it is stale."""
    digest = hashlib.sha256()
    for path, shown in paths(folder, overlay, "**/*.yml"):
        digest.update(shown.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
