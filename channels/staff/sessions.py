"""The desk's cookies: who sits here, and that a form came from a page of ours.

A session lives in the records, for eight hours at most. When it was last used stands in the cookie itself,
sealed, so that a desk that nobody touches for an hour asks for the password without a write for every page.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sanic.response import HTTPResponse

from actions.settings import Settings

LIFETIME = timedelta(hours=8)
IDLE = timedelta(hours=1)


@dataclass(frozen=True)
class Sessions:
    """Makes, seals and reads cookies with one installation's secret."""

    secret: bytes
    secure: bool
    """True where the desk is served by https."""

    @property
    def cookie(self) -> str:
        """Browsers hold a `__Host-` cookie to https, to this host and to all of its paths."""
        return "__Host-doorstep_desk" if self.secure else "doorstep_desk"

    @property
    def before(self) -> str:
        """The cookie of somebody who has not signed in yet: it ties the sign-in form to their browser."""
        return "__Host-doorstep_sign_in" if self.secure else "doorstep_sign_in"

    def new_key(self) -> str:
        return secrets.token_urlsafe(24)

    def csrf(self, key: str) -> str:
        """What the sign-in form carries beside the cookie."""
        return self._mac("sign-in", key)

    def is_ours(self, key: str | None, csrf: str) -> bool:
        return bool(key) and hmac.compare_digest(self.csrf(key or "").encode(), csrf.encode())

    def sealed(self, token: str, now: datetime) -> str:
        used = str(int(now.timestamp()))
        return f"{token}.{used}.{self._mac('used', token, used)}"

    def token_in(self, value: str | None, now: datetime) -> str | None:
        """The session's token; None for no cookie, one that we did not make, or one not used for too long."""
        token, _, rest = (value or "").partition(".")
        used, _, seal = rest.partition(".")
        if not hmac.compare_digest(self._mac("used", token, used).encode(), seal.encode()):
            return None
        return token if now.timestamp() - int(used) < IDLE.total_seconds() else None

    def keep(self, response: HTTPResponse, token: str, now: datetime) -> None:
        """Give the browser its session, used just now."""
        self.give(response, self.cookie, self.sealed(token, now), IDLE)

    def forget(self, response: HTTPResponse, name: str) -> None:
        self.give(response, name, "", timedelta(0))

    def give(self, response: HTTPResponse, name: str, value: str, lasts: timedelta) -> None:
        response.add_cookie(
            name,
            value,
            path="/",
            secure=self.secure,
            httponly=True,
            # Lax, not Strict: a link to a case in an e-mail must find the colleague signed in. Nothing changes
            # by a link, and every form carries a token.
            samesite="Lax",
            max_age=int(lasts.total_seconds()),
        )

    def _mac(self, *parts: str) -> str:
        message = b"\0".join(part.encode("utf-8", "surrogatepass") for part in ("desk", *parts))
        return hmac.new(self.secret, message, hashlib.sha256).hexdigest()


def sessions_of(settings: Settings) -> Sessions:
    secret = settings.session_secret.get_secret_value().encode()
    return Sessions(secret, settings.address.startswith("https:"))
