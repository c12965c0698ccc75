"""`/try`: a mobile phone, a telephone and a web chat to try Doorstep with. Development only."""

from __future__ import annotations

import mimetypes
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import httpx
from sanic import Blueprint, HTTPResponse, Request
from sanic.exceptions import SanicException
from sanic.response import json, raw

from actions.settings import Settings
from bot import segments
from bot.catalogue import Catalogue
from channels.assets.pages import Pages
from channels.simulator import standing_in, twiml
from channels.simulator.calls import Played, play
from channels.simulator.provider import Answered, Call, Provider, Unreachable
from channels.simulator.standing_in import Inbox

HERE = Path(__file__).resolve().parent
FILES = frozenset({"try.css", "phone.js", "telephone.js", "keypad.js", "speech.js", "post.js"})
NUMBERS = ("+447700900123", "+447700900456", "+441632960789")
"""Who texts or calls: Ofcom's drama numbers, two mobiles and a landline."""
WITHHELD = "+266696687"
HEADERS = {"Permissions-Policy": "camera=(), geolocation=(), microphone=(self)"}
MOST_PICTURES = 10


class Unreadable(Exception):
    """A request that no page of ours makes: the message says what is wrong with it."""


def blueprint(settings: Settings, catalogue: Catalogue) -> Blueprint:
    """The phones' page, what the phones do, and Twilio's REST API as far as we use it."""
    made = Blueprint("try", url_prefix="/try")
    http = httpx.AsyncClient()
    provider = Provider(settings, http, standing_in.served(settings))
    inbox = Inbox()
    phones = Phones(provider, inbox, catalogue)
    pages = Pages(catalogue, settings, HERE)

    @made.after_server_stop
    async def close(*_: Any) -> None:
        await http.aclose()

    @made.get("/")
    async def show(_: Request) -> HTTPResponse:
        return pages.html("try.html", "en", headers=HEADERS, numbers=NUMBERS, withheld=WITHHELD)

    @made.get("/files/<name:str>")
    async def file(_: Request, name: str) -> HTTPResponse:
        if name not in FILES:
            return HTTPResponse(status=404)
        held = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
        content_type = mimetypes.guess_type(name)[0] or "text/plain"
        return raw((HERE / name).read_bytes(), content_type=content_type, headers=held)

    made.add_route(phones.text, "/text", methods=["POST"])
    made.add_route(phones.inbox, "/inbox", methods=["GET"])
    made.add_route(phones.call, "/call", methods=["POST"])
    made.add_route(phones.heard, "/call/heard", methods=["POST"])
    made.add_route(phones.hang_up, "/call/over", methods=["POST"])
    standing_in.add_to(made, settings, provider, inbox)

    @made.exception(Unreachable, twiml.NotTwiML)  # type: ignore[untyped-decorator]
    async def failed(_: Request, error: Exception) -> HTTPResponse:
        return json({"problem": str(error)}, status=502)

    @made.exception(Unreadable)  # type: ignore[untyped-decorator]
    async def unreadable(_: Request, error: Exception) -> HTTPResponse:
        return json({"problem": str(error)}, status=400)

    return made


class Phones:
    """What people do with the phones. JSON there and back, and with each answer what went over the wire."""

    def __init__(self, provider: Provider, inbox: Inbox, catalogue: Catalogue) -> None:
        self._provider, self._inbox, self._council = provider, inbox, catalogue.council

    async def text(self, request: Request) -> HTTPResponse:
        """Text it: the texts that answer."""
        said = _json(request)
        sender, body, media = _needed(said, "from"), str(said.get("body", "")), said.get("media", 0)
        if not isinstance(media, int) or not 0 <= media <= MOST_PICTURES:
            raise Unreadable(f"media is how many pictures, 0 to {MOST_PICTURES}")
        steers = self._inbox.texted(sender, body)
        answered = await self._provider.text(sender, self._council.text_number, body, media=media)
        texts = [] if sender in self._inbox.opted_out else twiml.texts(answered.xml)
        sent = segments.count(body)
        return json(
            {
                "texts": [self._counted(text) for text in texts],
                "sent": {"segments": sent.segments, "encoding": sent.encoding},
                "answered_by_twilio": steers,
                **_wire(answered),
            }
        )

    async def inbox(self, request: Request) -> HTTPResponse:
        """What Doorstep texted first, since the text of an id."""
        number, seen = request.args.get("number", ""), request.args.get("seen", "")
        arrived = self._inbox.after(number, seen)
        return json([{"sid": pushed.sid, **self._counted(pushed.body)} for pushed in arrived])

    async def call(self, request: Request) -> HTTPResponse:
        """Call it: what is said first."""
        call = Call(_needed(_json(request), "from"), self._council.phone)
        return json(_played(call, await play(self._provider, call, await self._provider.call(call))))

    async def heard(self, request: Request) -> HTTPResponse:
        """Speech, keys or silence after a <Gather>."""
        said = _json(request)
        call = self._call(said)
        answered = await self._provider.heard(
            call,
            _needed(said, "action"),
            speech=str(said.get("speech", "")),
            keys=str(said.get("keys", "")),
        )
        return json(_played(call, await play(self._provider, call, answered)))

    async def hang_up(self, request: Request) -> HTTPResponse:
        """The call is over."""
        return json(_wire(await self._provider.ended(self._call(_json(request)))))

    def _call(self, said: Mapping[str, Any]) -> Call:
        return Call(_needed(said, "from"), self._council.phone, _needed(said, "call"))

    def _counted(self, text: str) -> dict[str, Any]:
        cost = segments.count(text)
        pence = round(cost.segments * self._council.text_pence_per_segment, 1)
        return {"text": text, "segments": cost.segments, "encoding": cost.encoding, "pence": pence}


def _json(request: Request) -> Mapping[str, Any]:
    # A page from elsewhere cannot send this type without asking first, so it cannot use the phones.
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        raise Unreadable("the phones post application/json")
    try:
        said = request.json
    except SanicException as error:
        raise Unreadable("what was posted is not JSON") from error
    if not isinstance(said, dict):
        raise Unreadable("the phones post JSON objects")
    return said


def _needed(said: Mapping[str, Any], name: str) -> str:
    value = said.get(name)
    if not isinstance(value, str):
        raise Unreadable(f"{name!r} is missing")
    return value


def _played(call: Call, played: Played) -> dict[str, Any]:
    heard = played.heard
    return {
        "call": call.sid,
        "spoken": [asdict(spoken) for spoken in heard.spoken],
        "gather": asdict(heard.gather) if heard.gather else None,
        "dials": heard.dials,
        "afterwards": [asdict(spoken) for spoken in heard.afterwards],
        "hangs_up": heard.hangs_up,
        **_wire(played.answered),
    }


def _wire(answered: Answered) -> dict[str, Any]:
    head = [f"POST {answered.path}", f"X-Twilio-Signature: {answered.signature}", ""]
    fields = [f"{name}={value}" for name, value in answered.form.items()]
    return {
        "posted": "\n".join([*head, *fields]),
        "twiml": twiml.pretty(answered.xml),
        "ms": round(answered.milliseconds),
    }
