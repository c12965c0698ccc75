"""What every channel promises, whichever it is: walked by the list.

A channel with webhooks has `tests/channels/<name>/cases.yml`: recorded requests and what they give. Each is
sent here with a forged signature, and twice, and the log is searched for whoever sent it.
"""

from __future__ import annotations

import html
import logging
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import httpx
import pytest
import yaml
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st
from pydantic import SecretStr

from actions.settings import Settings
from bot.catalogue import Catalogue, load
from bot.words import (
    KINDS_OF_WORDS,
    LANGUAGES,
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
    Source,
    Wording,
    Words,
)
from channels.channel import Channel, Pushes, Refused, Rendered, Request
from channels.providers.twilio import sign
from channels.registry import channels

TOKEN = "an-auth-token-of-the-tests"
PUBLIC = "https://help.westmoor.example"
TESTS = Path(__file__).resolve().parents[1]
CATALOGUE = load(on=date(2026, 11, 25))


def _every_channel(catalogue: Catalogue) -> Sequence[Channel]:
    settings = Settings(
        _env_file=None,
        public_url=PUBLIC,
        twilio_auth_token=SecretStr(TOKEN),
        session_secret=SecretStr("a-session-secret-of-the-tests"),
    )
    return channels(settings, catalogue, httpx.AsyncClient())


CHANNELS = _every_channel(CATALOGUE)
PAYLOAD = "/affirm"
OPTIONS = (
    Option(PAYLOAD, Wording("Rubbish bin", None, "Rubbish bin")),
    Option(PAYLOAD + "2", Wording("Recycling bin", None, "Recycling bin")),
)
ROWS = (Row(PAYLOAD, Wording("Bin asked about"), Wording("Rubbish bin")),)
SOURCE = Source("Missed bins", "https://www.westmoor.example/bins", "Waste services", "2026-01-12")
EXAMPLES: dict[type, tuple[Words, tuple[str, ...]]] = {
    Say: (Say(Wording("It is free to report."), SOURCE), ("It is free to report.",)),
    Problem: (Problem(Wording("That is not a date."), "date:unreal"), ("That is not a date.",)),
    Ask: (Ask(PAYLOAD, "text", Wording("What happened?")), ("What happened?",)),
    Choose: (
        Choose(PAYLOAD, "choice", Wording("Which one is it?"), OPTIONS),
        ("Which one is it?", "Rubbish bin", "Recycling bin"),
    ),
    Confirm: (
        Confirm(Wording("Please check this."), ROWS, OPTIONS),
        ("Please check this.", "Bin asked about", "Rubbish bin"),
    ),
    Link: (Link("Read about bins", "https://www.westmoor.example/bins"), ()),
    Receipt: (
        Receipt("WM-7K2P-9XQ4-6", "Missed bin report", Wording("We will come on Monday.")),
        ("Missed bin report", "We will come on Monday."),
    ),
    HandOver: (
        HandOver(Wording("A person will help you."), CATALOGUE.council.phone, "asked"),
        ("A person will help you.",),
    ),
    End: (End(Wording("Thank you and goodbye.")), ("Thank you and goodbye.",)),
}


def _cases() -> list[Any]:
    found = []
    for channel in CHANNELS:
        if channel.webhooks:
            folder = TESTS / "channels" / channel.name
            for case in yaml.safe_load((folder / "cases.yml").read_text(encoding="utf-8")):
                path = folder / "recorded" / case["request"]
                found.append(pytest.param(channel, path, id=f"{channel.name}: {case['label']}"))
    return found


def _request(path: Path, token: str = TOKEN) -> Request:
    head, _, body = path.read_text(encoding="utf-8").partition("\n\n")
    url, body = PUBLIC + head.split()[1], body.strip()
    signature = sign(url, dict(parse_qsl(body, keep_blank_values=True)), token)
    return Request("POST", url, {"x-twilio-signature": signature}, body.encode())


def _outcome(channel: Channel, request: Request) -> object:
    try:
        return list(channel.read(request))
    except Refused as refused:
        return refused.status, refused.reason


