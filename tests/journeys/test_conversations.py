"""Conversations as transcripts: each file of tests/conversations is held with a whole Doorstep, through its door.

    door: sms|voice|webchat
    # a comment
    > what the person says; on a call `#2` keys a 2, and nothing at all is silence
    < what they get, line by line

A reference is written {reference}, and a day near today by its name: {today}, {yesterday}; a day that is keyed
is {yesterday keyed}. With UPDATE=1 the replies are written anew, to be read as a citizen would hear them.
"""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Protocol

import httpx
import pytest

from actions.answers.date import in_words
from actions.runtime import COUNCIL_TIME
from bot.words import LANGUAGES
from channels.simulator.talk import ByWeb
from journeys.phones import REFERENCE, Mobile, Telephone
from journeys.stack import Stack

FOLDER = Path(__file__).resolve().parents[1] / "conversations"
FILES = sorted(FOLDER.glob("*.txt"))
UPDATE = os.environ.get("UPDATE") == "1"
SPELT = ". ".join(("W, M", *["{s}, {s}, {s}, {s}"] * 2, "{s}.")).replace("{s}", "[0-9A-Z]")
NEAR = {"today": 0, "yesterday": -1, "tomorrow": 1}


class Door(Protocol):
    """One way in."""

    def open(self) -> str: ...
    def say(self, line: str) -> str: ...
    def close(self) -> None: ...


class ByText:
    """A mobile phone with a number of its own."""

    def __init__(self, stack: Stack) -> None:
        self._mobile = Mobile(stack)

    def open(self) -> str:
        return ""

    def say(self, line: str) -> str:
        return self._mobile.text(line)

    def close(self) -> None:
        """Nobody hangs up a text."""


class ByPhone:
    """A call."""

    def __init__(self, stack: Stack) -> None:
        self._phone = Telephone(stack)

    def open(self) -> str:
        return self._phone.dial()

    def say(self, line: str) -> str:
        if line.startswith("#"):
            said = self._phone.key(line[1:])
        else:
            said = self._phone.say(line) if line else self._phone.say_nothing()
        return f"{said}\n{self._then()}".strip()

    def _then(self) -> str:
        heard = self._phone.heard
        if heard.dials:
            return f"(the call goes to {heard.dials})"
        return "(the call ends)" if heard.hangs_up else ""

    def close(self) -> None:
        """The next call has an id of its own."""


class ByChat:
    """The web chat's JSON door, as its text."""

    def __init__(self, stack: Stack) -> None:
        self._loop = asyncio.new_event_loop()
        self._http = httpx.AsyncClient()
        self._web = ByWeb(self._http, stack.url)

    def open(self) -> str:
        return "\n".join(self._loop.run_until_complete(self._web.open())["lines"])

    def say(self, line: str) -> str:
        return "\n".join(self._loop.run_until_complete(self._web.say(line))["lines"])

    def close(self) -> None:
        self._loop.run_until_complete(self._http.aclose())
        self._loop.close()


DOORS: Mapping[str, Callable[[Stack], Door]] = {"sms": ByText, "voice": ByPhone, "webchat": ByChat}


@dataclass
class Transcript:
    """A file, line by line."""

    door: str
    lines: Sequence[str]

    @classmethod
    def read(cls, path: Path) -> Transcript:
        first, *lines = path.read_text(encoding="utf-8").splitlines()
        key, _, door = first.partition(":")
        if key != "door" or door.strip() not in DOORS:
            pytest.fail(f"{path.name} begins with {first!r}, and a transcript with its door")
        return cls(door.strip(), lines)


class _Held:
    """A conversation that is being held."""

    def __init__(self, stack: Stack, transcript: Transcript) -> None:
        self._door = DOORS[transcript.door](stack)
        self._transcript = transcript

    def __enter__(self) -> _Held:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._door.close()

    def written(self) -> list[str]:
        """The transcript as it comes out."""
        out = [f"door: {self._transcript.door}"]
        opening = [f"< {line}".rstrip() for line in _normal(self._door.open()).splitlines()]
        for line in self._transcript.lines:
            if line.startswith(">"):
                out += [*opening, line]
                opening = []
                reply = self._door.say(_filled(line[1:].strip()))
                out += [f"< {said}".rstrip() for said in _normal(reply).splitlines()]
            elif not line.startswith("<"):
                out.append(line)
        return out


@pytest.mark.engine
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_conversation_goes_as_its_transcript_says(stack: Stack, path: Path) -> None:
    transcript = Transcript.read(path)
    with _Held(stack, transcript) as held:
        out = held.written()
    if UPDATE:
        path.write_text("\n".join(out) + "\n", encoding="utf-8")
    assert out == path.read_text(encoding="utf-8").splitlines()


def test_there_are_conversations_for_every_door() -> None:
    assert {Transcript.read(path).door for path in FILES} == set(DOORS)


def _days() -> dict[str, datetime]:
    today = datetime.now(UTC).astimezone(COUNCIL_TIME)
    return {name: today + timedelta(days=days) for name, days in NEAR.items()}


def _filled(said: str) -> str:
    for name, day in _days().items():
        said = said.replace(f"{{{name} keyed}}", f"{day:%d%m%Y}").replace(
            f"{{{name}}}", f"{day.day}/{day.month}/{day.year}"
        )
    return said


def _normal(reply: str) -> str:
    reply = re.sub(SPELT, "{reference}.", REFERENCE.sub("{reference}", reply))
    for name, day in _days().items():
        for language in LANGUAGES:
            reply = reply.replace(in_words(day.date(), language), f"{{{name}}}")
    return reply
