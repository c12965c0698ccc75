"""Signing in and out."""

from __future__ import annotations

import asyncio
import json
import re
from datetime import timedelta

import structlog
from sanic.request import Request
from sanic.response import HTTPResponse

from actions.records import passwords, staff
from actions.records.staff import Login, Member
from channels.staff.desk import Desk, Posted, fields, one, to
from channels.staff.sessions import LIFETIME

log = structlog.get_logger(__name__)

WINDOW = timedelta(minutes=15)
MOST_BY_USERNAME = 5
MOST_BY_ADDRESS = 20
"""Failures within the window. An office shares an address, so it may fail more often."""
_OURS = re.compile(r"/staff(?:/[A-Za-z0-9._~/-]*)?(?:\?[A-Za-z0-9._~=&%+-]*)?")
_FORM = re.compile(r"/staff/services/([a-z0-9_]+)/(?:request|submit)")
_NOT_KEPT = frozenset({"csrf", "do"})


class SigningIn:
    """The handlers."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        # One at a time: whoever guesses with many requests at once must not be counted too late, and argon2
        # takes 64 MB for each password that it checks.
        self._turnstile = asyncio.Lock()

    async def show(self, request: Request) -> HTTPResponse:
        """The sign-in page, or where somebody who has signed in wants to go."""
        following = local(request.args.get("next", ""))
        if await self._desk.login(request) is not None:
            return to(following)
        return await self._page(request, following=following)

    async def first(self, request: Request) -> HTTPResponse:
        """For a page that needs a session. What was typed in a form of ours goes along and comes back."""
        if request.method != "POST":
            asked = f"?{request.query_string}" if request.query_string else ""
            return to("/staff/login", next=local(f"{request.path}{asked}"))
        form = _FORM.fullmatch(request.path)
        kept = {} if form is None else {k: v for k, v in fields(request).items() if k not in _NOT_KEPT}
        return await self._page(
            request,
            status=403,
            following=f"/staff/services/{form[1]}/request" if form else "/staff",
            kept=json.dumps(kept) if kept else "",
            notice="You have been signed out. Sign in to carry on"
            + (": what you typed is kept." if kept else "."),
        )

    async def sign_in(self, request: Request) -> HTTPResponse:
        posted = fields(request)
        following, kept = local(one(posted, "next")), one(posted, "kept")
        sessions = self._desk.sessions
        if not sessions.is_ours(request.cookies.get(sessions.before), one(posted, "csrf")):
            log.warning("desk.refused", reason="csrf", path=request.path)
            return await self._page(
                request, status=403, following=following, kept=kept,
                problem="Sign in again. This page was open for too long, or your browser refuses cookies",
            )  # fmt: skip
        username, password = one(posted, "username").strip(), one(posted, "password")
        if not username or not password:
            return await self._page(
                request, status=422, following=following, kept=kept, username=username,
                problem="Enter your username and your password",
            )  # fmt: skip
        async with self._turnstile:
            member = await self._known(request, username, password)
        if member is None:
            return await self._page(
                request, status=422, following=following, kept=kept, username=username,
                problem="Enter the right username and password",
            )  # fmt: skip
        if isinstance(member, _Wait):
            return await self._page(
                request, status=429, following=following, kept=kept, username=username,
                problem="Wait 15 minutes, then sign in again. There were too many wrong passwords",
            )  # fmt: skip
        return await self._begin(member, following, kept)

    async def sign_out(self, request: Request, login: Login) -> HTTPResponse:
        token = self._desk.token(request)
        if token is not None:
            await self._desk.runtime.database.run(staff.end_session, token)
        response = to("/staff/login")
        self._desk.sessions.forget(response, self._desk.sessions.cookie)
        response.headers["Clear-Site-Data"] = '"cache"'
        return response

    async def _known(self, request: Request, username: str, password: str) -> Member | _Wait | None:
        """Who it is; None for a wrong password, a disabled member, or a name that nobody has: all take as
        long and are told the same."""
        runtime, address = self._desk.runtime, request.client_ip
        now = runtime.now()
        failed = await runtime.database.run(staff.failures, username, address, now - WINDOW)
        if failed.of_username >= MOST_BY_USERNAME or failed.of_address >= MOST_BY_ADDRESS:
            log.warning("desk.too_many_attempts")
            return _Wait()
        member: Member | None = await runtime.database.run(staff.member, username)
        hashed = None if member is None or member.disabled else member.password_hash
        right = await asyncio.to_thread(passwords.matches, hashed, password)
        await runtime.database.run(staff.attempted, username, address, right, now)
        if member is None or not right:
            return None
        if passwords.is_old(member.password_hash):
            fresh = await asyncio.to_thread(passwords.hashed, password)
            await runtime.database.run(staff.rehash, member.username, fresh)
        return member

    async def _begin(self, member: Member, following: str, kept: str) -> HTTPResponse:
        runtime, sessions = self._desk.runtime, self._desk.sessions
        now = runtime.now()
        opened = await runtime.database.run(staff.begin_session, member.username, now, LIFETIME)
        typed = _kept(kept) if _FORM.fullmatch(following) else {}
        if typed:
            login = Login(member.username, member.name, opened.csrf, opened.expires)
            response = self._desk.page("carry_on.html", login, action=following, kept=typed)
        else:
            response = to(following)
        sessions.keep(response, opened.token, now)
        sessions.forget(response, sessions.before)
        return response

    async def _page(
        self,
        request: Request,
        *,
        status: int = 200,
        following: str,
        kept: str = "",
        username: str = "",
        problem: str | None = None,
        notice: str | None = None,
    ) -> HTTPResponse:
        sessions = self._desk.sessions
        key = request.cookies.get(sessions.before) or sessions.new_key()
        nobody = self._desk.runtime.settings.development and not await self._desk.runtime.database.run(
            staff.members
        )
        response = self._desk.page(
            "login.html",
            status=status,
            csrf=sessions.csrf(key),
            following=following,
            kept=kept,
            username=username,
            problem=problem,
            notice=notice,
            nobody=nobody,
        )
        sessions.give(response, sessions.before, key, timedelta(hours=1))
        return response


class _Wait:
    """Too many failures: no password is looked at."""


def local(path: str) -> str:
    """A path of the desk; the desk's first page in place of anything else.

    >>> local("/staff/cases?page=2"), local("https://evil.example/staff"), local("//evil.example"), local("/staff//x")
    ('/staff/cases?page=2', '/staff', '/staff', '/staff')
    """
    return path if _OURS.fullmatch(path) and "//" not in path and "/login" not in path else "/staff"


def _kept(text: str) -> Posted:
    """What went along with the sign-in form; nothing where it is not what we sent."""
    try:
        held = json.loads(text) if text else {}
    except (ValueError, RecursionError):
        return {}
    if not isinstance(held, dict):
        return {}
    return {
        str(name): [str(value) for value in values]
        for name, values in held.items()
        if isinstance(values, list)
    }
