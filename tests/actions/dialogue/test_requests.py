"""A request from its first question to its receipt: answers, digressions, going back, changing, sending."""

from __future__ import annotations

import pytest

from bot.catalogue import Catalogue
from bot.words import HandOver, Problem, Receipt, Say
from tests.actions.dialogue.talking import MISSED_BIN, Talk, reporting


def test_a_request_is_begun_filled_checked_and_sent(catalogue: Catalogue) -> None:
    talk = reporting(catalogue)
    assert talk.outcomes[-1].label == "started"
    assert talk.question == "which_bin"
    talk.answers(*MISSED_BIN)
    assert talk.question == "confirm"
    sent = talk.answers("yes")
    assert sent.finished is not None
    assert sent.finished.answers["postcode"].value == "SW1A 1AA"
    assert isinstance(sent.words[0], Receipt)
    assert sent.words[0].reference == sent.reference
    assert "waste team" in talk.text
    assert talk.state.interview is None


# label, answers before, intent, text → what is asked then
STEPS = [
    ("back is the question before", ("recycling",), "back", "", "which_bin"),
    ("back at the first question stays", (), "back", "", "which_bin"),
    ("back from the check list is the last question", MISSED_BIN, "back", "", "phone"),
    ("change by name", MISSED_BIN, "change", "change the address", "address"),
    ("change by number", MISSED_BIN, "change", "change 5", "postcode"),
    ("change without a name asks which", MISSED_BIN, "change", "change an answer", "change"),
    ("change with nothing given goes on", (), "change", "change the address", "which_bin"),
    ("the check list takes a number", MISSED_BIN, "answer", "5", "postcode"),
    ("the check list takes a name", MISSED_BIN, "answer", "the postcode is wrong", "postcode"),
    ("no to the check list asks which", MISSED_BIN, "answer", "no", "change"),
    ("a gate opens a question", MISSED_BIN[:5], "answer", "yes", "gate_note"),
    ("an unusable answer is asked again", ("recycling",), "answer", "31 February", "missed_on"),
    ("start over is the first question", MISSED_BIN, "start_over", "", "which_bin"),
    ("help keeps the question", ("recycling",), "help", "", "missed_on"),
    ("thanks keep the question", ("recycling",), "thank", "", "missed_on"),
    ("hello keeps the question", ("recycling",), "greet", "", "missed_on"),
    ("carry on keeps the question", ("recycling",), "carry_on", "", "missed_on"),
    ("skip of a question that must be answered", ("recycling",), "skip", "skip", "missed_on"),
    ("skip of one that need not be", MISSED_BIN[:7], "skip", "skip", "confirm"),
    ("status keeps the question", ("recycling",), "status", "", "missed_on"),
]


@pytest.mark.parametrize(
    ("before", "intent", "text", "asked_then"),
    [row[1:] for row in STEPS],
    ids=[row[0] for row in STEPS],
)
def test_a_step_leads_to_a_question(
    catalogue: Catalogue, before: tuple[str, ...], intent: str, text: str, asked_then: str
) -> None:
    talk = reporting(catalogue, before)
    talk.understood(intent, text)
    assert talk.question == asked_then


def test_a_question_in_the_middle_is_answered_and_the_form_waits(catalogue: Catalogue) -> None:
    talk = reporting(catalogue, ("recycling",))
    outcome = talk.wants_to_know("missed_bin", "cost")
    assert outcome.label == "digression"
    assert "free" in talk.text
    assert talk.question == "missed_on"
    assert talk.given() == {"which_bin": "recycling"}


def test_a_question_about_another_service_does_not_leave_the_form(catalogue: Catalogue) -> None:
    talk = reporting(catalogue, ("recycling",))
    talk.wants_to_know("blue_badge", "cost")
    assert "£10" in talk.text
    assert talk.question == "missed_on"


def test_doubt_about_the_subject_never_pushes_out_the_question(catalogue: Catalogue) -> None:
    talk = reporting(catalogue, ("recycling",))
    talk.understood("request", "sort the road", [("pothole", 0.35), ("bulky_waste", 0.3)])
    assert talk.question == "missed_on"


def test_a_changed_answer_comes_back_to_the_check_list(catalogue: Catalogue) -> None:
    talk = reporting(catalogue, MISSED_BIN)
    talk.answers("5", "E1 6AN")
    assert talk.question == "confirm"
    assert "E1 6AN" in talk.text


def test_back_from_which_answer_is_the_check_list(catalogue: Catalogue) -> None:
    talk = reporting(catalogue, MISSED_BIN)
    talk.answers("no")
    talk.goes("back")
    assert talk.question == "confirm"


def test_a_changed_answer_opens_what_it_opens_and_keeps_the_rest(catalogue: Catalogue) -> None:
    talk = reporting(catalogue, MISSED_BIN)
    talk.answers("6", "yes")
    assert talk.question == "gate_note"
    talk.answers("ring the bell at number 3")
    assert talk.question == "confirm"
    assert "Sam Jones" in talk.text


