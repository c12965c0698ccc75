"""`doorstep talk`: a line in, the reply out, through the real webhooks of a running Doorstep.

By voice a line is what is said; `#2` keys a 2, and an empty line is silence. With `--json` each turn is one
JSON object on a line of its own: `door`, `said` (null for a greeting), `lines` (what the person gets), and the whole
rendering of that door: texts with their segments, speech with its voices and what the call then waits for, or
the words and the markup of the chat; with the reply as it went over the wire, and its milliseconds.
"""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any, Protocol, TextIO

import httpx

from actions.settings import Settings
from bot import segments
from bot.words import Choose, Confirm, HandOver, Link, Option, Receipt, Words, from_json
from channels.simulator import twiml
from channels.simulator.calls import Played, play
from channels.simulator.provider import PATIENCE_SECONDS, Call, Provider, Unreachable

COUNCIL = "+447700900100"
"""Who is texted and called; Doorstep does not look at it."""


class Door(Protocol):
    """One way in, from a terminal."""

    async def open(self) -> Mapping[str, Any] | None:
        """What is said before the person says anything; None if it is for them to begin."""
        ...

    async def say(self, line: str) -> Mapping[str, Any]:
        """The reply to a line: `lines` is what the person gets, the rest is the whole rendering."""
        ...

    async def close(self) -> None:
        """The person goes."""
        ...


class ByText:
    """A mobile phone."""

    def __init__(self, provider: Provider, number: str) -> None:
        self._provider, self._number = provider, number

    async def open(self) -> None:
        return None

    async def say(self, line: str) -> Mapping[str, Any]:
        answered = await self._provider.text(self._number, COUNCIL, line)
        texts = twiml.texts(answered.xml)
        counted = [asdict(segments.count(text)) for text in texts]
        return {"lines": list(texts), "segments": counted, "twiml": answered.xml, "ms": answered.milliseconds}

    async def close(self) -> None:
        """A text leaves nothing open."""


class ByPhone:
    """A telephone."""

    def __init__(self, provider: Provider, number: str) -> None:
        self._provider = provider
        self._call = Call(number, COUNCIL)
        self._waits: twiml.Gather | None = None

    async def open(self) -> Mapping[str, Any]:
        return self._heard(await play(self._provider, self._call, await self._provider.call(self._call)))

    async def say(self, line: str) -> Mapping[str, Any]:
        if self._waits is None:
            return {"lines": ["(the call has ended)"], "ended": True}
        keyed = line[1:] if line.startswith("#") else ""
        speech = "" if keyed else line
        answered = await self._provider.heard(self._call, self._waits.action, speech=speech, keys=keyed)
        return self._heard(await play(self._provider, self._call, answered))

    async def close(self) -> None:
        await self._provider.ended(self._call)

    def _heard(self, played: Played) -> Mapping[str, Any]:
        heard = played.heard
        self._waits = heard.gather
        lines = [spoken.text for spoken in heard.spoken]
        if heard.dials:
            lines.append(f"(the call goes to {heard.dials})")
            lines += [f"(to a caller who is still there: {spoken.text})" for spoken in heard.afterwards]
        elif heard.hangs_up:
            lines.append("(the call ends)")
        return {
            "lines": lines,
            **asdict(heard),
            "twiml": played.answered.xml,
            "ms": played.answered.milliseconds,
        }


class ByWeb:
    """The web chat's JSON door."""

    def __init__(self, http: httpx.AsyncClient, url: str) -> None:
        self._http, self._url = http, url.rstrip("/")
        self._conversation, self._token = "", ""

    async def open(self) -> Mapping[str, Any]:
        answer = await self._post("/channels/webchat/conversations", {})
        self._conversation, self._token = str(answer["id"]), str(answer["token"])
        return _from_web(answer)

    async def say(self, line: str) -> Mapping[str, Any]:
        path = f"/channels/webchat/conversations/{self._conversation}/messages"
        return _from_web(await self._post(path, {"turn": secrets.token_urlsafe(12), "text": line}))

    async def close(self) -> None:
        """A chat that nobody writes in is over."""

    async def _post(self, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {self._token}"} if self._token else {}
        try:
            response = await self._http.post(
                f"{self._url}{path}", json=body, headers=headers, timeout=PATIENCE_SECONDS
            )
        except httpx.HTTPError as error:
            raise Unreachable(f"Nothing answers at {self._url}. Start Doorstep first: make run.") from error
        if response.status_code >= 400:
            raise Unreachable(f"{self._url}{path} answered {response.status_code}: {response.text[:200]}")
        answer: dict[str, Any] = response.json()
        return {**answer, "ms": response.elapsed.total_seconds() * 1000}


def _from_web(answer: Mapping[str, Any]) -> Mapping[str, Any]:
    lines = [line for word in from_json(answer["words"]) for line in _as_lines(word)]
    return {"lines": lines, **{key: value for key, value in answer.items() if key != "token"}}


def _as_lines(word: Words) -> list[str]:
    """Words as a page would show them, without the page."""
    match word:
        case Link():
            return [f"{word.label}: {word.url}"]
        case Receipt():
            return [f"{word.title}: {word.reference}", word.next.text]
        case Confirm():
            rows = [f"{row.label.text}: {row.shown.text}" for row in word.rows]
            return [word.wording.text, *rows, _options(word.options)]
        case Choose():
            return [word.wording.text, _options(word.options)]
        case HandOver():
            return [word.wording.text, word.phone]
        case _:
            return [word.wording.text]


def _options(options: Sequence[Option]) -> str:
    return " / ".join(option.label.text for option in options)


async def converse(
    settings: Settings, door: str, number: str, lines: TextIO, out: TextIO, *, as_json: bool, url: str
) -> None:
    """Talk until the lines end. Raises Unreachable."""
    async with httpx.AsyncClient() as http:
        provider = Provider(settings, http, url)
        doors: dict[str, Door] = {
            "sms": ByText(provider, number),
            "voice": ByPhone(provider, number),
            "webchat": ByWeb(http, url),
        }
        if door not in doors:
            raise Unreachable(f"There is no door called {door}: it is sms, voice or webchat.")
        opening = await doors[door].open()
        if opening is not None:
            _print(door, None, opening, out, as_json)
        async for line in _each(lines):
            _print(door, line, await doors[door].say(line), out, as_json)
        await doors[door].close()


async def _each(lines: TextIO) -> AsyncIterator[str]:
    while line := await asyncio.to_thread(lines.readline):
        yield line.rstrip("\n")


def _print(door: str, said: str | None, reply: Mapping[str, Any], out: TextIO, as_json: bool) -> None:
    if as_json:
        print(json.dumps({"door": door, "said": said, **reply}, ensure_ascii=False), file=out, flush=True)
        return
    for line in reply["lines"]:
        print("\n".join(f"< {part}" if part else "<" for part in line.splitlines()), file=out, flush=True)
    print(file=out, flush=True)
