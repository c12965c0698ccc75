"""A request from its first question to its review, forwards, backwards and with changes of mind."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from actions import interview
from actions.answers.form import field_name, read_form
from actions.answers.kind import Heard, Refusal
from actions.conversation import Given, Interview
from bot.catalogue import Catalogue, Service, load
from bot.catalogue.filling import Filler
from bot.catalogue.loading import service_from
from bot.words import Ask, Choose, Language

TODAY = date(2026, 3, 12)
LABELS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "gate": ("yes_no", "Behind a gate", {}),
    "code": ("text", "Gate code", {"only_if": {"gate": True}}),
    "keeper": ("yes_no", "Gate keeper", {"only_if": {"gate": True}, "optional": True}),
    "keeper_name": ("name", "Keeper's name", {"only_if": {"keeper": True}}),
    "bags": ("integer", "How many bags", {}),
    "one_bag": ("text", "What is in it", {"only_if": {"bags": 1}}),
    "kinds": ("choices", "What is in them", {}),
    "glass": ("yes_no", "Is it broken", {"only_if": {"kinds": ["glass", "metal"]}}),
    "missed_on": ("date", "Day missed", {}),
    "phone": ("phone", "Phone number", {"optional": True}),
}


def question(name: str) -> dict[str, Any]:
    kind, label, more = LABELS[name]
    wording = {"ask": f"{label}?", "label": label}
    options = [{"id": one, "en": one.title(), "cy": one.title()} for one in ("paper", "glass", "metal")]
    return {"id": name, "kind": kind, "en": wording, "cy": wording, **more} | (
        {"options": options} if kind == "choices" else {}
    )


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load(on=TODAY)


@pytest.fixture(scope="session")
def service() -> Service:
    """A service with branches: on yes, on a branch's own answer, on a number, on one of several."""
    both = {"en": "Bags", "cy": "Bagiau"}
    keep = {
        "purpose": both,
        "basis": "public_task",
        "controller": "Westmoor",
        "recipients": ["Westmoor"],
        "months": 1,
    }
    return service_from(
        {
            "id": "bags",
            "kind": "request",
            "owner": "Westmoor",
            "contact": "bags@westmoor.example",
            "version": 7,
            "title": both,
            "said": both,
            "phrasings": {"en": {}, "cy": {}},
            "guidance": {},
            "keep": keep,
            "questions": [question(name) for name in LABELS],
        },
        Filler({}, [], TODAY),
    )


@pytest.fixture
def say(service: Service, catalogue: Catalogue) -> Any:
    """Answers one question after another, and fails where one is refused."""

    def answer(held: Interview, *texts: str) -> Interview:
        for text in texts:
            taken = interview.take(service, held, heard(text, catalogue))
            assert isinstance(taken, Interview), (text, taken)
            held = taken
        return held

    return answer


def heard(text: str, catalogue: Catalogue, language: Language = "en") -> Heard:
    return Heard(text, language, TODAY, "typed", catalogue.hears)


SHORT = ("no", "3", "paper", "yesterday", "skip")


def test_a_branch_that_is_closed_is_never_asked(service: Service, say: Any) -> None:
    """Without a gate nobody is asked for its code."""
    held = say(interview.begin(service), *SHORT)
    assert interview.complete(service, held)
    assert list(interview.kept(service, held)) == ["gate", "bags", "kinds", "missed_on", "phone"]
    assert held.version == 7


def test_a_branch_that_is_open_is_asked_in_its_place(service: Service, say: Any) -> None:
    """With a gate its code is next, and the gate keeper's name only where there is one."""
    held = say(interview.begin(service), "yes")
    assert held.at == "code"
    held = say(held, "1234 then hash", "yes")
    assert held.at == "keeper_name"
    assert interview.complete(service, say(held, "Sam Jones", *SHORT[1:]))


def test_one_is_not_yes(service: Service, say: Any) -> None:
    """A number opens a branch as a number, and one of several options is enough."""
    held = say(interview.begin(service), "no", "1")
    assert held.at == "one_bag"
    held = say(held, "a broken plate", "paper and glass")
    assert held.at == "glass"


