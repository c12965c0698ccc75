"""Content that is published while somebody is in the middle: told what changed, and nothing usable is lost."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.catalogue import Catalogue, Question, Service
from bot.words import Confirm, Receipt
from tests.actions.dialogue.talking import MISSED_BIN, Talk, reporting

INTENTS = (
    "ask", "request", "answer", "back", "change", "start_over", "repeat", "help", "stop_for_now", "carry_on",
    "person", "status", "language", "greet", "thank", "goodbye", "affirm", "deny", "skip", "unclear",
)  # fmt: skip


def without(catalogue: Catalogue, service: str) -> Catalogue:
    return replace(catalogue, services={k: v for k, v in catalogue.services.items() if k != service})


def republished(catalogue: Catalogue, **changed: Any) -> Catalogue:
    """The catalogue with a new version of the missed bin."""
    old = catalogue.services["missed_bin"]
    new: Service = replace(old, **{"version": old.version + 1, **changed})
    return replace(catalogue, services={**catalogue.services, "missed_bin": new})


def questions(catalogue: Catalogue, **changed: dict[str, Any] | None) -> tuple[Question, ...]:
    """The missed bin's questions, some changed, those that are None gone."""
    kept = [q for q in catalogue.services["missed_bin"].questions if changed.get(q.id, {}) is not None]
    return tuple(replace(q, **(changed.get(q.id) or {})) for q in kept)


@pytest.mark.parametrize("intent", INTENTS)
@pytest.mark.parametrize("standing", ["question", "review", "change"])
def test_a_withdrawn_request_is_said_to_be_gone_whatever_is_said(
    catalogue: Catalogue, standing: str, intent: str
) -> None:
    talk = reporting(catalogue, ("recycling",) if standing == "question" else MISSED_BIN)
    if standing == "change":
        talk.answers("no")
    talk.catalogue = without(catalogue, "missed_bin")
    talk.understood(intent, "recycling", [("missed_bin", 0.9)])
    assert talk.phrase("talk.service_withdrawn") in talk.text
    assert talk.state.interview is None


def test_a_withdrawn_request_that_was_left_is_not_offered(catalogue: Catalogue) -> None:
    talk = reporting(catalogue, ("recycling",))
    talk.goes("stop_for_now")
    talk.catalogue = without(catalogue, "missed_bin")
    talk.goes("carry_on")
    assert talk.question is None
    assert "You have not finished" not in talk.text


def test_an_offer_of_a_withdrawn_request_is_no_offer(catalogue: Catalogue) -> None:
    talk = Talk(catalogue)
    talk.wants_to_know("missed_bin", "cost")
    talk.catalogue = without(catalogue, "missed_bin")
    talk.understood("answer", "yes")
    assert talk.state.interview is None
    assert talk.words


def test_a_new_version_takes_the_answer_and_says_that_it_changed(catalogue: Catalogue) -> None:
    talk = reporting(catalogue, ("recycling",))
    talk.catalogue = republished(catalogue)
    talk.answers("yesterday")
    assert talk.text.startswith(talk.phrase("talk.changed_since"))
    assert talk.question == "out_in_time"
    assert talk.state.interview is not None
    assert talk.state.interview.version == talk.catalogue.services["missed_bin"].version
    talk.answers("yes")
    assert talk.phrase("talk.changed_since") not in talk.text


def test_an_answer_that_no_longer_applies_is_asked_for_again(catalogue: Catalogue) -> None:
    talk = reporting(catalogue, MISSED_BIN[:3])
    bins = catalogue.services["missed_bin"].question("which_bin").options
    talk.catalogue = republished(
        catalogue,
        questions=questions(catalogue, which_bin={"options": tuple(o for o in bins if o[0] != "recycling")}),
    )
    talk.answers("12 High Street")
    assert "Which bin" in talk.text
    assert talk.given() == {"missed_on": "2026-11-24", "out_in_time": True, "address": "12 High Street"}
    talk.answers("food")
    talk.answers(*MISSED_BIN[4:])
    assert talk.question == "confirm"


def test_a_question_that_is_gone_is_not_answered_but_the_next_is_asked(catalogue: Catalogue) -> None:
    talk = reporting(catalogue, ("recycling",))
    talk.catalogue = republished(catalogue, questions=questions(catalogue, missed_on=None))
    talk.answers("yesterday")
    assert talk.question == "out_in_time"
    assert talk.given() == {"which_bin": "recycling"}


def test_a_yes_to_an_old_check_list_does_not_send_a_new_one(catalogue: Catalogue) -> None:
    talk = reporting(catalogue, MISSED_BIN)
    talk.catalogue = republished(catalogue)
    talk.answers("yes")
    assert isinstance(talk.words[-1], Confirm)
    assert talk.outcomes[-1].finished is None
    talk.answers("yes")
    assert isinstance(talk.words[0], Receipt)


def test_a_new_question_is_asked_before_the_check_list(catalogue: Catalogue) -> None:
    talk = Talk(republished(catalogue, questions=questions(catalogue, postcode=None), version=0))
    talk.asks_for("missed_bin")
    talk.answers(*(a for a in MISSED_BIN if a != "SW1A 1AA"))
    assert talk.question == "confirm"
    talk.catalogue = catalogue
    talk.answers("yes")
    assert talk.question == "postcode"
    talk.answers("SW1A 1AA")
    assert talk.question == "confirm"


def test_a_request_that_was_left_is_renewed_when_it_goes_on(catalogue: Catalogue) -> None:
    talk = reporting(catalogue, ("recycling",))
    talk.goes("stop_for_now")
    talk.catalogue = republished(catalogue)
    talk.goes("carry_on")
    assert talk.phrase("talk.changed_since") in talk.text
    assert talk.question == "missed_on"


def test_an_opt_out_stays_without_a_word_whatever_changed(catalogue: Catalogue) -> None:
    talk = reporting(catalogue, ("recycling",))
    talk.catalogue = without(catalogue, "missed_bin")
    assert talk.control("opt_out").words == ()
