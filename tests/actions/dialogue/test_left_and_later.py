"""Requests that are stopped, left for another one, or asked for in the middle: no answer is lost on the way."""

from __future__ import annotations

import pytest

from bot.catalogue import Catalogue
from bot.words import End
from tests.actions.dialogue.talking import MISSED_BIN, left_by, reporting

POTHOLE = ("High Street, outside the post office", "road", "large", "no", "a deep hole", "Dr Patel", "skip")


def test_stop_for_now_keeps_the_answers_and_asks_nothing(catalogue: Catalogue) -> None:
    talk = reporting(catalogue, ("recycling",))
    talk.goes("stop_for_now")
    assert talk.words == (End(talk.at().phrase("talk.stopped", talk.state)),)
    assert talk.state.asking is None


@pytest.mark.parametrize("comes_back", ["carry_on", "greet", "affirm"])
def test_whoever_comes_back_goes_on_where_they_stopped(catalogue: Catalogue, comes_back: str) -> None:
    talk = reporting(catalogue, ("recycling", "yesterday"))
    talk.goes("stop_for_now", comes_back)
    assert "This is where you stopped" in talk.text
    assert talk.question == "out_in_time"


def test_asking_for_it_again_goes_on_where_it_stopped(catalogue: Catalogue) -> None:
    talk = reporting(catalogue, ("recycling",))
    talk.goes("stop_for_now")
    talk.asks_for("missed_bin")
    assert talk.question == "missed_on"


def test_nothing_is_said_to_be_kept_where_nothing_was_given(catalogue: Catalogue) -> None:
    talk = reporting(catalogue)
    talk.goes("stop_for_now")
    assert "kept" not in talk.text
    talk.goes("carry_on")
    assert talk.question == "which_bin"


def test_a_bare_yes_to_an_open_question_does_not_reopen_what_was_left(catalogue: Catalogue) -> None:
    talk = reporting(catalogue, ("recycling",))
    talk.goes("stop_for_now")
    talk.wants_to_know("blue_badge", "cost")
    talk.answers("no")
    talk.goes("affirm")
    assert talk.question is None
    assert "You have not finished" in talk.text


def test_a_request_in_the_middle_of_another_is_offered_at_its_end(catalogue: Catalogue) -> None:
    talk = reporting(catalogue, ("recycling",))
    talk.asks_for("pothole")
    assert talk.question == "missed_on"
    talk.asks_for("blue_badge")
    talk.answers(*MISSED_BIN[1:], "yes")
    assert talk.outcomes[-1].finished is not None
    assert talk.question == "offer"
    assert "pothole" in talk.text
    talk.answers("no")
    assert "Blue Badge" in talk.text
    talk.answers("yes")
    assert talk.question == "application"
    assert talk.state.later == ()


def test_a_request_left_for_another_is_kept_and_offered_at_its_end(catalogue: Catalogue) -> None:
    talk = reporting(catalogue, ("recycling", "yesterday"))
    talk.goes("stop_for_now")
    talk.asks_for("pothole")
    assert talk.question == "place"
    assert set(left_by(talk.state)) == {"missed_bin", "pothole"}
    talk.answers(*POTHOLE, "yes")
    assert "You have not finished" in talk.text
    talk.answers("yes")
    assert talk.question == "out_in_time"
    assert list(talk.given()) == ["which_bin", "missed_on"]


def test_of_two_requests_that_were_left_each_goes_on_by_name(catalogue: Catalogue) -> None:
    talk = reporting(catalogue, ("recycling",))
    talk.goes("stop_for_now")
    talk.asks_for("pothole")
    talk.answers(POTHOLE[0])
    talk.goes("stop_for_now")
    talk.asks_for("missed_bin")
    assert talk.question == "missed_on"
    talk.goes("stop_for_now")
    talk.asks_for("pothole")
    assert talk.question == "part"


def test_start_over_clears_this_request_and_no_other(catalogue: Catalogue) -> None:
    talk = reporting(catalogue, ("recycling",))
    talk.goes("stop_for_now")
    talk.asks_for("pothole")
    talk.answers(POTHOLE[0])
    talk.goes("start_over")
    assert talk.question == "place"
    assert talk.given() == {}
    assert left_by(talk.state)["missed_bin"].answers["which_bin"].value == "recycling"


def test_goodbye_in_the_middle_keeps_the_answers(catalogue: Catalogue) -> None:
    talk = reporting(catalogue, ("recycling",))
    talk.goes("goodbye", "carry_on")
    assert talk.question == "missed_on"