def test_a_refused_answer_changes_nothing(service: Service, say: Any, catalogue: Catalogue) -> None:
    """The question waits as before, and the words say what is wrong."""
    held = say(interview.begin(service), "no")
    refusal = interview.take(service, held, heard("2 or 3", catalogue))
    assert isinstance(refusal, Refusal)
    waiting = interview.waiting(service, held)
    assert waiting is not None
    problem = interview.refusal_words(refusal, waiting, "cy", catalogue)
    assert problem.code == "integer:several"
    assert "fwy nag un rhif" in problem.wording.text
    assert not interview.fits(service, held, heard("2 or 3", catalogue))
    assert interview.fits(service, held, heard("2", catalogue))


def test_back_walks_the_path_that_was_asked(service: Service, say: Any) -> None:
    """From each question to the one before it, and nowhere from the first; nothing said is lost."""
    held: Interview | None = say(interview.begin(service), "no", "3")
    walked = []
    while held is not None:
        walked.append(held.at)
        last, held = held, interview.back(service, held)
    assert walked == ["kinds", "bags", "gate"]
    again = say(last, "no")
    assert again.at == "kinds"
    assert again.answers["bags"].value == 3


def test_back_from_the_review_is_the_last_question(service: Service, say: Any) -> None:
    """The list of answers has a question before it like any other."""
    held = interview.back(service, say(interview.begin(service), *SHORT))
    assert held is not None
    assert held.at == "phone"


def test_a_change_comes_back_to_the_review(service: Service, say: Any) -> None:
    """One answer is asked again, the rest stays, and the list comes back."""
    held = say(interview.begin(service), *SHORT)
    changing = interview.change(service, held, "missed_on")
    assert changing.at == "missed_on"
    changed = say(changing, "today")
    assert interview.complete(service, changed)
    assert not changed.changing
    assert changed.answers["missed_on"].value == "2026-03-12"
    assert changed.answers["bags"].value == 3


def test_a_change_of_mind_about_changing_leaves_all_as_it_was(service: Service, say: Any) -> None:
    """Back, while one answer is changed, is the list again."""
    held = say(interview.begin(service), *SHORT)
    assert interview.back(service, interview.change(service, held, "bags")) == held


def test_a_change_that_opens_a_branch_asks_it_before_the_review(service: Service, say: Any) -> None:
    """Yes to the gate opens its code and its keeper; closing it again keeps what was said, unsent."""
    held = say(interview.begin(service), *SHORT)
    opened = say(interview.change(service, held, "gate"), "yes")
    assert opened.at == "code"
    assert opened.changing
    done = say(opened, "1234", "skip")
    assert interview.complete(service, done)
    closed = say(interview.change(service, done, "gate"), "no")
    assert interview.complete(service, closed)
    assert "code" not in interview.kept(service, closed)
    reopened = say(interview.change(service, closed, "gate"), "yes")
    assert interview.complete(service, reopened)
    assert interview.kept(service, reopened)["code"].value == "1234"


def test_an_answer_behind_a_closed_branch_opens_nothing(service: Service) -> None:
    """The keeper's name hangs on the keeper, who hangs on the gate."""
    answers = {"gate": Given(False), "keeper": Given(True)}
    asked = [question.id for question in interview.path(service, answers)]
    assert "keeper" not in asked
    assert "keeper_name" not in asked


def test_only_an_answer_that_applies_can_be_changed(service: Service, say: Any) -> None:
    """There is no code to change where there is no gate."""
    held = say(interview.begin(service), *SHORT)
    with pytest.raises(KeyError):
        interview.change(service, held, "code")


def test_content_that_lost_the_waiting_question_goes_on_with_the_next(service: Service, say: Any) -> None:
    """A new version of the content does not strand a request under way."""
    held = say(interview.begin(service), "no")
    waiting = interview.waiting(service, replace(held, at="a_question_of_old"))
    assert waiting is not None
    assert waiting.id == "bags"


