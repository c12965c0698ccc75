"""Which service goes where, and what is said of a place that is not there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

import pytest

from actions.systems import registry
from actions.systems.system import System
from tests import sample

REGISTER = cast("Mapping[str, System]", {"register": object()})


def test_content_and_settings_that_fit_are_quiet() -> None:
    registry.check(sample.catalogue(), {"pothole": "register"}, REGISTER)


@pytest.mark.parametrize(
    ("override", "says"),
    [
        ({"potholes": "register"}, "names the service 'potholes', which content does not have"),
        (
            {"pothole": "regster"},
            "pothole goes to 'regster', which is no case system. Use one of: register, open311",
        ),
        ({"pothole": "open311"}, "needs DOORSTEP_OPEN311_URL"),
    ],
)
def test_a_place_that_is_not_there_is_named_with_what_to_do(override: dict[str, str], says: str) -> None:
    with pytest.raises(registry.DestinationUnknown, match=says):
        registry.check(sample.catalogue(), override, REGISTER)


def test_content_that_names_a_system_nobody_set_up_is_told_so() -> None:
    content = sample.catalogue(sample.pothole(system="open311"))
    with pytest.raises(registry.DestinationUnknown, match="DOORSTEP_OPEN311_URL"):
        registry.check(content, {}, REGISTER)
