"""The telephone channel: what it is good for, how it reads and writes."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from actions.settings import Settings
from bot.catalogue import Catalogue
from bot.words import Language, Words
from channels.channel import Ignored, Inbound, Rendered, Request, Status, Traits
from channels.providers.twilio import read_form
from channels.voice import twilio
from channels.voice.rendering import Listen, script

START, TURN, STATUS = "/channels/voice/twilio", "/channels/voice/twilio/turn", "/channels/voice/twilio/status"


class VoiceChannel:
    """Calls through Twilio: speech and keys in, speech out."""

    name = "voice"
    webhooks = (START, TURN, STATUS)
    # https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides, read on 25 November 2026
    traits = Traits(spoken=True, links=False, longest_reply=None, patience_seconds=15.0)

    def __init__(self, settings: Settings, catalogue: Catalogue) -> None:
        self._settings = settings
        self._catalogue = catalogue

    def read(self, request: Request) -> Sequence[Inbound | Status | Ignored]:
        """What a signed request of Twilio's says. Raises Refused."""
        form = read_form(request, self._settings.twilio_auth_token.get_secret_value())
        path = urlsplit(request.url).path
        if path.endswith("/status"):
            return twilio.ended(form)
        if path.endswith("/turn"):
            return twilio.turned(form, request.url, self._catalogue)
        return twilio.started(form)

    def write(self, words: Sequence[Words], language: Language, answering: Inbound | None = None) -> Rendered:
        """TwiML that says the words, then listens, puts through or hangs up. No words: an empty Response."""
        said = script(words, language, self._catalogue)
        turn = twilio.next_turn(answering)
        # A path alone: Twilio takes it from where it called, whatever name it knows us by.
        address = urlsplit(self._settings.address).path + TURN
        body = twilio.twiml(said, address, turn, language, self._settings.twilio_number or None)
        extras: dict[str, object] = {
            "language": language,
            "seconds": round(sum(utterance.seconds for utterance in said.utterances)),
        }
        if isinstance(said.then, Listen):
            extras["gather"] = twilio.gathering(said.then, address, turn, language)
        parts = tuple(utterance.text for utterance in said.utterances if utterance.text)
        return Rendered("text/xml", body, parts, tuple(said.dropped), extras)
