"""The staff desk, as a channel: one answer in, words as plain text with the keys that answer them."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from urllib.parse import parse_qs

from actions.settings import Settings
from bot.catalogue import Catalogue
from bot.words import (
    Ask,
    Choose,
    Confirm,
    End,
    HandOver,
    Language,
    Link,
    Option,
    Problem,
    Receipt,
    Row,
    Say,
    Words,
)
from channels.assets.pages import Pages
from channels.channel import Ignored, Inbound, ProviderId, Refused, Rendered, Request, Status, Traits

TEMPLATES = Path(__file__).resolve().parent / "templates"
LARGEST_BODY = 262_144
"""Bytes: 10,000 characters may take twelve bytes each in a form, and a form has many boxes."""


class StaffDesk:
    """The desk. Its pages are pages.py's; this is what it shares with every channel."""

    name = "staff"
    traits = Traits(spoken=False, links=True, longest_reply=None, patience_seconds=30.0)
    webhooks: tuple[str, ...] = ()

    def __init__(self, settings: Settings, catalogue: Catalogue) -> None:
        self.pages = Pages(catalogue, settings, TEMPLATES)

    def read(self, request: Request) -> Sequence[Inbound | Status | Ignored]:
        """One answer, as JSON or as a form: `question` and `text`; `turn` makes a repeat a repeat, and
        `conversation` says whose it is. Several texts are several boxes ticked."""
        given = _given(request)
        question, text = given.get("question", ""), given.get("text", "")
        turn = given.get("turn") or secrets.token_urlsafe(12)
        conversation = given.get("conversation") or secrets.token_urlsafe(24)
        if not question:
            raise Refused(400, "an answer names its question")
        return [Inbound(ProviderId(f"{conversation}:{question}:{turn}"), conversation, text)]

    def write(self, words: Sequence[Words], language: Language, answering: Inbound | None = None) -> Rendered:
        """Plain text, a part a word. `extras["keys"]` are the keys that answer what is asked."""
        parts = tuple("\n".join(_lines(word)) for word in words)
        keys = {key: option.value for word in words for key, option in _keyed(word)}
        return Rendered("text/plain; charset=utf-8", "\n\n".join(parts), parts, extras={"keys": keys})


def _given(request: Request) -> Mapping[str, str]:
    if len(request.body) > LARGEST_BODY:
        raise Refused(400, "the body is too large")
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/json":
        return _json(request.body)
    if kind != "application/x-www-form-urlencoded":
        raise Refused(400, "an answer is JSON or a form")
    try:
        fields = parse_qs(request.body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=200)
    except ValueError as error:
        raise Refused(400, "the form has too many fields") from error
    return {name: ", ".join(values) for name, values in fields.items()}


def _json(body: bytes) -> Mapping[str, str]:
    try:
        given = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Refused(400, "the body is not JSON") from error
    if not isinstance(given, dict) or not all(isinstance(value, str) for value in given.values()):
        raise Refused(400, "the body is not a JSON object of strings")
    return given


def _keyed(word: Words) -> Iterator[tuple[str, Option]]:
    if isinstance(word, Choose | Confirm):
        yield from ((str(number), option) for number, option in enumerate(word.options, 1))


def _lines(word: Words) -> Iterator[str]:
    match word:
        case Say(wording, source):
            yield wording.text
            if source is not None:
                yield f"{source.title}: {source.url} ({source.read})"
        case Link(label, url):
            yield f"{label}: {url}"
        case Receipt(reference, title, following, rows):
            yield from (title, reference, following.text)
            yield from _rows(rows)
        case HandOver(wording, phone):
            yield from (wording.text, phone)
        case Problem(wording) | End(wording):
            yield wording.text
        case Ask(wording=wording, hint=hint) | Choose(wording=wording, hint=hint):
            yield wording.text
            if hint is not None:
                yield hint.text
        case Confirm(wording, rows):
            yield wording.text
            yield from _rows(rows)
    yield from (f"{key}. {option.label.text}" for key, option in _keyed(word))


def _rows(rows: Sequence[Row]) -> Iterator[str]:
    return (f"{row.label.text}: {row.shown.text}" for row in rows)
