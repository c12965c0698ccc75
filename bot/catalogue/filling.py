"""Values that content borrows: `{council.phone_shown}` from council.yml, `{rate.blue_badge.fee}` from rates/.

A rate is a list of amounts with `from:` dates; the one in force on the day is used, so that next April's can
be published in January. Anything else in braces is left as it is: phrases are filled when they are said.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

_PLACE = re.compile(r"\{((?:council|rate)(?:\.[a-z_0-9]+)+)\}")


class Filler:
    """Fills the places of one day. Raises ValueError for a name that content does not have."""

    def __init__(self, council: Mapping[str, Any], rates: Sequence[Mapping[str, Any]], on: date) -> None:
        self._council = council
        self._rates: dict[str, Any] = {}
        for rate in rates:
            self._rates.update(rate)
        self._on = on

    def fill(self, text: str) -> str:
        return _PLACE.sub(lambda match: self._value(match[1]), text)

    def _value(self, name: str) -> str:
        root, *path = name.split(".")
        value: Any = self._council if root == "council" else self._rates
        try:
            for key in path:
                value = value[key]
        except (KeyError, TypeError) as error:
            raise ValueError(f"nothing is called {{{name}}}") from error
        if root == "council":
            return str(value)
        if not isinstance(value, Mapping) or "amounts" not in value:
            raise ValueError(f"{{{name}}} is no rate: it has no amounts")
        return str(in_force(value["amounts"], self._on)["amount"])


def in_force(amounts: Sequence[Mapping[str, Any]], on: date) -> Mapping[str, Any]:
    """The entry whose `from` is the latest not after the day.

    >>> in_force([{"from": date(2025, 4, 1), "amount": "9"}, {"from": date(2026, 4, 1), "amount": "10"}],
    ...          date(2026, 3, 31))["amount"]
    '9'
    """
    due = [entry for entry in amounts if entry["from"] <= on]
    if not due:
        raise ValueError(f"no amount is in force on {on}")
    return max(due, key=lambda entry: entry["from"])
