"""What every page of the desk needs: who is signed in, what was posted, and a page to answer with."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Coroutine, Mapping
from typing import Any
from urllib.parse import parse_qs, quote

import structlog
from sanic.request import Request
from sanic.response import HTTPResponse, redirect

from actions.records import staff
from actions.records.staff import Login
from actions.runtime import Runtime
from bot.words import Language
from channels.assets.pages import Pages
from channels.staff import wording
from channels.staff.channel import LARGEST_BODY
from channels.staff.sessions import Sessions, sessions_of

log = structlog.get_logger(__name__)

Handler = Callable[..., Coroutine[Any, Any, HTTPResponse]]
Posted = Mapping[str, list[str]]


class Desk:
    """The desk of one installation."""

    def __init__(self, runtime: Runtime, pages: Pages) -> None:
        self.runtime = runtime
        self.catalogue = runtime.catalogue
        self.sessions: Sessions = sessions_of(runtime.settings)
        self._pages = pages
        self._sign_in: Handler | None = None
        wording.add_to(pages.environment, runtime.catalogue)

    def signed_out(self, handler: Handler) -> None:
        """Who answers a request of somebody who is not signed in."""
        self._sign_in = handler

    def page(
        self,
        template: str,
        login: Login | None = None,
        *,
        status: int = 200,
        language: Language = "en",
        **values: Any,
    ) -> HTTPResponse:
        """A page of the desk."""
        return self._pages.html(template, language, status=status, home="/staff", login=login, **values)

    def told(
        self, login: Login | None, status: int, heading: str, told: str, *, link: str = "Go to services",
        href: str = "/staff",
    ) -> HTTPResponse:  # fmt: skip
        """A page that says one thing and leads on."""
        return self.page(
            "told_staff.html", login, status=status, heading=heading, told=told, link=link, href=href
        )

    def partial(self, template: str, **values: object) -> str:
        """A part of a page, for the desk's own script."""
        return self._pages.render(template, "en", **values)

    def token(self, request: Request) -> str | None:
        return self.sessions.token_in(request.cookies.get(self.sessions.cookie), self.runtime.now())

    async def login(self, request: Request) -> Login | None:
        """Whose session the request belongs to."""
        token = self.token(request)
        if token is None:
            return None
        found: Login | None = await self.runtime.database.run(staff.login_of, token, self.runtime.now())
        return found

    def guarded(self, handler: Handler) -> Handler:
        """The handler, for those who are signed in; what they post must come from a page of ours."""

        async def handle(request: Request, **place: str) -> HTTPResponse:
            login = await self.login(request)
            if login is None:
                assert self._sign_in is not None
                return await self._sign_in(request)
            if request.method == "POST" and not _from_us(request, login):
                log.warning("desk.refused", reason="csrf", path=request.path)
                return self.told(
                    login,
                    403,
                    "We could not use that form",
                    "It did not come from a page of this desk that you have open now. Go back, load the page "
                    "again and send it once more.",
                )
            response = await handler(request, login, **place)
            token = self.token(request)
            if token is not None and self.sessions.cookie not in _cookies(response):
                self.sessions.keep(response, token, self.runtime.now())
            return response

        return handle


def fields(request: Request) -> Posted:
    """What was posted: name to values. Empty for what is no form, or too large to be one of ours."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded" or len(request.body) > LARGEST_BODY:
        return {}
    try:
        held = parse_qs(
            request.body.decode("ascii", "replace"),
            keep_blank_values=True,
            max_num_fields=400,
            encoding="utf-8",
            errors="replace",
        )
    except ValueError:
        return {}
    return {name: [value.replace("\r\n", "\n") for value in values] for name, values in held.items()}


def one(posted: Posted, name: str) -> str:
    """The value of a field; the last, as a browser's own duplicate would have it."""
    return posted.get(name, [""])[-1]


def to(path: str, **query: str) -> HTTPResponse:
    """See another page of ours; loading that one again sends nothing."""
    asked = "&".join(f"{name}={quote(value)}" for name, value in query.items() if value)
    return redirect(f"{path}?{asked}" if asked else path, status=303)


def _from_us(request: Request, login: Login) -> bool:
    return hmac.compare_digest(login.csrf.encode(), one(fields(request), "csrf").encode())


def _cookies(response: HTTPResponse) -> set[Any]:
    return {cookie.key for cookie in response.cookies.cookies}
