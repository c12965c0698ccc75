"""The keys of a chat: which one a browser holds, and that a form came from a page of ours.

A conversation's key is random. It stands in addresses, and so in logs; what opens the conversation is its
seal, an HMAC over the key that only we can make. The browser holds both in one cookie that no script reads.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass

from actions.settings import Settings
from channels.channel import ProviderId

_KEY = re.compile(r"[A-Za-z0-9_-]{32}")


@dataclass(frozen=True)
class Keys:
    """Makes and checks keys with one installation's secret."""

    secret: bytes
    secure: bool
    """True where the pages are served by https."""

    @property
    def cookie(self) -> str:
        """The cookie's name: browsers hold a `__Host-` cookie to https, to this host and to all of its paths."""
        return "__Host-doorstep_chat" if self.secure else "doorstep_chat"

    def new_conversation(self) -> str:
        return secrets.token_urlsafe(24)

    def new_turn(self) -> str:
        """What a form carries, so that sending it twice is one turn."""
        return secrets.token_urlsafe(12)

    def seal(self, conversation: str) -> str:
        """What opens a conversation: the token of the JSON interface, half of the cookie."""
        return self._mac("seal", conversation)

    def opens(self, conversation: str, seal: str) -> bool:
        return hmac.compare_digest(self.seal(conversation).encode(), seal.encode())

    def csrf(self, conversation: str) -> str:
        """What a form of ours carries, which a page of somebody else's cannot know."""
        return self._mac("csrf", conversation)

    def is_ours(self, conversation: str, csrf: str) -> bool:
        return hmac.compare_digest(self.csrf(conversation).encode(), csrf.encode())

    def cookie_value(self, conversation: str) -> str:
        return f"{conversation}.{self.seal(conversation)}"

    def conversation_in(self, cookie_value: str | None) -> str | None:
        """The conversation that a cookie opens; None for no cookie, or one that we did not make."""
        conversation, _, seal = (cookie_value or "").partition(".")
        if not _KEY.fullmatch(conversation) or not self.opens(conversation, seal):
            return None
        return conversation

    def provider_id(self, conversation: str, turn: str, text: str) -> ProviderId:
        """One turn's id. The same form sent twice with the same words is one turn; with other words (after
        the browser's back button, say) it is another. Keyed, because an id is stored in the clear and a short
        answer could be guessed from a plain hash."""
        return ProviderId(self._mac("turn", conversation, turn, text)[:32])

    def _mac(self, *parts: str) -> str:
        message = b"\0".join(part.encode("utf-8", "surrogatepass") for part in ("webchat", *parts))
        return hmac.new(self.secret, message, hashlib.sha256).hexdigest()


def keys_of(settings: Settings) -> Keys:
    secret = settings.session_secret.get_secret_value().encode()
    return Keys(secret, settings.address.startswith("https:"))
