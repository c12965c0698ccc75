"""A call: keys at every point, silence, what was heard said back, and a person after the third failure."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.catalogue import Catalogue
from bot.words import Choose, End, HandOver, Language, asked
from tests.actions.dialogue.talking import MISSED_BIN, Talk, reporting


def calling(catalogue: Catalogue, key: str = "1") -> Talk:
    """A call whose language was chosen."""
    talk = Talk(catalogue, "voice")
    talk.control("start")
    talk.answers(key, manner="keyed")
    return talk


def options(talk: Talk) -> list[str]:
    question = asked(talk.words)
    assert isinstance(question, Choose)
    return [option.value for option in question.options]


@pytest.mark.parametrize(
    ("said", "language"), [("1", "en"), ("2", "cy"), ("Cymraeg", "cy"), ("english", "en")]
)
def test_a_call_begins_with_the_language(catalogue: Catalogue, said: str, language: Language) -> None:
    talk = Talk(catalogue, "voice")
    talk.control("start")
    assert talk.question == "language"
    talk.answers(said)
    assert talk.state.language == language


def test_the_language_can_be_named_as_a_control(catalogue: Catalogue) -> None:
    talk = Talk(catalogue, "voice")
    talk.control("start")
    talk.understood("language", "Cymraeg")
    assert talk.state.language == "cy"
    assert talk.question == "pick"


def test_a_request_may_be_the_first_word(catalogue: Catalogue) -> None:
    talk = Talk(catalogue, "voice")
    talk.control("start")
    talk.asks_for("missed_bin")
    assert talk.question == "which_bin"


def test_a_welsh_call_reaches_every_service_on_its_keys(catalogue: Catalogue) -> None:
    reached: list[str] = []
    talk = calling(catalogue, "2")
    while talk.question == "pick":
        page = options(talk)
        assert page[-1] == "none"
        # 9 says it again, and 0 is a person.
        assert len(page) <= 8
        reached += page[:-1]
        talk.answers(str(len(page)), manner="keyed")
    assert reached == list(catalogue.services)
    assert isinstance(talk.words[-1], HandOver)


def test_a_key_on_the_menu_tells_of_the_service_and_offers_it(catalogue: Catalogue) -> None:
    talk = calling(catalogue, "2")
    talk.answers(str(1 + options(talk).index("missed_bin")), manner="keyed")
    assert talk.question == "offer"
    talk.answers("1", manner="keyed")
    assert talk.question == "which_bin"


def test_whoever_is_not_understood_gets_the_menu_and_then_a_person(catalogue: Catalogue) -> None:
    talk = calling(catalogue)
    talk.understood("unclear", "flurb", manner="spoken")
    assert talk.question == "pick"
    talk.answers("grommet", manner="spoken")
    assert talk.question == "pick"
    talk.answers("dishwasher", manner="spoken")
    assert isinstance(talk.words[-1], HandOver)


@pytest.mark.parametrize("language", ["en", "cy"])
def test_the_third_silence_is_a_person_and_a_number_to_text(catalogue: Catalogue, language: Language) -> None:
    talk = reporting(catalogue, ("recycling",), "voice")
    talk.state = replace(talk.state, language=language)
    talk.control("silence")
    talk.control("silence")
    assert talk.question == "missed_on"
    talk.control("silence")
    handed = talk.words[-1]
    assert isinstance(handed, HandOver)
    assert catalogue.council.text_number_shown in handed.wording.for_speech


def test_silence_before_anything_is_asked_brings_the_menu(catalogue: Catalogue) -> None:
    talk = calling(catalogue)
    talk.control("silence")
    assert talk.question == "pick"


def test_a_postcode_and_a_phone_number_are_said_back_spelt(catalogue: Catalogue) -> None:
    talk = reporting(catalogue, MISSED_BIN[:4], "voice")
    talk.answers("s w one a one a a", manner="spoken")
    assert "S W 1 A, 1 A A" in talk.aloud
    assert "press star" in talk.aloud
    talk.answers("no", "sam jones", manner="spoken")
    talk.answers("07700900123", manner="keyed")
    assert "0 7 7 0 0" in talk.aloud


def test_a_phone_number_is_said_back_in_welsh(catalogue: Catalogue) -> None:
    talk = reporting(catalogue, MISSED_BIN[:7], "voice")
    talk.state = replace(talk.state, language="cy")
    talk.answers("07700900123", manner="keyed")
    assert talk.aloud.startswith("Diolch. Mae gennym: 0 7 7 0 0")
    assert "pwyswch seren" in talk.aloud


def test_star_after_what_was_misheard_asks_for_it_again(catalogue: Catalogue) -> None:
    talk = reporting(catalogue, (*MISSED_BIN[:4], "EC1V 9HQ"), "voice")
    talk.control("back")
    assert talk.question == "postcode"


def test_what_is_typed_is_not_said_back(catalogue: Catalogue) -> None:
    talk = reporting(catalogue, MISSED_BIN[:5])
    assert "SW1A" not in talk.text


def test_a_call_ends_after_no_to_anything_else(catalogue: Catalogue) -> None:
    talk = reporting(catalogue, (*MISSED_BIN, "yes"), "voice")
    assert talk.question == "offer"
    talk.answers("2", manner="keyed")
    assert isinstance(talk.words[-1], End)


@pytest.mark.parametrize(("language", "then"), [("en", None), ("cy", "pick")])
def test_yes_to_anything_else_begins_anew(catalogue: Catalogue, language: Language, then: str | None) -> None:
    talk = reporting(catalogue, MISSED_BIN, "voice")
    talk.state = replace(talk.state, language=language)
    talk.answers("1", "1", manner="keyed")
    assert talk.question == then


def test_two_on_the_check_list_asks_which_and_a_key_names_it(catalogue: Catalogue) -> None:
    talk = reporting(catalogue, MISSED_BIN, "voice")
    talk.answers("2", manner="keyed")
    assert talk.question == "change"
    talk.answers("5", manner="keyed")
    assert talk.question == "postcode"


def test_help_on_a_call_reads_the_hint_that_was_left_out(catalogue: Catalogue) -> None:
    talk = reporting(catalogue, ("recycling",), "voice")
    talk.goes("help")
    assert "For example, yesterday or Monday" in "\n".join(
        word.wording.for_speech for word in talk.words[:-1] if hasattr(word, "wording")
    )


def test_hanging_up_says_nothing_and_loses_nothing(catalogue: Catalogue) -> None:
    talk = reporting(catalogue, ("recycling",), "voice")
    assert talk.control("hang_up").words == ()
    assert talk.given() == {"which_bin": "recycling"}
