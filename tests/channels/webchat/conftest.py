"""The web chat, alone and served over turns that behave."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from actions.settings import Settings
from bot.catalogue import Catalogue
from channels.assets import build
from channels.channel import Request
from channels.webchat.channel import WebChat
from tests.browser.served import serving
from tests.peers.turns import ScriptedTurns

ADDRESS = "https://help.westmoor.example"


@pytest.fixture(scope="session", autouse=True)
def _assets() -> None:
    build.build()


@pytest.fixture(scope="session")
def channel(catalogue: Catalogue) -> WebChat:
    settings = Settings(_env_file=None, public_url=ADDRESS, session_secret="secret of the tests")
    return WebChat(settings, catalogue)


@pytest.fixture
def request_to(channel: WebChat) -> Any:
    """A request of the JSON interface, opened by the right token unless told otherwise."""

    def make(conversation: str, body: bytes, **headers: str) -> Request:
        held = {"authorization": f"Bearer {channel.keys.seal(conversation)}", **headers}
        url = f"{ADDRESS}/channels/webchat/conversations/{conversation}/messages"
        return Request("POST", url, {name.replace("_", "-"): value for name, value in held.items()}, body)

    return make


@pytest.fixture(scope="session")
def _served() -> Iterator[tuple[str, ScriptedTurns]]:
    turns = ScriptedTurns()
    with serving(turns) as address:
        yield address, turns


@pytest.fixture
def turns(_served: tuple[str, ScriptedTurns]) -> ScriptedTurns:
    return _served[1]


@pytest.fixture
def client(_served: tuple[str, ScriptedTurns]) -> Iterator[httpx.Client]:
    """A browser of sorts: it keeps cookies, and follows nowhere by itself."""
    with httpx.Client(base_url=_served[0], timeout=20) as client:
        yield client