def seen(rendered: Rendered) -> str:
    """What a person sees or hears: no tags, no attributes, one space between words."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", " ".join(rendered.parts))).split())


every_channel = pytest.mark.parametrize("channel", CHANNELS, ids=lambda channel: channel.name)
every_language = pytest.mark.parametrize("language", LANGUAGES)


def test_every_kind_of_words_is_tried() -> None:
    assert set(EXAMPLES) == set(KINDS_OF_WORDS)


@every_channel
def test_names_and_addresses_are_its_own(channel: Channel) -> None:
    others = [other for other in CHANNELS if other is not channel]
    assert channel.name not in {other.name for other in others}
    assert not set(channel.webhooks) & {path for other in others for path in other.webhooks}
    assert all(path.startswith(f"/channels/{channel.name}/") for path in channel.webhooks)


@pytest.mark.parametrize(("channel", "path"), _cases())
def test_a_forged_signature_is_refused(channel: Channel, path: Path) -> None:
    with pytest.raises(Refused) as refused:
        channel.read(_request(path, token="a-forger's-token"))
    assert refused.value.status == 403


@pytest.mark.parametrize(("channel", "path"), _cases())
def test_a_repeat_is_the_same_thing_again(channel: Channel, path: Path) -> None:
    assert _outcome(channel, _request(path)) == _outcome(channel, _request(path))


@pytest.mark.parametrize(("channel", "path"), _cases())
def test_nobody_can_be_found_in_the_log(
    channel: Channel, path: Path, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    _outcome(channel, _request(path))
    outcome = _outcome(channel, _request(path, token="another"))
    printed = capsys.readouterr()
    log = caplog.text + printed.out + printed.err + repr(outcome)
    assert "900123" not in log
    assert "My bin was missed" not in log


@every_channel
@every_language
@pytest.mark.parametrize("kind", KINDS_OF_WORDS)
def test_every_kind_of_words_is_rendered(channel: Channel, language: Language, kind: type) -> None:
    word, must_show = EXAMPLES[kind]
    rendered = channel.write((word,), language)
    text = seen(rendered)
    # On a page the options stand in a form below the words, and travel in the body.
    elsewhere = "" if channel.webhooks else rendered.body
    missing = [shown for shown in must_show if shown.rstrip(".?") not in text + elsewhere]
    assert missing == []
    assert PAYLOAD not in text
    assert rendered.body


@every_channel
@every_language
def test_a_reference_can_be_written_down(channel: Channel, language: Language) -> None:
    text = seen(channel.write((EXAMPLES[Receipt][0],), language))
    spelt = re.sub(r"[\W_]+", "", text)
    assert "WM7K2P9XQ46" in spelt
    if channel.traits.spoken:
        assert spelt.count("WM7K2P9XQ46") == 2


@every_channel
@every_language
def test_a_link_is_shown_or_named_as_dropped(channel: Channel, language: Language) -> None:
    rendered = channel.write((EXAMPLES[Say][0], EXAMPLES[Link][0]), language)
    if channel.traits.links:
        assert "https://www.westmoor.example/bins" in rendered.body
    else:
        assert "westmoor.example" not in rendered.body
        assert "link" in {dropped.what for dropped in rendered.dropped}


@every_channel
@every_language
def test_no_words_are_rendered_too(channel: Channel, language: Language) -> None:
    assert seen(channel.write((), language)) == ""


@every_channel
def test_markup_in_words_stays_text(channel: Channel) -> None:
    rendered = channel.write((Say(Wording("<b>Bold</b> & <Hangup/>")),), "en")
    if rendered.content_type.startswith("text/plain"):
        return  # nothing reads tags in it
    markup = rendered.body if rendered.content_type.endswith("xml") else " ".join(rendered.parts)
    assert "<Hangup/>" not in markup
    assert "<b>" not in markup


@every_channel
@examples(max_examples=60, deadline=None)
@given(texts=st.lists(st.text(max_size=600), max_size=4))
def test_a_reply_is_no_longer_than_the_channel_bears(channel: Channel, texts: list[str]) -> None:
    words = (*(Say(Wording(text), SOURCE) for text in texts), EXAMPLES[Choose][0])
    rendered = channel.write(words, "en")
    longest = channel.traits.longest_reply
    if longest is not None:
        assert sum(len(part) for part in rendered.parts) <= longest
    assert "Which one is it?" in seen(rendered)


@every_channel
def test_whoever_can_be_reached_first_says_how(channel: Channel) -> None:
    assert isinstance(channel, Pushes) == hasattr(channel, "send")
