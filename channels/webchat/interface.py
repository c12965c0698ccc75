"""The JSON interface: what the page's own script uses, and any other page that draws its own chat.

`POST …/conversations` gives an id and the token that opens it. `POST …/ID/messages` takes what was said;
`GET …/ID/events` sends what is new. Both are entered with the token, or with our page's cookie.
"""

from __future__ import annotations

import asyncio
import json as jsons
from typing import Any

import structlog
from sanic import Blueprint
from sanic import Request as SanicRequest
from sanic.response import HTTPResponse, json

from actions.settings import Settings
from bot.words import LANGUAGES, Language, to_json
from channels.assets.pages import security_headers
from channels.channel import Inbound, Refused, Request
from channels.webchat.chat import NOTHING, Aside, Chat
from channels.webchat.thread import Thread

log = structlog.get_logger(__name__)

CONVERSATIONS = "/channels/webchat/conversations"
LOOKS_EVERY_SECONDS = (1.0, 2.0, 4.0)
"""How long to wait before each look at the thread; the last again and again."""
STREAM_SECONDS = 40.0
"""Below the time after which servers and proxies cut an answer off. The browser then asks again by itself."""


def add_to(blueprint: Blueprint, chat: Chat, settings: Settings) -> None:
    """Adds the three addresses."""
    made = Interface(chat, settings)
    blueprint.add_route(made.open, CONVERSATIONS, methods=["POST"], name="open")
    blueprint.add_route(
        made.say, f"{CONVERSATIONS}/<conversation:str>/messages", methods=["POST"], name="messages"
    )
    blueprint.add_route(made.events, f"{CONVERSATIONS}/<conversation:str>/events", name="events")


class Interface:
    """The handlers."""

    def __init__(self, chat: Chat, settings: Settings) -> None:
        self._chat, self._channel, self._address = chat, chat.channel, settings.address

    async def open(self, request: SanicRequest) -> HTTPResponse:
        """A new conversation, greeted. The body may hold `{"language": "en" | "cy"}`."""
        if (request.headers.get("content-type") or "").partition(";")[0].strip() != "application/json":
            # Another site's form cannot send this type without asking us first, and we never agree.
            return _refused(400, "the body must be application/json")
        language = _language(request.body)
        conversation = self._channel.keys.new_conversation()
        thread = await self._chat.opened(conversation, language)
        first = thread.exchanges[-1].words if thread.exchanges else ()
        return _answer(
            {
                "id": conversation,
                "token": self._channel.keys.seal(conversation),
                **_written(self._channel, first, thread.language or language or "en"),
            },
            201,
        )

    async def say(self, request: SanicRequest, conversation: str) -> HTTPResponse:
        """One thing said: `{"text", "turn", "seen"}`. The same `turn` and text again give the same reply."""
        ours = self._ours(request)
        try:
            things = self._channel.read(ours)
        except Refused as refused:
            log.warning("webchat.refused", status=refused.status, reason=refused.reason)
            return _refused(refused.status, refused.reason)
        [inbound] = [thing for thing in things if isinstance(thing, Inbound)]
        seen = _field(ours.body, "seen")
        thread = await self._chat.opened(conversation, None)
        objection = await self._chat.objection(thread, inbound.text, seen) if seen else None
        if objection is not None and objection is not NOTHING:
            return _answer({"page": self._page(conversation, thread, objection, seen)}, objection.status)
        reply = await self._chat.take(inbound)
        for dropped in self._channel.write(reply.words, reply.language).dropped:
            log.info("rendering.dropped", channel=self._channel.name, what=dropped.what, why=dropped.why)
        thread = await self._chat.thread(conversation)
        body = {"turn": reply.turn, **_written(self._channel, reply.words, reply.language)}
        if seen:
            body["page"] = self._page(conversation, thread, NOTHING, seen)
        return _answer(body)

    async def events(self, request: SanicRequest, conversation: str) -> HTTPResponse | None:
        """Server-sent events: the page's new state whenever the thread changed by itself, as when an answer
        that was apologised for comes after all. `mark` says what the page has."""
        try:
            self._channel.opened_by(self._ours(request))
        except Refused as refused:
            return _refused(refused.status, refused.reason)
        has = request.headers.get("last-event-id") or request.args.get("mark") or ""
        response = await request.respond(
            content_type="text/event-stream",
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no", **security_headers()},
        )
        await response.send("retry: 3000\n\n")
        loop = asyncio.get_running_loop()
        until, looks = loop.time() + STREAM_SECONDS, 0
        while loop.time() < until:
            thread = await self._chat.thread(conversation)
            page = self._page(conversation, thread, NOTHING, has.partition(".")[0])
            if page["mark"] != has:
                has = page["mark"]
                await response.send(f"id: {has}\nevent: page\ndata: {jsons.dumps(page)}\n\n")
            await asyncio.sleep(LOOKS_EVERY_SECONDS[min(looks, len(LOOKS_EVERY_SECONDS) - 1)])
            looks += 1
        await response.eof()
        return None

    def _ours(self, request: SanicRequest) -> Request:
        headers = {name.lower(): value for name, value in request.headers.items()}
        return Request(request.method, f"{self._address}{request.path}", headers, request.body)

    def _page(self, conversation: str, thread: Thread, aside: Aside, seen: str) -> dict[str, Any]:
        """What the script needs: the entries from the last exchange that it saw, and the form."""
        shown = self._chat.shown(conversation, thread, aside, start=max(thread.position(seen), 0))
        entries = self._channel.pages.render("entries.html", shown["language"], entries=shown["entries"])
        return {
            "entries": entries,
            "form": str(shown["form"]),
            "mark": shown["mark"],
            "seen": thread.seen,
            "problem": shown["problem"] is not None,
            "language": shown["language"],
        }


def _written(channel: Any, words: Any, language: Language) -> dict[str, Any]:
    rendered = channel.write(words, language)
    return {"language": language, "words": to_json(words), "html": list(rendered.parts)}


def _language(body: bytes) -> Language | None:
    wanted = _field(body, "language")
    return next((language for language in LANGUAGES if language == wanted), None)


def _field(body: bytes, name: str) -> str:
    try:
        given = jsons.loads(body or b"{}")
    except (ValueError, RecursionError):
        return ""
    value = given.get(name) if isinstance(given, dict) else None
    return value if isinstance(value, str) else ""


def _answer(body: dict[str, Any], status: int = 200) -> HTTPResponse:
    return json(
        body,
        status=status,
        headers={"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"},
    )


def _refused(status: int, reason: str) -> HTTPResponse:
    return _answer({"error": reason}, status)
