"""The two pages that every page links to: accessibility, and who holds what, made from the content itself."""

from __future__ import annotations

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.words import LANGUAGES, Language
from channels.assets.pages import Pages


def add_to(blueprint: Blueprint, pages: Pages) -> None:
    """Adds `/privacy` and `/accessibility`."""

    @blueprint.get("/privacy")
    async def privacy(request: Request) -> HTTPResponse:
        return pages.html("privacy.html", language_of(request) or "en", here="/privacy")

    @blueprint.get("/accessibility")
    async def accessibility(request: Request) -> HTTPResponse:
        return pages.html("accessibility.html", language_of(request) or "en", here="/accessibility")


def language_of(request: Request) -> Language | None:
    """The language that the address asks for with `?lang=`; None for none, or one that we do not have."""
    wanted = request.args.get("lang")
    for language in LANGUAGES:
        if wanted == language:
            return language
    return None
