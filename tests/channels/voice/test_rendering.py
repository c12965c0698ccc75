"""Words on a call: what is said, in which voice, and what the call does then."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from defusedxml import ElementTree
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from actions.settings import Settings
from bot.catalogue import Catalogue
from bot.words import (
    Ask,
    Choose,
    Confirm,
    End,
    HandOver,
    Language,
    Link,
    Option,
    Problem,
    Receipt,
    Row,
    Say,
    Source,
    Wording,
)
from channels.channel import Dropped, Inbound, ProviderId, Pushes, Rendered
from channels.voice.channel import VoiceChannel

SOURCE = Source("Missed bins", "https://www.westmoor.example/bins", "Waste services", "2026-01-12")
BINS = (Option("black", Wording("Rubbish"), ("black bin",)), Option("blue", Wording("Recycling")))
WHICH = Choose("which_bin", "choice", Wording("Which bin did we miss?", None, "Which bin?"), BINS)
CALL = "CA7d1c9b5e3f8a4260b1d2c3e4f5a60718"


@pytest.fixture
def voice(settings: Settings, catalogue: Catalogue) -> VoiceChannel:
    return VoiceChannel(settings, catalogue)


def tree(rendered: Rendered) -> Any:
    return ElementTree.fromstring(rendered.body)


def gather(rendered: Rendered) -> Any:
    found = tree(rendered).find("Gather")
    assert found is not None
    return found


def test_a_call_cannot_be_made_by_us(voice: VoiceChannel) -> None:
    assert not isinstance(voice, Pushes)


def test_the_spoken_form_is_said_and_options_have_keys(voice: VoiceChannel) -> None:
    assert voice.write((WHICH,), "en").parts == (
        "Which bin? Say your answer, or press its number.",
        "Rubbish, press 1.",
        "Recycling, press 2.",
    )


def test_a_question_hears_speech_and_keys(voice: VoiceChannel) -> None:
    heard = gather(voice.write((WHICH,), "en")).attrib
    assert heard["input"] == "speech dtmf"
    assert heard["language"] == "en-GB"
    assert (heard["numDigits"], heard["finishOnKey"]) == ("1", "")
    assert heard["actionOnEmptyResult"] == "true"
    assert heard["method"] == "POST"
    assert heard["hints"].startswith("Rubbish, black bin, Recycling, back, ")


@pytest.mark.parametrize(
    ("language", "name", "locale"), [("en", "Polly.Amy", "en-GB"), ("cy", "Polly.Gwyneth", "cy-GB")]
)
def test_each_language_has_its_voice(voice: VoiceChannel, language: Language, name: str, locale: str) -> None:
    says = list(tree(voice.write((Say(Wording("Helo.")), WHICH), language)).iter("Say"))
    assert len(says) == 4
    assert {(say.get("voice"), say.get("language")) for say in says} == {(name, locale)}


def test_a_welsh_call_hears_keys_alone(voice: VoiceChannel) -> None:
    heard = gather(voice.write((WHICH,), "cy")).attrib
    assert heard["input"] == "dtmf"
    assert "hints" not in heard
    assert "speechTimeout" not in heard


def test_a_welsh_question_that_keys_cannot_answer_says_so(voice: VoiceChannel) -> None:
    rendered = voice.write((Ask("name", "name", Wording("Beth yw eich enw?")),), "cy")
    assert "Ni all y llinell hon ddeall Cymraeg llafar" in rendered.parts[0]
    assert "e" in parse_qs(urlsplit(gather(rendered).get("action")).query)["keys"][0]


def test_each_language_is_offered_in_itself(voice: VoiceChannel) -> None:
    options = (
        Option("en", Wording("English", None, "For English")),
        Option("cy", Wording("Cymraeg", None, "Am Gymraeg")),
    )
    rendered = voice.write((Choose("language", "choice", Wording("Welcome."), options),), "en")
    assert rendered.parts == ("Welcome.", "For English, press 1.", "Am Gymraeg, pwyswch 2.")
    voices = [say.get("voice") for say in tree(rendered).iter("Say")]
    assert voices == ["Polly.Amy", "Polly.Amy", "Polly.Gwyneth"]


@pytest.mark.parametrize(("of", "comes"), [("0", "1"), ("1", "2"), ("41", "42")])
def test_turns_are_numbered(voice: VoiceChannel, of: str, comes: str) -> None:
    answering = Inbound(ProviderId(f"{CALL}:{of}"), CALL, "hello")
    action = urlsplit(gather(voice.write((WHICH,), "en", answering)).get("action"))
    assert action.path == "/channels/voice/twilio/turn"
    assert parse_qs(action.query) == {"turn": [comes], "keys": ["pbr"], "language": ["en"]}


def test_the_same_turn_is_written_the_same(voice: VoiceChannel) -> None:
    answering = Inbound(ProviderId(f"{CALL}:3"), CALL, "hello")
    assert voice.write((WHICH,), "en", answering) == voice.write((WHICH,), "en", answering)


@pytest.mark.parametrize(
    ("options", "optional", "keys", "digits", "finish"),
    [
        (2, False, "pbr", "1", ""),
        (8, False, "pbr", "1", ""),
        (9, False, "pb", "1", ""),
        (10, False, "pb", "2", "#"),
        (2, True, "pbrs", "1", ""),
        (10, True, "pbS", "2", "#"),
    ],
)
def test_a_key_that_answers_does_not_steer(
    voice: VoiceChannel, options: int, optional: bool, keys: str, digits: str, finish: str
) -> None:
    many = tuple(Option(str(n), Wording(f"Option {n}")) for n in range(options))
    question = Choose("q", "choice", Wording("Which?"), many, optional=optional)
    heard = gather(voice.write((question,), "en"))
    assert parse_qs(urlsplit(heard.get("action")).query)["keys"] == [keys]
    assert (heard.get("numDigits"), heard.get("finishOnKey")) == (digits, finish)


@pytest.mark.parametrize(
    ("kind", "keys", "digits"),
    [("date", "pbr", "8"), ("phone", "pbr", None), ("integer", "Pb", None), ("name", "pbr", "1")],
)
def test_the_keys_fit_the_kind_of_answer(
    voice: VoiceChannel, kind: str, keys: str, digits: str | None
) -> None:
    heard = gather(voice.write((Ask("q", kind, Wording("What?")),), "en"))
    assert parse_qs(urlsplit(heard.get("action")).query)["keys"] == [keys]
    assert heard.get("numDigits") == digits
    assert heard.get("finishOnKey") == ("" if digits == "1" else "#")


def test_several_options_end_with_hash(voice: VoiceChannel) -> None:
    rendered = voice.write((Choose("q", "choices", Wording("Which?"), BINS),), "en")
    assert rendered.parts[-1].endswith("then the hash key.")
    assert gather(rendered).get("numDigits") is None


def test_answers_are_checked_by_one_key(voice: VoiceChannel) -> None:
    rows = (Row("postcode", Wording("Postcode"), Wording("SE1 9GF", None, "S, E, 1. 9, G, F")),)
    rendered = voice.write((Confirm(Wording("Please check."), rows, ()),), "en")
    assert rendered.parts == (
        "Please check. Postcode: S, E, 1. 9, G, F.",
        "If this is right, say yes, or press 1. To change an answer, say change, or press 2.",
    )


def test_a_reference_is_spelt_twice_before_the_call_listens(voice: VoiceChannel) -> None:
    receipt = Receipt("WM-7K2P-9XQ4-6", "Report a missed bin", Wording("We will come in 3 days."))
    rendered = voice.write((Say(Wording("Thank you.")), receipt), "en")
    spelt = "W, M. 7, K, 2, P. 9, X, Q, 4. 6."
    assert rendered.parts[:5] == (
        "Thank you.",
        "Report a missed bin. Please have a pen ready. Your reference is:",
        spelt,
        "Once more, your reference is:",
        spelt,
    )
    response = tree(rendered)
    assert [child.tag for child in response] == ["Say"] * 5 + ["Gather"]
    slow = response[2]
    assert [part.text for part in slow.iter("prosody")] == ["W, M.", "7, K, 2, P.", "9, X, Q, 4.", "6."]
    assert len(list(slow.iter("break"))) == 4


def test_a_person_takes_the_call(voice: VoiceChannel) -> None:
    words = (Say(Wording("Sorry.")), HandOver(Wording("Please wait."), "+441632960100", "asked"), WHICH)
    rendered = voice.write(words, "en")
    response = tree(rendered)
    assert [child.tag for child in response] == ["Say", "Say", "Dial", "Say", "Hangup"]
    assert response.find("Dial").text == "+441632960100"
    assert rendered.dropped == (Dropped("choose", "after_the_last_words"),)


def test_a_call_is_put_through_from_our_own_number(settings: Settings, catalogue: Catalogue) -> None:
    ours = settings.model_copy(update={"twilio_number": "+441632960101"})
    words = (HandOver(Wording("Please wait."), "+441632960100", "asked"),)
    dial = tree(VoiceChannel(ours, catalogue).write(words, "en")).find("Dial")
    assert dial.get("callerId") == "+441632960101"


def test_the_call_ends_after_the_last_words(voice: VoiceChannel) -> None:
    rendered = voice.write((End(Wording("Goodbye.")),), "en")
    assert [child.tag for child in tree(rendered)] == ["Say", "Hangup"]


def test_no_words_end_nothing_and_ask_nothing(voice: VoiceChannel) -> None:
    rendered = voice.write((), "en")
    assert rendered.body == '<?xml version="1.0" encoding="UTF-8"?><Response />'


def test_an_answer_alone_leaves_the_line_open(voice: VoiceChannel) -> None:
    rendered = voice.write((Say(Wording("It is free.")),), "en")
    assert rendered.parts[-1] == "You can ask us something else now. To speak to a person, press 0."
    assert gather(rendered).get("hints").startswith(tuple(s.said["en"] for s in _services(voice)))


def test_a_question_in_the_words_is_not_asked_again(voice: VoiceChannel) -> None:
    assert voice.write((Say(Wording("How can we help?")),), "en").parts == ("How can we help?",)


def test_what_a_call_cannot_show_is_named(voice: VoiceChannel) -> None:
    words = (
        Say(Wording("It is free."), SOURCE),
        Link("Report it", "https://www.westmoor.example/bins"),
        Ask("day", "date", Wording("Which day?"), hint=Wording("For example, 27 3 2026.")),
    )
    rendered = voice.write(words, "en")
    assert rendered.dropped == (
        Dropped("source", "not_on_this_channel"),
        Dropped("link", "not_on_this_channel"),
        Dropped("hint", "written_to_be_read"),
    )
    assert "westmoor.example" not in rendered.body


def test_a_long_answer_is_said_in_pieces_that_twilio_takes(voice: VoiceChannel) -> None:
    words = (Say(Wording("Mae hyn yn frawddeg â llythrennau ŵ ac ŷ. " * 200)), WHICH)
    says = [say.text for say in tree(voice.write(words, "cy")).iter("Say")]
    assert len(says) > 4
    assert all(len(text.encode()) <= 3000 for text in says)
    assert all(text.endswith((".", "?")) for text in says)


def test_a_word_that_never_ends_is_said_in_pieces(voice: VoiceChannel) -> None:
    says = [s.text for s in tree(voice.write((Problem(Wording("🙂" * 5000), "x:y"),), "en")).iter("Say")]
    assert all(len(text.encode()) <= 3000 for text in says)


@examples(max_examples=100, deadline=None)
@given(text=st.text(max_size=300), label=st.text(max_size=60))
def test_whatever_is_said_the_twiml_can_be_read(catalogue: Catalogue, text: str, label: str) -> None:
    channel = VoiceChannel(Settings(_env_file=None), catalogue)
    options = (Option("a", Wording(label)), Option("b", Wording("B"), (text,)))
    words = (Say(Wording(text)), Choose("q", "choice", Wording(text), options))
    for language in ("en", "cy"):
        rendered = channel.write(words, language)
        assert gather(rendered) is not None


def _services(voice: VoiceChannel) -> Any:
    return voice._catalogue.services.values()
