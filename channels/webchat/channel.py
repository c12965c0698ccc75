"""The web chat, as a channel: JSON in, words as markup and as JSON out."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import urlsplit

from actions.settings import Settings
from bot.catalogue import Catalogue
from bot.words import Language, Words, to_json
from channels.assets.pages import Pages
from channels.channel import Ignored, Inbound, Refused, Rendered, Request, Status, Traits
from channels.webchat.keys import Keys, keys_of
from channels.webchat.rendering import TEMPLATES, Rendering, dropped

CONVERSATION = re.compile(r"/channels/webchat/conversations/([A-Za-z0-9_-]{1,64})/(?:messages|events)")
LARGEST_BODY = 262_144
"""Bytes: 10,000 characters may take twelve bytes each in a form, and must get a reply in words."""


class WebChat:
    """The web chat. Its pages are pages.py's; this is what it shares with every channel."""

    name = "webchat"
    traits = Traits(spoken=False, links=True, longest_reply=None, patience_seconds=30.0)
    webhooks: tuple[str, ...] = ()

    def __init__(self, settings: Settings, catalogue: Catalogue) -> None:
        self.keys: Keys = keys_of(settings)
        self.pages = Pages(catalogue, settings, TEMPLATES)
        self.rendering = Rendering(self.pages)

    def read(self, request: Request) -> Sequence[Inbound | Status | Ignored]:
        """One message of the JSON interface: `{"text": …, "turn": …}`, under `Authorization: Bearer` with the
        token that opened the conversation, or under our own page's cookie and `X-CSRF-Token`."""
        conversation = self.opened_by(request)
        given = _json(request.body)
        text, turn = given.get("text"), given.get("turn", "")
        if not isinstance(text, str) or not isinstance(turn, str):
            raise Refused(400, "text and turn must be strings")
        return [self.inbound(conversation, text, turn or self.keys.new_turn())]

    def inbound(
        self,
        conversation: str,
        text: str,
        turn: str,
        *,
        control: str | None = None,
        language: Language | None = None,
    ) -> Inbound:
        """One thing said in a chat. Nothing can be pushed to a page, so there is no address to reply to."""
        return Inbound(
            self.keys.provider_id(conversation, turn, text),
            conversation,
            text,
            control=control,
            language=language,
        )

    def write(self, words: Sequence[Words], language: Language, answering: Inbound | None = None) -> Rendered:
        """A part a word, as the log shows it; the body holds the words as well, for a page that draws its own."""
        parts = tuple(self.rendering.whole(word, language) for word in words)
        body = {"language": language, "words": to_json(words), "html": list(parts)}
        return Rendered(
            "application/json",
            json.dumps(body, ensure_ascii=False),
            parts,
            dropped(words),
        )

    def opened_by(self, request: Request) -> str:
        """The conversation that a request names and may enter. Raises Refused."""
        found = CONVERSATION.fullmatch(urlsplit(request.url).path)
        if found is None:
            raise Refused(400, "the address names no conversation")
        conversation = found[1]
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer":
            if not self.keys.opens(conversation, token.strip()):
                raise Refused(403, "the token does not open this conversation")
            return conversation
        if self.keys.conversation_in(cookie(request.headers, self.keys.cookie)) != conversation:
            raise Refused(403, "nothing opens this conversation")
        # A cookie goes along with a request that somebody else's page makes; this header does not. To read, the
        # cookie is enough: what we answer stays out of reach of that page.
        if request.method != "GET" and not self.keys.is_ours(
            conversation, request.headers.get("x-csrf-token", "")
        ):
            raise Refused(403, "the request does not come from our page")
        return conversation


def cookie(headers: Mapping[str, str], name: str) -> str | None:
    """A cookie's value; None where there is none, or where the header cannot be read."""
    try:
        held = SimpleCookie(headers.get("cookie", "")).get(name)
    except CookieError:
        return None
    return None if held is None else held.value


def _json(body: bytes) -> Mapping[str, Any]:
    if len(body) > LARGEST_BODY:
        raise Refused(400, "the body is too large")
    try:
        given = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Refused(400, "the body is not JSON") from error
    if not isinstance(given, dict):
        raise Refused(400, "the body is not a JSON object")
    return given
