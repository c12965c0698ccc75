"""The pages of the web chat: `/chat` works whole without JavaScript, by forms and page loads."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from sanic import Blueprint
from sanic.exceptions import PayloadTooLarge
from sanic.request import Request
from sanic.response import HTTPResponse, redirect

from actions.settings import Settings
from bot.catalogue import Catalogue
from bot.words import LANGUAGES, Language
from channels.assets import statements
from channels.channel import Turns
from channels.webchat import interface
from channels.webchat.channel import LARGEST_BODY, WebChat
from channels.webchat.chat import NOTHING, Aside, Chat
from channels.webchat.thread import Thread


class Unreadable(Exception):
    """A form that no page of ours sends."""


@dataclass(frozen=True)
class Sent:
    """What came with a form. `text` is a button's word, a box's text, or the ticked labels in a row."""

    text: str
    turn: str
    seen: str
    csrf: str


LAUNCHER = Path(__file__).resolve().parent / "embed.js"


def blueprint(channel: WebChat, turns: Turns, catalogue: Catalogue, settings: Settings) -> Blueprint:
    """`/chat` and what belongs to it, `/embed.js`, the JSON interface, and the statements in every footer."""
    made = Blueprint("webchat")
    chat = Chat(channel, turns, catalogue)
    pages = ChatPages(chat, catalogue)
    made.add_route(pages.show, "/chat", methods=["GET"])
    made.add_route(pages.say, "/chat", methods=["POST"])
    made.add_route(pages.end, "/chat/end", methods=["POST"])
    made.add_route(pages.new, "/chat/new", methods=["POST"])
    made.add_route(pages.ended, "/chat/ended", methods=["GET"])
    made.add_route(pages.embed, "/embed.js", methods=["GET"])
    made.exception(PayloadTooLarge)(pages.too_big)
    interface.add_to(made, chat, settings)
    statements.add_to(made, channel.pages)
    return made


class ChatPages:
    """The handlers."""

    def __init__(self, chat: Chat, catalogue: Catalogue) -> None:
        self._chat, self._keys, self._pages = chat, chat.channel.keys, chat.channel.pages
        self._launcher = launcher(catalogue)
        website = urlsplit(catalogue.council.website)
        # The council's own site may show the chat inside its pages; nobody else's may.
        self._ancestors = f"'self' {website.scheme}://{website.netloc}" if website.netloc else "'self'"

    async def show(self, request: Request) -> HTTPResponse:
        """The conversation, and the question that waits. A first visit is greeted."""
        conversation = self._conversation(request)
        fresh = conversation is None
        conversation = conversation or self._keys.new_conversation()
        thread = await self._chat.opened(conversation, statements.language_of(request))
        return self._page(request, conversation, thread, NOTHING, fresh=fresh)

    async def say(self, request: Request) -> HTTPResponse:
        """One message, or one answer. Then the page is asked for anew, so that loading it again sends nothing."""
        if len(request.body) > LARGEST_BODY:
            return await self.too_big(request, None)
        try:
            sent = read_form(request)
        except Unreadable:
            return await self._told(
                request, 400, "web.unreadable_title", "web.unreadable", "web.return_to_chat", "/chat"
            )
        conversation = self._conversation(request)
        if conversation is None or not self._keys.is_ours(conversation, sent.csrf):
            return await self._strange(request, conversation, sent)
        thread = await self._chat.opened(conversation, None)
        objection = await self._chat.objection(thread, sent.text, sent.seen)
        if objection is None:
            await self._chat.take(self._chat.channel.inbound(conversation, sent.text, sent.turn))
        elif objection is not NOTHING:
            return self._page(request, conversation, thread, objection)
        return redirect(f"/chat{_query(request)}#latest", status=303)

    async def end(self, request: Request) -> HTTPResponse:
        """Forget the chat in this browser, for whoever sits here next."""
        language = await self._language(request)
        response = redirect(f"/chat/ended?lang={language}{_query(request, '&')}", status=303)
        if self._ours(request):
            self._forget(response)
        return response

    async def new(self, request: Request) -> HTTPResponse:
        """Leave the chat and begin another, in the same language."""
        language = await self._language(request)
        response = redirect(f"/chat?lang={language}{_query(request, '&')}", status=303)
        if self._ours(request):
            self._remember(response, self._keys.new_conversation())
        return response

    async def ended(self, request: Request) -> HTTPResponse:
        return await self._told(
            request, 200, "web.ended_title", "web.ended", "web.new", f"/chat{_query(request)}"
        )

    async def embed(self, request: Request) -> HTTPResponse:
        """The launcher for other pages. Its address never changes, so browsers ask again every hour."""
        headers = {"Cache-Control": "public, max-age=3600", "X-Content-Type-Options": "nosniff"}
        return HTTPResponse(self._launcher, headers=headers, content_type="text/javascript; charset=utf-8")

    async def too_big(self, request: Request, _: Exception | None) -> HTTPResponse:
        return await self._told(
            request, 413, "web.too_big_title", "web.too_big", "web.return_to_chat", "/chat"
        )

    async def _strange(self, request: Request, conversation: str | None, sent: Sent) -> HTTPResponse:
        """A form without its conversation: an expired or a refused cookie, a page from an earlier chat, or
        somebody else's page. Nothing is taken, and nothing typed is lost."""
        fresh = conversation is None
        conversation = conversation or self._keys.new_conversation()
        thread = await self._chat.opened(conversation, None)
        language: Language = thread.language or "en"
        told = ("web.chat_lost", "web.cookies_needed") if fresh else ("web.other_chat",)
        notice = "\n\n".join(self._chat.phrase(key, language) for key in told)
        return self._page(
            request, conversation, thread, Aside(403, notice=notice, typed=sent.text), fresh=fresh
        )

    def _page(
        self, request: Request, conversation: str, thread: Thread, aside: Aside, *, fresh: bool = False
    ) -> HTTPResponse:
        query = _query(request)
        shown = self._chat.shown(conversation, thread, aside, query=query)
        language: Language = shown.pop("language")
        response = self._pages.html(
            "chat.html",
            language,
            status=aside.status,
            frame_ancestors=self._ancestors,
            here=f"/chat{query}",
            bare=bool(query),
            **shown,
        )
        if fresh:
            self._remember(response, conversation)
        return response

    async def _told(
        self, request: Request, status: int, heading: str, told: str, link: str, href: str
    ) -> HTTPResponse:
        language = await self._language(request)
        return self._pages.html(
            "told.html",
            language,
            status=status,
            frame_ancestors=self._ancestors,
            heading=self._chat.phrase(heading, language),
            told=self._chat.phrase(told, language),
            link=self._chat.phrase(link, language),
            href=href,
            bare=bool(_query(request)),
        )

    async def _language(self, request: Request) -> Language:
        wanted = statements.language_of(request)
        conversation = self._conversation(request)
        if wanted is not None or conversation is None:
            return wanted or "en"
        return (await self._chat.thread(conversation)).language or "en"

    def _conversation(self, request: Request) -> str | None:
        return self._keys.conversation_in(request.cookies.get(self._keys.cookie))

    def _ours(self, request: Request) -> bool:
        conversation = self._conversation(request)
        try:
            return conversation is not None and self._keys.is_ours(conversation, read_form(request).csrf)
        except Unreadable:
            return False

    def _remember(self, response: HTTPResponse, conversation: str) -> None:
        response.add_cookie(
            self._keys.cookie,
            self._keys.cookie_value(conversation),
            path="/",
            secure=self._keys.secure,
            httponly=True,
            samesite="Lax",
        )

    def _forget(self, response: HTTPResponse) -> None:
        response.add_cookie(
            self._keys.cookie,
            "",
            path="/",
            secure=self._keys.secure,
            httponly=True,
            samesite="Lax",
            max_age=0,
        )


def read_form(request: Request) -> Sent:
    """The fields of a form of ours. Bytes that are no text become a mark that the dialogue answers. Raises
    Unreadable."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        raise Unreadable(kind)
    try:
        fields = parse_qs(
            request.body.decode("ascii", "replace"),
            keep_blank_values=True,
            max_num_fields=60,
            encoding="utf-8",
            errors="replace",
        )
    except ValueError as error:
        raise Unreadable("too many fields") from error
    said = fields.get("say") or fields.get("text") or [""]
    turn, seen, csrf = (fields.get(name, [""])[0] for name in ("turn", "seen", "csrf"))
    return Sent(", ".join(said).replace("\r\n", "\n"), turn, seen, csrf)


def launcher(catalogue: Catalogue) -> str:
    """embed.js with its words, which are content, put in."""
    words = {
        language: {
            part: catalogue.phrase(f"web.launcher_{part}", language).text for part in ("open", "close")
        }
        for language in LANGUAGES
    }
    return LAUNCHER.read_text(encoding="utf-8").replace('"WORDS"', f"({json.dumps(words)})")


def _query(request: Request, lead: str = "?") -> str:
    """What keeps a page inside another one."""
    return f"{lead}embedded=1" if request.args.get("embedded") == "1" else ""
