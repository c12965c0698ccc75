"""Twilio's voice webhooks: form → Inbound | Ignored, and a script → TwiML.

Pages, read on 25 November 2026:
- what arrives: https://www.twilio.com/docs/voice/twiml#request-parameters
- <Gather>: https://www.twilio.com/docs/voice/twiml/gather
- <Say> and its voices: https://www.twilio.com/docs/voice/twiml/say/text-speech
- <Dial>: https://www.twilio.com/docs/voice/twiml/dial
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import parse_qs, urlencode, urlsplit

from twilio.twiml.voice_response import Gather, VoiceResponse  # type: ignore[import-untyped]
from twilio.twiml.voice_response import Say as SayVerb

from bot.catalogue import Catalogue
from bot.words import Language
from channels.channel import Ignored, Inbound, ProviderId, Refused
from channels.providers.characters import sayable
from channels.providers.twilio import Form
from channels.voice import keypad
from channels.voice.rendering import HangUp, Listen, PutThrough, Script
from channels.voice.speech import Utterance, cut

_VOICES: Mapping[Language, tuple[str, str]] = {
    "en": ("Polly.Amy", "en-GB"),
    "cy": ("Polly.Gwyneth", "cy-GB"),
}
_HEARD_IN = "en-GB"
"""<Gather> has no cy-GB. A Welsh call's <Gather> hears keys alone; its language is named because each is."""
_WAIT_SECONDS = 7
_WAIT_BETWEEN_KEYS_SECONDS = 10
_WAIT_AFTER_SPEECH_SECONDS = 2
"""Not `auto`, which Twilio refuses with some speech models: https://www.twilio.com/docs/api/errors/13335."""
_OVER = frozenset({"completed", "busy", "failed", "no-answer", "canceled"})
_CONTROLS = {keypad.PERSON: "person", keypad.PERSON_AFTER_STAR: "person", keypad.BACK: "back"}
_CONTROLS[keypad.REPEAT] = "repeat"


def started(form: Form) -> Sequence[Inbound]:
    """A call begins. `From` is not looked at: whoever withholds a number shares it with everybody who does,
    and whoever does not may be lending the telephone. Each call is a conversation of its own."""
    call = form.needed("CallSid")
    return [Inbound(ProviderId(f"{call}:0"), call, "", control="start")]


def turned(form: Form, url: str, catalogue: Catalogue) -> Sequence[Inbound]:
    """What a caller said or keyed. The turn's number is in the address, so that a request that Twilio makes
    twice is one turn. Raises Refused(400)."""
    call = form.needed("CallSid")
    query = parse_qs(urlsplit(url).query)
    turn, steering = query.get("turn", [""])[0], query.get("keys", [""])[0]
    if not (turn.isascii() and turn.isdecimal()):
        raise Refused(400, "no_turn")
    provider_id = ProviderId(f"{call}:{int(turn)}")
    digits = sayable(form.get("Digits", ""))
    if digits:
        return [_keyed(provider_id, call, digits, steering, catalogue)]
    # A recogniser that punctuates ends every utterance with a full stop, which nobody said.
    said = sayable(form.get("SpeechResult", "")).removesuffix(".").rstrip()
    if said:
        return [Inbound(provider_id, call, said, manner="spoken")]
    return [Inbound(provider_id, call, "", manner="spoken", control="silence")]


def ended(form: Form) -> Sequence[Inbound | Ignored]:
    """Twilio tells how a call goes. Raises Refused(400)."""
    call = form.needed("CallSid")
    if form.needed("CallStatus").lower() in _OVER:
        return [Inbound(ProviderId(f"{call}:end"), call, "", control="hang_up")]
    return [Ignored("call_under_way", ProviderId(call))]


def next_turn(answering: Inbound | None) -> int:
    """The number of the turn that comes after this one."""
    number = "" if answering is None else answering.provider_id.rpartition(":")[2]
    return int(number) + 1 if number.isdecimal() else 1


def twiml(script: Script, address: str, turn: int, language: Language, caller_id: str | None) -> str:
    """The script as TwiML. `address` is where the next turn goes."""
    response = VoiceResponse()
    _say(response, script.before)
    match script.then:
        case Listen():
            gather = Gather(**gathering(script.then, address, turn, language))
            _say(gather, script.prompt)
            response.append(gather)
        case PutThrough():
            _say(response, script.prompt)
            response.dial(script.then.phone, caller_id=caller_id)
            _say(response, [script.then.afterwards])
            response.hangup()
        case HangUp():
            _say(response, script.prompt)
            response.hangup()
        case None:
            _say(response, script.prompt)
    return str(response)


def gathering(listen: Listen, address: str, turn: int, language: Language) -> dict[str, object]:
    """The attributes of <Gather>, as Twilio's library names them."""
    keys = listen.keys
    query = urlencode({"turn": turn, "keys": keys.steering, "language": language})
    attributes: dict[str, object] = {
        "input": "speech dtmf" if listen.speech else "dtmf",
        "action": f"{address}?{query}",
        "method": "POST",
        "language": _HEARD_IN,
        "timeout": _WAIT_SECONDS if keys.at_once else _WAIT_BETWEEN_KEYS_SECONDS,
        # With one key to press nothing ends the answer, and so # can be that key.
        "finish_on_key": "" if keys.at_once else "#",
        "action_on_empty_result": True,
    }
    if keys.digits is not None:
        attributes["num_digits"] = keys.digits
    if listen.speech:
        attributes["speech_timeout"] = _WAIT_AFTER_SPEECH_SECONDS
        # The filter puts asterisks into people's surnames.
        attributes["profanity_filter"] = False
        attributes["hints"] = ", ".join(listen.hints)
    return attributes


def _keyed(provider_id: ProviderId, call: str, digits: str, steering: str, catalogue: Catalogue) -> Inbound:
    letter = keypad.steers(digits, steering)
    if letter in _CONTROLS:
        control = _CONTROLS[letter]
        return Inbound(provider_id, call, _word(catalogue, control), "keyed", control=control)
    if letter in (keypad.SKIP_AT_ONCE, keypad.SKIP_ENTRY):
        return Inbound(provider_id, call, _word(catalogue, "skip"), "keyed")
    if letter == keypad.ENGLISH:
        return Inbound(provider_id, call, "english", "keyed")
    return Inbound(provider_id, call, digits, "keyed")


def _word(catalogue: Catalogue, control: str) -> str:
    """A control as it is said, so that the record of a call can be read."""
    words = catalogue.hears.get(control, {}).get("en", ())
    return next((word for word in words if word[0].isalpha()), control)


def _say(into: VoiceResponse | Gather, utterances: Sequence[Utterance]) -> None:
    for utterance in utterances:
        if not utterance.text:
            continue  # an empty <Say> is an error: https://www.twilio.com/docs/api/errors/13520
        voice, language = _VOICES[utterance.language]
        for piece in cut(utterance):
            if not piece.spelt:
                into.say(piece.text, voice=voice, language=language)
                continue
            say = SayVerb(voice=voice, language=language)
            for group in piece.spelt:
                say.prosody(group, rate="x-slow")
                say.break_(time="800ms")
            into.append(say)
