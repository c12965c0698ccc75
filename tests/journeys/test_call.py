"""By phone: spoken, keyed, silent, withheld."""

from __future__ import annotations

from journeys.phones import Telephone
from journeys.stack import Stack

SPOKEN = (
    "recycling",
    "yesterday",
    "yes it was",
    "twelve high street",
    "s w one a one a a",
    "no",
    "sam jones",
    "skip",
)


def test_a_missed_bin_is_reported_by_phone(stack: Stack) -> None:
    phone = Telephone(stack)
    assert "Gymraeg" in phone.dial()
    assert "help" in phone.key("1")
    reply = phone.say("I want to report a missed bin")
    for answer in SPOKEN:
        reply = phone.say(answer)
    assert "S W 1 A" in reply
    receipt = phone.say("yes")
    assert phone.heard.gather is not None or phone.heard.hangs_up
    assert receipt.lower().count("reference") >= 1


def test_every_question_hears_speech_and_keys(stack: Stack) -> None:
    phone = Telephone(stack)
    phone.dial()
    phone.key("1")
    phone.say("I want to report a missed bin")
    for answer in SPOKEN:
        assert phone.waits is not None
        assert phone.waits.hears_speech
        assert phone.waits.hears_keys
        assert phone.waits.language == "en-GB"
        phone.say(answer)


def test_welsh_is_spoken_and_keyed_because_the_provider_hears_none(stack: Stack) -> None:
    phone = Telephone(stack)
    phone.dial()
    phone.key("2")
    assert phone.waits is not None
    assert not phone.waits.hears_speech
    assert phone.heard.spoken[0].language == "cy-GB"


def test_three_silences_hand_over_to_a_person(stack: Stack) -> None:
    phone = Telephone(stack)
    phone.dial()
    phone.key("1")
    phone.say("I want to report a missed bin")
    phone.say_nothing()
    assert "Which bin" in phone.say_nothing()
    reply = phone.say_nothing()
    assert phone.heard.dials == "+441632960100"
    assert "text us" in reply


def test_zero_is_a_person_and_star_goes_back(stack: Stack) -> None:
    phone = Telephone(stack)
    phone.dial()
    phone.key("1")
    phone.say("I want to report a missed bin")
    phone.key("2")
    assert "Which bin" in phone.key("*")
    phone.key("0")
    assert phone.heard.dials == "+441632960100"


def test_withheld_callers_share_nothing(stack: Stack) -> None:
    first = Telephone(stack, caller="+266696687")
    first.dial()
    first.key("1")
    first.say("I want to report a missed bin")
    first.say("recycling")
    second = Telephone(stack, caller="+266696687")
    assert "Gymraeg" in second.dial()
    assert "Which day" not in second.key("1")


def test_a_reference_is_spelt_so_that_it_can_be_written_down(stack: Stack) -> None:
    phone = Telephone(stack)
    phone.dial()
    phone.key("1")
    phone.say("I want to report a missed bin")
    for answer in SPOKEN:
        phone.say(answer)
    receipt = phone.say("yes")
    letters = [word for word in receipt.replace(",", " ").replace(".", " ").split() if len(word) == 1]
    assert len(letters) >= 22, f"the reference is not spelt twice: {receipt}"
