"""The doors, as a text comes through them: what a channel makes of a real request, for a question to parse.

A text message and a call are signed forms, a chat is JSON or a form of our page, the desk is a whole form with
a box for each part of an answer. Each adapter gives the `Heard` that the dialogue would hand to the question.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, cast
from urllib.parse import urlencode

import httpx
from pydantic import SecretStr

from actions.answers import KINDS
from actions.answers.form import field_name, read_form
from actions.answers.kind import Heard, Refusal, Value
from actions.interview import put
from actions.settings import Settings
from bot.catalogue import Catalogue, Question, Service
from bot.words import Language
from channels.channel import Channel, Inbound, Request
from channels.providers.twilio import sign
from channels.sms.channel import SmsChannel
from channels.staff.desk import fields
from channels.voice.channel import VoiceChannel
from channels.voice.keypad import keys_for
from channels.webchat.channel import WebChat
from channels.webchat.pages import read_form as read_chat_page

PUBLIC, TOKEN = "https://help.westmoor.example", "an-auth-token-of-the-tests"
FORM = "application/x-www-form-urlencoded"
Outcome = Value | Refusal


@dataclass(frozen=True)
class Doors:
    """All doors to one catalogue, on one day."""

    catalogue: Catalogue
    service: Service
    today: date
    sms: SmsChannel
    voice: VoiceChannel
    chat: WebChat

    def texted(self, question: Question, text: str, language: Language) -> Outcome:
        """By text message: Twilio's signed webhook."""
        form = {
            "MessageSid": "SM1",
            "From": "+447700900123",
            "To": "+447700900100",
            "Body": text,
            "NumMedia": "0",
        }
        return self._parsed(question, _said(self.sms, _signed("/channels/sms/twilio", form)), language)

    def spoken(self, question: Question, text: str, language: Language) -> Outcome:
        """On a call, as the recogniser writes it."""
        form = {"CallSid": "CA1", "SpeechResult": text, "Confidence": "0.9"}
        return self._parsed(question, _said(self.voice, self._turn(question, form, language)), language)

    def keyed(self, question: Question, digits: str, language: Language) -> Outcome:
        """On a call, by its keys: those that steer where this question is asked do so here, too."""
        form = {"CallSid": "CA1", "Digits": digits}
        return self._parsed(question, _said(self.voice, self._turn(question, form, language)), language)

    def chatted(self, question: Question, text: str, language: Language) -> Outcome:
        """In the chat, by its JSON interface."""
        conversation = self.chat.keys.new_conversation()
        request = Request(
            "POST",
            f"{PUBLIC}/channels/webchat/conversations/{conversation}/messages",
            {
                "authorization": f"Bearer {self.chat.keys.seal(conversation)}",
                "content-type": "application/json",
            },
            json.dumps({"text": text, "turn": "1"}).encode(),
        )
        return self._parsed(question, _said(self.chat, request), language)

    def paged(self, question: Question, ticked: Sequence[str], language: Language) -> Outcome:
        """In the chat without a script: a form with a box, or what was ticked."""
        body = urlencode([("say", one) for one in ticked] + [("turn", "1"), ("csrf", "c")])
        sent = read_chat_page(
            cast("Any", Request("POST", f"{PUBLIC}/chat", {"content-type": FORM}, body.encode()))
        )
        return self._parsed(question, Inbound("1", "c", sent.text), language)  # type: ignore[arg-type]

    def at_the_desk(
        self, question: Question, boxes: Mapping[str, Sequence[str]], language: Language
    ) -> Outcome:
        """At the desk: the whole form of a service that asks only this."""
        alone = replace(question, only_if={})
        named = {
            field_name(question, field): boxes.get(field.name, ()) for field in KINDS[question.kind].fields
        }
        body = urlencode([(name, value) for name, values in named.items() for value in values]).encode()
        posted = fields(cast("Any", Request("POST", f"{PUBLIC}/staff", {"content-type": FORM}, body)))
        answers, refused = read_form(
            replace(self.service, questions=(alone,)), posted, language, self.today, self.catalogue
        )
        return refused[question.id] if question.id in refused else answers[question.id].value

    def _turn(self, question: Question, form: Mapping[str, str], language: Language) -> Request:
        steering = keys_for(put(question, language, self.catalogue), language).steering
        return _signed(f"/channels/voice/twilio/turn?{urlencode({'turn': 1, 'keys': steering})}", form)

    def _parsed(self, question: Question, said: Inbound, language: Language) -> Outcome:
        assert said.control is None, f"{said.text!r} steered instead of answering"
        heard = Heard(said.text, language, self.today, said.manner, self.catalogue.hears)
        return KINDS[question.kind].parse(heard, question)


def doors(catalogue: Catalogue, service: Service, today: date) -> Doors:
    """The doors of one installation."""
    settings = Settings(
        _env_file=None,
        public_url=PUBLIC,
        twilio_auth_token=SecretStr(TOKEN),
        session_secret=SecretStr("a-session-secret-of-the-tests"),
    )
    return Doors(
        catalogue,
        service,
        today,
        SmsChannel(settings, catalogue, httpx.AsyncClient()),
        VoiceChannel(settings, catalogue),
        WebChat(settings, catalogue),
    )


def boxes_of(question: Question, value: Value) -> dict[str, list[str]]:
    """What a person at the desk types or ticks for a canonical value."""
    if question.kind in ("date", "date_of_birth"):
        day = date.fromisoformat(str(value))
        return {"day": [str(day.day)], "month": [str(day.month)], "year": [str(day.year)]}
    if isinstance(value, list):
        return {"": value}
    return {"": [str(value).lower() if isinstance(value, bool) else str(value)]}


_KEYS: Mapping[str, Callable[[Question, Value], str]] = {
    "yes_no": lambda question, value: "1" if value else "2",
    "choice": lambda question, value: str(_ids(question).index(str(value)) + 1),
    "choices": lambda question, value: "*".join(
        str(_ids(question).index(one) + 1) for one in (value if isinstance(value, list) else [])
    ),
    "integer": lambda question, value: str(value),
    "money": lambda question, value: str(value).replace(".", "*"),
    "date": lambda question, value: date.fromisoformat(str(value)).strftime("%d%m%Y"),
    "date_of_birth": lambda question, value: date.fromisoformat(str(value)).strftime("%d%m%Y"),
    "phone": lambda question, value: str(value).replace("+44", "0"),
}


def keys_of(question: Question, value: Value) -> str | None:
    """The keys that a caller presses for a canonical value; None where keys cannot say it."""
    if KINDS[question.kind].keypad == "none" or (
        question.kind == "phone" and not str(value).startswith("+44")
    ):
        return None
    return _KEYS[question.kind](question, value)


def _ids(question: Question) -> list[str]:
    return [value for value, _ in question.options]


def _signed(path: str, form: Mapping[str, str]) -> Request:
    url = PUBLIC + path
    headers = {"content-type": FORM, "x-twilio-signature": sign(url, form, TOKEN)}
    return Request("POST", url, headers, urlencode(form).encode())


def _said(channel: Channel, request: Request) -> Inbound:
    (inbound,) = channel.read(request)
    assert isinstance(inbound, Inbound)
    return inbound
