"""`/try`: a mobile phone, a telephone and a web chat to try Doorstep with. Development only."""

from __future__ import annotations

import asyncio
import mimetypes
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import httpx
import structlog
from jinja2 import Environment, FileSystemLoader
from sanic import Blueprint, HTTPResponse, Request
from sanic.response import html, json, raw

from actions.settings import Settings
from bot import segments
from bot.catalogue import Catalogue
from channels.simulator import twiml
from channels.simulator.provider import Answered, Provider, Unreachable, new_call
from channels.simulator.standing_in import Inbox, is_ours

log = structlog.get_logger(__name__)

HERE = Path(__file__).resolve().parent
FILES = ("try.css", "phone.js", "telephone.js", "speech.js", "post.js")
NUMBERS = ("+447700900123", "+447700900456", "+441632960789")
"""Who texts or calls: Ofcom's drama numbers, two mobiles and a landline."""
WITHHELD = "+266696687"
POLICY = "default-src 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'"


def blueprint(settings: Settings, catalogue: Catalogue) -> Blueprint:
    """The phones' page, their calls, and Twilio's REST API as far as we use it."""
    made = Blueprint("try", url_prefix="/try")
    inbox = Inbox()
    http = httpx.AsyncClient()
    provider = Provider(settings, http, f"http://{settings.host}:{settings.port}")
    council = catalogue.council
    page = Environment(loader=FileSystemLoader(HERE), autoescape=True).get_template("try.html")

    @made.after_server_stop
    async def close(*_: Any) -> None:
        await http.aclose()

    @made.get("/")
    async def show(_: Request) -> HTTPResponse:
        held = page.render(council=council, numbers=NUMBERS, withheld=WITHHELD, address=settings.address)
        return html(held, headers={"Content-Security-Policy": POLICY, "Cache-Control": "no-store"})

    @made.get("/files/<name:str>")
    async def file(_: Request, name: str) -> HTTPResponse:
        if name not in FILES:
            return HTTPResponse(status=404)
        content_type = mimetypes.guess_type(name)[0] or "text/plain"
        return raw(
            (HERE / name).read_bytes(), content_type=content_type, headers={"Cache-Control": "no-store"}
        )

    @made.post("/text")
    async def text(request: Request) -> HTTPResponse:
        said = _json(request)
        answered = await provider.text(
            str(said["from"]), council.text_number, str(said.get("body", "")), media=int(said.get("media", 0))
        )
        sent = segments.count(str(said.get("body", "")))
        return json(
            {
                "texts": [_counted(t, council.text_pence_per_segment) for t in twiml.texts(answered.xml)],
                "sent": {"segments": sent.segments, "encoding": sent.encoding},
                **_raw(answered),
            }
        )

    @made.get("/inbox")
    async def pushed(request: Request) -> HTTPResponse:
        number, seen = request.args.get("number", ""), int(request.args.get("seen", "0") or 0)
        return json([_counted(p.body, council.text_pence_per_segment) for p in inbox.since(number, seen)])

    @made.post("/call")
    async def call(request: Request) -> HTTPResponse:
        said, sid = _json(request), new_call()
        answered = await provider.call(sid, str(said["from"]), council.phone)
        return json({"call": sid, **_heard(answered)})

    @made.post("/call/heard")
    async def heard(request: Request) -> HTTPResponse:
        said = _json(request)
        answered = await provider.heard(
            str(said["call"]),
            str(said["from"]),
            council.phone,
            str(said["action"]),
            speech=str(said.get("speech", "")),
            keys=str(said.get("keys", "")),
        )
        return json({"call": said["call"], **_heard(answered)})

    @made.post("/twilio/2010-04-01/Accounts/<account:str>/Messages.json")
    async def messages(request: Request, account: str) -> HTTPResponse:
        if not is_ours(request.headers.get("authorization", ""), settings.twilio_auth_token):
            return json({"code": 20003, "message": "Authenticate", "status": 401}, status=401)
        form: Mapping[str, Any] = request.form or {}
        to, body = form.get("To", ""), form.get("Body", "")
        if not to or not body:
            return json(
                {"code": 21604, "message": "A 'To' and a 'Body' are needed", "status": 400}, status=400
            )
        received = inbox.receive(to, body)
        request.app.add_task(_tell_delivered(provider, received.sid, to))
        return json({"sid": received.sid, "status": "queued", "to": to, "account_sid": account}, status=201)

    @made.exception(  # type: ignore[untyped-decorator]
        Unreachable, twiml.NotTwiML, KeyError, ValueError
    )
    async def failed(_: Request, error: Exception) -> HTTPResponse:
        return json({"problem": str(error)}, status=502)

    return made


async def _tell_delivered(provider: Provider, sid: str, to: str) -> None:
    await asyncio.sleep(0.5)
    try:
        await provider.delivered(sid, to)
    except Unreachable as error:
        log.warning("try.status_not_taken", reason=str(error))


def _json(request: Request) -> Mapping[str, Any]:
    if not isinstance(request.json, dict):
        raise ValueError("the phones post JSON objects")
    return request.json


def _counted(text: str, pence: float) -> dict[str, Any]:
    counted = segments.count(text)
    return {
        "text": text,
        "segments": counted.segments,
        "encoding": counted.encoding,
        "pence": round(counted.segments * pence, 1),
    }


def _heard(answered: Answered) -> dict[str, Any]:
    heard = twiml.call(answered.xml)
    return {
        "spoken": [asdict(spoken) for spoken in heard.spoken],
        "gather": asdict(heard.gather) if heard.gather else None,
        "dials": heard.dials,
        "hangs_up": heard.hangs_up,
        **_raw(answered),
    }


def _raw(answered: Answered) -> dict[str, Any]:
    return {"twiml": answered.xml, "ms": round(answered.milliseconds, 1)}
