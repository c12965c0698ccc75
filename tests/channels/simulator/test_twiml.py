"""TwiML as Twilio acts on it; and whatever our channels write is TwiML."""

from __future__ import annotations

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actions.settings import Settings
from bot import words
from bot.catalogue import Catalogue
from channels.channel import Inbound, ProviderId
from channels.simulator import twiml
from channels.sms.channel import SmsChannel
from channels.voice.channel import VoiceChannel

AMY = '<Say voice="Polly.Amy" language="en-GB">'


def said(heard: twiml.Heard) -> list[str]:
    return [spoken.text for spoken in heard.spoken]


def response(inside: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><Response>{inside}</Response>'


def test_each_message_is_a_text_of_its_own() -> None:
    assert twiml.texts(response("<Message>One &amp; two</Message><Message>ŵy</Message>")) == (
        "One & two",
        "ŵy",
    )


def test_an_empty_response_sends_no_text_and_ends_a_call() -> None:
    assert twiml.texts(response("")) == ()
    assert twiml.call(response("")).hangs_up


def test_what_is_said_before_and_while_listening_is_heard_in_order_with_its_voice() -> None:
    heard = twiml.call(
        response(
            f'{AMY}Hello.</Say><Pause length="1"/><Gather input="speech dtmf" action="/turn?turn=1" '
            f'language="en-GB" hints="yes, no" numDigits="1" finishOnKey="" timeout="7" '
            f'actionOnEmptyResult="true">{AMY}Yes or no?</Say>'
            '<Say voice="Polly.Gwyneth" language="cy-GB">Ie neu na?</Say></Gather>'
        )
    )
    assert said(heard) == ["Hello.", "Yes or no?", "Ie neu na?"]
    assert [spoken.language for spoken in heard.spoken] == ["en-GB", "en-GB", "cy-GB"]
    assert heard.gather == twiml.Gather("/turn?turn=1", True, True, "en-GB", "yes, no", 1, "", True, 7)
    assert not heard.hangs_up


def test_a_gather_that_says_nothing_of_itself_is_twilios_default() -> None:
    assert twiml.call(response("<Gather/>")).gather == twiml.Gather(
        "", False, True, "en-US", "", None, "#", False, 5
    )


def test_pauses_within_what_is_spelt_out_are_spaces() -> None:
    spelt = f'{AMY}<prosody rate="x-slow">W M</prosody><break time="800ms"/><prosody>7 K</prosody></Say>'
    assert said(twiml.call(response(spelt))) == ["W M 7 K"]


def test_a_call_that_is_put_through_tells_what_comes_after() -> None:
    heard = twiml.call(
        response(f"{AMY}One moment.</Say><Dial>+441632960100</Dial>{AMY}Goodbye.</Say><Hangup/>")
    )
    assert heard.dials == "+441632960100"
    assert [spoken.text for spoken in heard.afterwards] == ["Goodbye."]
    assert not heard.hangs_up


def test_nothing_is_heard_after_hanging_up() -> None:
    heard = twiml.call(response(f"{AMY}Goodbye.</Say><Hangup/>{AMY}Still here?</Say>"))
    assert said(heard) == ["Goodbye."]
    assert heard.hangs_up


def test_a_call_can_be_sent_on() -> None:
    heard = twiml.call(response(f"{AMY}Wait.</Say><Redirect> /channels/voice/twilio </Redirect>"))
    assert heard.redirects == "/channels/voice/twilio"
    assert said(heard) == ["Wait."]


@pytest.mark.parametrize(
    ("xml", "why"),
    [
        ("", "not XML"),
        ("Sorry", "not XML"),
        ("<html/>", "<html>"),
        (response("<Play>x.mp3</Play>"), "<Play>"),
        (response("<Gather numDigits='one'/>"), "numDigits"),
        (response("<Gather timeout='-1'/>"), "timeout"),
        (response(f"<Say>{'a' * 4097}</Say>"), "4097"),
        ("<!DOCTYPE x [<!ENTITY e 'boo'>]><Response><Say>&e;</Say></Response>", "not XML"),
    ],
)
def test_what_twilio_could_not_act_on_in_a_call_is_refused(xml: str, why: str) -> None:
    with pytest.raises(twiml.NotTwiML, match=why):
        twiml.call(xml)


@pytest.mark.parametrize("inside", ["<Say>Hello</Say>", f"<Message>{'a' * 1601}</Message>", "<Message/>"])
def test_what_twilio_could_not_act_on_in_a_text_is_refused(inside: str) -> None:
    with pytest.raises(twiml.NotTwiML):
        twiml.texts(response(inside))


def test_the_longest_text_and_the_longest_speech_are_taken() -> None:
    assert len(twiml.texts(response(f"<Message>{'a' * 1600}</Message>"))[0]) == 1600
    assert len(said(twiml.call(response(f"<Say>{'a' * 4096}</Say>")))[0]) == 4096


def test_laid_out_it_says_the_same() -> None:
    xml = response(f"<Gather>{AMY}Yes &amp; no?</Say></Gather><Hangup/>")
    assert "\n  <Gather>\n    <Say" in twiml.pretty(xml)
    assert twiml.call(twiml.pretty(xml)) == twiml.call(xml)
    assert twiml.pretty("Bad Gateway") == "Bad Gateway"


TEXT = st.text(max_size=300)
NAME = st.sampled_from(["which_bin", "postcode", "details"])
KIND = st.sampled_from(["text", "postcode", "date", "integer", "money", "name", "phone"])
WORDING = st.builds(words.Wording, TEXT, st.none() | TEXT, st.none() | TEXT)
OPTIONS = st.lists(st.builds(words.Option, NAME, WORDING), min_size=1, max_size=12).map(tuple)
ROWS = st.lists(st.builds(words.Row, NAME, WORDING, WORDING), max_size=6).map(tuple)
SAID = st.lists(
    st.one_of(
        st.builds(words.Say, WORDING),
        st.builds(words.Problem, WORDING, st.just("date:past")),
        st.builds(words.Ask, NAME, KIND, WORDING, st.none() | WORDING, st.just(()), st.booleans()),
        st.builds(
            words.Choose, NAME, st.sampled_from(["choice", "choices", "yes_no"]), WORDING, OPTIONS, st.none()
        ),
        st.builds(words.Confirm, WORDING, ROWS, OPTIONS),
        st.builds(words.Link, TEXT, TEXT),
        st.builds(words.Receipt, st.just("WM-7K2P-9XQ4-6"), TEXT, WORDING, ROWS),
        st.builds(words.HandOver, WORDING, st.just("+441632960100"), st.just("asked")),
        st.builds(words.End, WORDING),
    ),
    max_size=5,
)
LANGUAGE = st.sampled_from(words.LANGUAGES)


@settings(max_examples=120, deadline=None)
@given(SAID, LANGUAGE)
def test_whatever_is_said_on_a_call_is_twiml(
    catalogue: Catalogue, spoken: list[words.Words], language: words.Language
) -> None:
    channel = VoiceChannel(Settings(_env_file=None), catalogue)  # type: ignore[call-arg]
    rendered = channel.write(spoken, language, Inbound(ProviderId("CA1:1"), "CA1", "yes"))
    heard = twiml.call(rendered.body)
    assert heard.gather or heard.dials or heard.hangs_up
    if heard.gather:
        assert heard.gather.action.startswith("/channels/voice/twilio/turn?turn=2")
        assert heard.gather.on_silence
        assert heard.gather.hears_speech == (language == "en")


@settings(max_examples=120, deadline=None)
@given(SAID, LANGUAGE)
def test_whatever_is_texted_is_twiml(
    catalogue: Catalogue, spoken: list[words.Words], language: words.Language
) -> None:
    channel = SmsChannel(Settings(_env_file=None), catalogue, httpx.AsyncClient())  # type: ignore[call-arg]
    rendered = channel.write(spoken, language)
    assert twiml.texts(rendered.body) == rendered.parts
