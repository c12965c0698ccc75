"""Hello, thanks, yes, no, goodbye, again, and the other language, where nothing or something is asked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.catalogue import Catalogue
from bot.words import End, HandOver, Language, Say, Wording
from tests.actions.dialogue.talking import Talk, reporting


def test_is_there_anything_else(catalogue: Catalogue) -> None:
    talk = Talk(catalogue)
    talk.goes("thank")
    assert talk.text.endswith(talk.phrase("talk.anything_else"))
    talk.goes("affirm")
    assert talk.text == talk.phrase("talk.go_ahead")
    talk.goes("thank", "deny")
    assert talk.words == (End(talk.at().phrase("talk.goodbye", talk.state)),)


@pytest.mark.parametrize(
    ("said", "before", "after"),
    [
        ("Cymraeg", "en", "cy"),
        ("welsh please", "en", "cy"),
        ("yn Gymraeg os gwelwch yn dda", "cy", "cy"),
        ("English", "cy", "en"),
        ("english please", "en", "en"),
        ("ga i hyn yn Saesneg", "cy", "en"),
        ("change language", "en", "cy"),
        ("newid iaith", "cy", "en"),
        ("not english, welsh", "en", "cy"),
    ],
)
def test_the_language_is_the_one_that_is_named(
    catalogue: Catalogue, said: str, before: Language, after: Language
) -> None:
    talk = Talk(catalogue)
    talk.state = replace(talk.state, language=before)
    talk.understood("language", said)
    assert talk.state.language == after
    assert talk.text.startswith(talk.phrase("talk.language_changed"))


def test_the_waiting_question_is_put_again_in_the_other_language(catalogue: Catalogue) -> None:
    talk = reporting(catalogue, ("recycling",))
    talk.understood("language", "Cymraeg")
    assert "Pa ddiwrnod" in talk.text
    assert talk.given() == {"which_bin": "recycling"}


def test_again_is_said_in_the_language_of_now(catalogue: Catalogue) -> None:
    talk = reporting(catalogue)
    english = talk.text
    talk.goes("repeat")
    assert talk.text == english
    talk.state = replace(talk.state, language="cy")  # a Welsh page was opened
    talk.goes("repeat")
    assert "Pa fin" in talk.text
    assert "Which bin" not in talk.text


def test_again_after_guidance_when_a_page_changed_the_language(catalogue: Catalogue) -> None:
    talk = Talk(catalogue)
    talk.wants_to_know("missed_bin", "cost")
    talk.state = replace(talk.state, language="cy")
    talk.goes("repeat")
    assert "Hoffech" in talk.text
    assert "free" not in talk.text


def test_again_before_anything_was_said_is_the_welcome(catalogue: Catalogue) -> None:
    talk = Talk(catalogue)
    talk.goes("repeat")
    assert talk.text == talk.phrase("talk.welcome")


def test_the_second_time_nothing_is_understood_a_person_is_offered(catalogue: Catalogue) -> None:
    talk = Talk(catalogue)
    talk.understood("unclear", "blorp")
    assert "a missed bin" in talk.text
    talk.understood("unclear", "flurb")
    assert [word.reason for word in talk.words if isinstance(word, HandOver)] == ["three_failures"]


def test_an_opt_out_is_answered_with_no_word_and_an_opt_in_with_some(catalogue: Catalogue) -> None:
    talk = reporting(catalogue, ("recycling",))
    assert talk.control("opt_out").words == ()
    talk.control("opt_in")
    assert talk.text.startswith(talk.phrase("talk.opted_in"))
    assert "carry on" in talk.text
    talk.goes("carry_on")
    assert talk.question == "missed_on"


@pytest.mark.parametrize("control", ["empty", "no_words", "too_long", "media", "other_script"])
def test_what_cannot_be_read_has_its_own_reply_and_the_question_stands(
    catalogue: Catalogue, control: str
) -> None:
    talk = reporting(catalogue, ("recycling",))
    talk.control(control)
    assert isinstance(talk.words[0], Say)
    assert talk.question == "missed_on"


def test_a_page_that_opens_says_welcome_once_and_then_what_waits(catalogue: Catalogue) -> None:
    talk = Talk(catalogue, "webchat")
    talk.control("start")
    assert talk.text == talk.phrase("talk.welcome")
    talk.asks_for("missed_bin")
    talk.control("start")
    assert talk.question == "which_bin"


def test_a_service_with_no_page_of_its_own_subject_says_so(catalogue: Catalogue) -> None:
    bare = catalogue.services["missed_bin"]
    guidance = {"overview": bare.guidance["overview"]}
    talk = Talk(replace(catalogue, services={"missed_bin": replace(bare, guidance=guidance)}))
    talk.wants_to_know("missed_bin", "cost")
    assert talk.phrase("talk.no_guidance", owner=bare.owner) in talk.text


def test_a_service_that_takes_no_requests_is_explained_instead(catalogue: Catalogue) -> None:
    talk = Talk(
        replace(
            catalogue,
            services={"missed_bin": replace(catalogue.services["missed_bin"], questions=())},
        )
    )
    talk.asks_for("missed_bin")
    assert talk.text.startswith(talk.phrase("talk.not_a_request"))
    assert talk.text.endswith(talk.phrase("talk.anything_else"))
    assert talk.question is None


def test_words_survive_the_store_in_every_form(catalogue: Catalogue) -> None:
    talk = Talk(catalogue)
    talk.wants_to_know("blue_badge")
    assert talk.state.last[0] == talk.words[0]
    assert isinstance(talk.state.last[0], Say)
    assert isinstance(talk.state.last[0].wording, Wording)
