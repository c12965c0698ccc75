"""When the worker comes back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from actions.cases import NotTaken
from actions.systems.timing import MESSAGE_PATIENCE, PATIENCE, next_question, next_redeem, next_try
from tests.clock import Clock

NOW = Clock()()
BUSY = NotTaken("busy", retry=True)


@pytest.mark.parametrize(
    ("attempts", "seconds"), [(0, 5), (1, 5), (2, 10), (3, 20), (7, 320), (8, 600), (9, 600), (10_000, 600)]
)
def test_waits_double_up_to_ten_minutes(attempts: int, seconds: int) -> None:
    assert next_try(BUSY, attempts, NOW, NOW) == NOW + timedelta(seconds=seconds)


def test_patience_ends_on_the_third_day_exactly() -> None:
    almost = NOW + PATIENCE - timedelta(seconds=1)
    assert next_try(BUSY, 400, NOW, almost) == almost + timedelta(minutes=10)
    assert next_try(BUSY, 400, NOW, NOW + PATIENCE) is None
    assert next_redeem(400, NOW, NOW + PATIENCE) is None
    assert next_try(BUSY, 9, NOW, NOW + MESSAGE_PATIENCE, MESSAGE_PATIENCE) is None


def test_what_cannot_help_is_not_tried() -> None:
    assert next_try(NotTaken("refused", retry=False), 1, NOW, NOW) is None


@pytest.mark.parametrize(
    ("age", "wait"),
    [
        (timedelta(0), timedelta(minutes=15)),
        (timedelta(hours=23, minutes=59), timedelta(minutes=15)),
        (timedelta(days=1), timedelta(hours=1)),
        (timedelta(days=30), timedelta(days=1)),
        (timedelta(days=365), None),
    ],
)
def test_an_older_case_is_asked_after_less_often(age: timedelta, wait: timedelta | None) -> None:
    now = NOW + age
    assert next_question(NOW, now) == (None if wait is None else now + wait)
