"""Find a service, and see what it publishes."""

from __future__ import annotations

from sanic.request import Request
from sanic.response import HTTPResponse, html

from actions.records.staff import Login
from bot.catalogue import ASPECTS
from channels.assets.pages import security_headers
from channels.staff.desk import Desk
from channels.staff.finding import finder

LONGEST_QUERY = 200
"""Characters; each word is compared with thousands."""


class Services:
    """The handlers."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._finder = finder(desk.catalogue)

    async def search(self, request: Request, login: Login) -> HTTPResponse:
        """The desk's first page: a box to type in, and the services that fit."""
        query = _query(request)
        return self._desk.page(
            "services.html", login, active="services", query=query, found=self._finder.find(query)
        )

    async def results(self, request: Request, login: Login) -> HTTPResponse:
        """The results alone, for the page's script."""
        query = _query(request)
        held = self._desk.partial("results.html", query=query, found=self._finder.find(query))
        return html(held, headers={**security_headers(), "Cache-Control": "no-store"})

    async def one(self, request: Request, login: Login, service: str) -> HTTPResponse:
        """One service: its answers in both languages, where they come from, and the way to key a request."""
        held = self._desk.catalogue.services.get(service)
        if held is None:
            return no_service(self._desk, login)
        answers = [held.guidance[aspect] for aspect in ASPECTS if aspect in held.guidance]
        return self._desk.page("service.html", login, active="services", service=held, answers=answers)


def no_service(desk: Desk, login: Login) -> HTTPResponse:
    return desk.told(
        login,
        404,
        "We do not have that service",
        "It may have been renamed or withdrawn. Look for it by what people call it.",
    )


def _query(request: Request) -> str:
    return " ".join(str(request.args.get("q", "")).split())[:LONGEST_QUERY]