def test_a_story_that_sounds_like_a_request_is_the_answer_that_was_asked_for(catalogue: Catalogue) -> None:
    talk = Talk(catalogue)
    talk.asks_for("pothole")
    talk.answers("High Street, outside the post office", "road", "large", "no")
    assert talk.question == "description"
    talk.understood("request", "there is a deep pothole, please come and mend it", [("pothole", 0.95)])
    assert talk.given()["description"] == "there is a deep pothole, please come and mend it"


def test_asking_again_for_the_same_request_goes_on_with_it(catalogue: Catalogue) -> None:
    talk = reporting(catalogue, ("recycling",))
    talk.asks_for("missed_bin")
    assert talk.question == "missed_on"
    assert talk.given() == {"which_bin": "recycling"}


def test_only_whom_the_person_agreed_to_is_named_on_the_receipt(catalogue: Catalogue) -> None:
    talk = Talk(catalogue)
    talk.asks_for("change_of_address")
    answers = {
        "moved_on": "yesterday", "old_address": "12 High Street", "old_postcode": "SW1A 1AA",
        "new_address": "7 Mill Lane", "new_postcode": "SW1A 2AA", "own_or_rent": "rent", "adults": "2",
        "name": "Sam Jones", "date_of_birth": "27/3/1984", "tell_dwp": "yes", "tell_hmrc": "no",
        "nino": "AB 12 34 56 C", "tell_dvla": "no", "phone": "skip",
    }  # fmt: skip
    while talk.question in answers:
        talk.answers(answers[talk.question])
    talk.answers("yes")
    assert "Department for Work and Pensions" in talk.text
    assert "HM Revenue" not in talk.text
    assert "Licensing" not in talk.text


def test_the_third_unusable_answer_offers_a_person_and_the_question_stands(catalogue: Catalogue) -> None:
    talk = reporting(catalogue)
    talk.answers("purple", "square")
    assert not [word for word in talk.words if isinstance(word, HandOver)]
    talk.answers("loud")
    assert isinstance(talk.words[0], Problem)
    assert [word.reason for word in talk.words if isinstance(word, HandOver)] == ["three_failures"]
    assert talk.question == "which_bin"


def test_a_turn_that_helps_ends_the_row_of_failures(catalogue: Catalogue) -> None:
    talk = reporting(catalogue)
    talk.answers("purple", "square")
    talk.goes("help")
    talk.answers("loud")
    assert not [word for word in talk.words if isinstance(word, HandOver)]


def test_help_says_why_the_question_is_asked(catalogue: Catalogue) -> None:
    talk = reporting(catalogue)
    talk.goes("help")
    assert "to send the right lorry" in talk.text
    assert talk.question == "which_bin"


@pytest.mark.parametrize("door", ["sms", "webchat", "voice"])
def test_a_person_is_reached_and_elsewhere_than_on_a_call_the_question_stands(
    catalogue: Catalogue, door: str
) -> None:
    talk = reporting(catalogue, ("recycling",), door)
    talk.goes("person")
    handed = [word for word in talk.words if isinstance(word, HandOver)]
    assert handed[0].phone == catalogue.council.phone
    assert talk.question == (None if door == "voice" else "missed_on")
    assert talk.given() == {"which_bin": "recycling"}


def test_what_nobody_may_have_yet_is_said_to_be_nowhere(catalogue: Catalogue) -> None:
    talk = Talk(catalogue)
    for intent, phrase in (
        ("back", "talk.nothing_to_go_back_to"),
        ("change", "talk.nothing_to_change"),
        ("stop_for_now", "talk.nothing_to_stop"),
        ("carry_on", "talk.nothing_to_carry_on"),
    ):
        talk.goes(intent)
        assert talk.phrase(phrase) in talk.text
        assert talk.question is None


def test_guidance_then_yes_is_the_request(catalogue: Catalogue) -> None:
    talk = Talk(catalogue)
    told = talk.wants_to_know("bulky_waste", "cost")
    assert isinstance(told.words[0], Say)
    assert told.words[0].source is not None
    assert talk.question == "offer"
    talk.answers("yes please")
    assert talk.question == "items"


def test_words_that_mean_two_things_are_asked_back_once(catalogue: Catalogue) -> None:
    talk = Talk(catalogue)
    asked = talk.understood("ask", "my rubbish", [("missed_bin", 0.45), ("bulky_waste", 0.4)])
    assert asked.label == "asked_back"
    talk.answers("a missed bin")
    assert "lid" in talk.text
    assert talk.question == "offer"


def test_none_of_these_asks_for_other_words(catalogue: Catalogue) -> None:
    talk = Talk(catalogue)
    talk.understood("ask", "my rubbish", [("missed_bin", 0.45), ("bulky_waste", 0.4)])
    talk.answers("none of these")
    assert talk.question is None
    assert talk.text == talk.phrase("talk.say_it_another_way")
