"""Where a file is not of its shape: a key too few or too many, a value of another type or none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ValidationError

from bot.catalogue.mistakes import shapes
from bot.catalogue.mistakes.part import Part

EXPECTED = {
    "string_type": "text",
    "string_too_short": "text",
    "bool_type": "true or false",
    "int_type": "a whole number",
    "greater_than_equal": "0 or more",
    "float_type": "a number",
    "date_type": "a date such as 2026-01-12",
    "list_type": "a list",
    "too_short": "a list with something in it",
    "dict_type": "keys with values",
    "model_type": "keys with values",
    "value_error": "a single value",
}
HINTS = {"text": ", in quotes if it looks like a number", "a date such as 2026-01-12": ", without quotes"}


How = Literal["missing", "unknown", "empty", "mistyped"]


@dataclass(frozen=True)
class Difference:
    """`part` is what is around a key that is missing, else what differs. `expected` says what would do."""

    how: How
    root: Part
    part: Part
    key: str
    expected: str = ""

    @property
    def remedy(self) -> str:
        """What to write in its place."""
        return self.expected + HINTS.get(self.expected, "")

    @property
    def where(self) -> str:
        """What is around the key, in words."""
        around = self.part if self.how == "missing" else self.root.at(self.part.place[:-1])
        return around.shown(self.root) or "the file"


def differences(root: Part, shape: type[BaseModel], at: Part | None = None) -> Iterator[Difference]:
    """Every difference from its shape of a file, or of a part of it."""
    part = at or root
    try:
        shape.model_validate(part.value)
    except ValidationError as error:
        for problem in error.errors(include_url=False, include_input=False, include_context=False):
            yield _difference(root, problem["type"], (*part.place, *problem["loc"]))


def of_rates(root: Part) -> Iterator[Difference]:
    """The differences in a file of rates: groups of groups, down to a rate, which has `amounts`."""
    if not isinstance(root.value, Mapping):
        how: How = "empty" if root.value is None else "mistyped"
        yield Difference(how, root, root, root.name, EXPECTED["dict_type"])
    for part in rates_in(root):
        yield from differences(root, shapes.Rate, part)


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
    nothing = part.value is None or part.value == ""
    return Difference(
        "empty" if nothing else "mistyped", root, part, part.name, EXPECTED.get(code, "of another type")
    )