def test_nothing_waits_after_the_last_answer(service: Service, say: Any, catalogue: Catalogue) -> None:
    """An answer to nothing is refused, not lost in an exception."""
    held = say(interview.begin(service), *SHORT)
    assert interview.waiting(service, held) is None
    assert interview.take(service, held, heard("3", catalogue)) == interview.NOTHING_WAITS
    with pytest.raises(LookupError):
        interview.accept(service, held, 3, "person")


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("2", "bags"),
        ("the date", "missed_on"),
        ("change the day missed", "missed_on"),
        ("phone", "phone"),
        ("my phone number", "phone"),
        ("bags", "bags"),
        ("newid 3", "kinds"),
        ("9", None),
        ("what is", None),
        ("yes", None),
    ],
)
def test_an_answer_is_named_by_number_label_or_kind(
    said: str, named: str | None, service: Service, say: Any
) -> None:
    """ "Change 2" and "the date" both say which."""
    held = say(interview.begin(service), *SHORT)
    assert interview.row_named(service, held, said, "en") == named


def test_questions_become_words(service: Service, say: Any, catalogue: Catalogue) -> None:
    """Yes or no is a choice of two in the person's language; an open question names its kind."""
    first = interview.ask(service, interview.begin(service), "cy", catalogue)
    assert isinstance(first, Choose)
    assert [(option.value, option.label.text) for option in first.options] == [
        ("true", "Ie"),
        ("false", "Na"),
    ]
    held = say(interview.begin(service), "no")
    asked = interview.ask(service, held, "en", catalogue)
    assert isinstance(asked, Ask)
    assert asked.kind == "integer"


def test_the_review_shows_all_that_will_be_sent(service: Service, say: Any, catalogue: Catalogue) -> None:
    """A row for each answer that counts, in the person's language, skipped ones too."""
    held = say(interview.begin(service), *SHORT)
    review = interview.review(service, held, "cy", catalogue)
    assert [row.shown.text for row in review.rows] == ["Na", "3", "Paper", "11 Mawrth 2026", "Heb ei roi"]
    assert [option.value for option in review.options] == ["true", "change"]


def test_staff_are_named_as_authors_of_what_they_key(service: Service, catalogue: Catalogue) -> None:
    """Who gave an answer is kept with it."""
    taken = interview.take(service, interview.begin(service), heard("no", catalogue), author="staff:ana")
    assert isinstance(taken, Interview)
    assert taken.answers["gate"] == Given(False, "staff:ana")


def test_a_form_gives_the_same_answers_as_the_questions_one_by_one(
    service: Service, say: Any, catalogue: Catalogue
) -> None:
    """Boxes, ticks and blanks become what would have been typed; a closed branch is not read."""
    posted = {
        "gate": "false",
        "code": "left over from a yes",
        "bags": "3",
        "kinds": ["paper"],
        "missed_on-day": "11",
        "missed_on-month": "3",
        "missed_on-year": "2026",
        "phone": "",
    }
    answers, refused = read_form(service, posted, "en", TODAY, catalogue)
    assert not refused
    assert answers == interview.kept(service, say(interview.begin(service), *SHORT))


def test_a_form_says_what_is_wrong_with_each_answer(service: Service, catalogue: Catalogue) -> None:
    """All problems at once, by question; what hangs on a wrong answer waits."""
    posted: dict[str, str | list[str]] = {"gate": "", "bags": "many", "kinds": [], "missed_on-month": "3"}
    answers, refused = read_form(service, posted, "en", TODAY, catalogue, author="staff:ana")
    assert {name: refusal.code for name, refusal in refused.items()} == {
        "gate": "yes_no:empty",
        "bags": "integer:not_a_number",
        "kinds": "choices:empty",
        "missed_on": "date:incomplete",
    }
    assert answers == {"phone": Given(None, "staff:ana")}


def test_inputs_of_a_form_have_names_of_their_own(service: Service) -> None:
    """Three for a date, one for the rest."""
    from actions.answers import KINDS

    missed_on = service.question("missed_on")
    names = [field_name(missed_on, field) for field in KINDS["date"].fields]
    assert names == ["missed_on-day", "missed_on-month", "missed_on-year"]
    assert field_name(service.question("bags"), KINDS["integer"].fields[0]) == "bags"
