"""Where a file is not of its shape: a key too few or too many, a value of another type or none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ValidationError

from bot.catalogue.mistakes import shapes
from bot.catalogue.mistakes.part import Part

EXPECTED = {
    "string_type": "text (put it in quotes if it looks like a number)",
    "string_too_short": "text",
    "bool_type": "true or false",
    "int_type": "a whole number",
    "greater_than_equal": "0 or more",
    "date_type": "a date such as 2026-01-12, without quotes",
    "list_type": "a list",
    "too_short": "a list with something in it",
    "dict_type": "keys with values",
    "model_type": "keys with values",
    "value_error": "a single value",
}


@dataclass(frozen=True)
class Difference:
    """`part` is what is around a key that is missing, else what differs. `expected` says what would do."""

    how: Literal["missing", "unknown", "empty", "mistyped"]
    root: Part
    part: Part
    key: str
    expected: str = ""

    @property
    def where(self) -> str:
        """What is around the key, in words."""
        around = self.part if self.how == "missing" else self.root.at(self.part.place[:-1])
        return around.shown(self.root) or "the file"


def differences(root: Part, shape: type[BaseModel]) -> Iterator[Difference]:
    """Every difference of a part from its shape. The part is the root that places are told from."""
    try:
        shape.model_validate(root.value)
    except ValidationError as error:
        for problem in error.errors(include_url=False, include_input=False, include_context=False):
            yield _difference(root, problem["type"], problem["loc"])


def of_rates(root: Part) -> Iterator[Difference]:
    """The differences in a file of rates: groups of groups, down to a rate, which has `amounts`."""
    if not isinstance(root.value, Mapping):
        yield Difference("mistyped", root, root, root.name, EXPECTED["dict_type"])
    for part in rates_in(root):
        yield from differences(part, shapes.Rate)


def rates_in(part: Part) -> Iterator[Part]:
    """The rates of a part: what is not a group of other things is one, or should be."""
    for inner in part.items():
        group = isinstance(inner.value, Mapping) and inner.value
        if group and all(isinstance(value, Mapping) for value in group.values()):
            yield from rates_in(inner)
        else:
            yield inner


def _difference(root: Part, code: str, place: tuple[str | int, ...]) -> Difference:
    if code == "missing":
        return Difference("missing", root, root.at(place[:-1]), str(place[-1]))
    part = root
    for key in place:
        if key not in part and not (isinstance(part.value, list) and isinstance(key, int)):
            break  # an empty place, or pydantic's own addition to it, such as the name of a branch
        part = part[key]
    if code == "extra_forbidden":
        return Difference("unknown", root, part, part.name)
    if part.value is None or part.value == "":
        return Difference("empty", root, part, part.name, EXPECTED.get(code, "something else"))
    return Difference("mistyped", root, part, part.name, EXPECTED.get(code, "something else"))
