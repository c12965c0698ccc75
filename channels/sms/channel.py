"""The text channel: what it is good for, how it reads, writes and sends."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

import httpx

from actions.settings import Settings
from bot.catalogue import Catalogue
from bot.words import Language, Words
from channels.channel import (
    Address,
    Dropped,
    Ignored,
    Inbound,
    ProviderId,
    Rendered,
    Request,
    Status,
    Traits,
)
from channels.providers.twilio import Account, read_form, send_text
from channels.sms import twilio
from channels.sms.rendering import render

MESSAGE, STATUS = "/channels/sms/twilio", "/channels/sms/twilio/status"
_SEGMENT = 153
"""Characters of the GSM alphabet in each segment of a text that takes several."""


class SmsChannel:
    """Texts through Twilio. Pushes: a case's news reaches a person who has not opted out."""

    name = "sms"
    webhooks = (MESSAGE, STATUS)

    def __init__(self, settings: Settings, catalogue: Catalogue, http: httpx.AsyncClient) -> None:
        self._settings = settings
        self._catalogue = catalogue
        self._http = http
        self.traits = Traits(
            spoken=False,
            links=True,
            longest_reply=settings.text_segments * _SEGMENT,
            # https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides, read 2026-11-25
            patience_seconds=15.0,
        )

    def read(self, request: Request) -> Sequence[Inbound | Status | Ignored]:
        """What a signed request of Twilio's says. Raises Refused."""
        form = read_form(request, self._settings.twilio_auth_token.get_secret_value())
        if urlsplit(request.url).path.endswith("/status"):
            return twilio.status(form)
        return twilio.message(form)

    def write(self, words: Sequence[Words], language: Language, answering: Inbound | None = None) -> Rendered:
        """TwiML that sends the words as one text. To someone who opts out nothing is ever said: Twilio has
        confirmed it already, and a further text would break what it promised."""
        if answering is not None and answering.control == "opt_out":
            dropped = tuple(Dropped(type(word).__name__.lower(), "opted_out") for word in words)
            return self._rendered((), dropped)
        texts = render(words, language, self._catalogue, self._settings.text_segments)
        extras = {"segments": texts.segments, "encoding": texts.encoding, "over_budget": texts.over_budget}
        return self._rendered(texts.parts, texts.dropped, **extras)

    async def send(self, rendered: Rendered, to: Address, *, key: str) -> ProviderId:
        """Send through Twilio's REST API, or raise SendFailed. Twilio takes no key for a message: `key` is
        not used. The id given back is the last part's; there is one part unless a question is very long."""
        settings = self._settings
        account = Account(
            settings.twilio_account_sid,
            settings.twilio_auth_token.get_secret_value(),
            settings.twilio_api_url,
        )
        sent = ProviderId("")
        for part in rendered.parts:
            sent = await send_text(
                self._http,
                account,
                sender=settings.twilio_number or self._catalogue.council.text_number,
                to=to,
                body=part,
                status_url=settings.address + STATUS,
            )
        return sent

    def _rendered(self, parts: tuple[str, ...], dropped: tuple[Dropped, ...], **extras: object) -> Rendered:
        return Rendered("text/xml", twilio.reply(parts), parts, dropped, extras)
