"""The real gateway without an engine: its app, webhooks, signatures, pages and database, over turns that behave."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sanic import Sanic

from actions.runtime import opened
from actions.settings import Settings, load
from channels import registry
from channels.assets import build
from channels.gateway import create_app
from channels.serving import close, listen
from channels.simulator.standing_in import stand_in
from channels.sms.channel import SmsChannel
from tests.peers.turns import ScriptedTurns

TOKEN = "an-auth-token-of-the-tests"


class NoEngine:
    """Nobody asks it anything: the turns are scripted."""

    async def ready(self) -> bool:
        return True


@dataclass
class Served:
    """A gateway that runs. `push` is a text that it sends first, through Twilio's REST API."""

    url: str
    settings: Settings
    turns: ScriptedTurns
    loop: asyncio.AbstractEventLoop
    sms: SmsChannel

    def push(self, to: str, words: Any) -> str:
        sending = self.sms.send(self.sms.write([words], "en"), to, key="1")  # type: ignore[arg-type]
        return asyncio.run_coroutine_threadsafe(sending, self.loop).result(10)


@contextmanager
def serving(folder: Path, **given: Any) -> Iterator[Served]:
    """Start it in a folder of state; stopped in the end."""
    build.build()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = stand_in(
        load(**{"var": folder, "port": port, "twilio_auth_token": TOKEN, "public_url": "", **given})
    )
    turns = ScriptedTurns()
    ready, stop = threading.Event(), threading.Event()
    served: list[Served] = []

    async def run() -> None:
        async with opened(settings) as runtime:
            channels = registry.channels(settings, runtime.catalogue, runtime.http)
            app = create_app(runtime, channels, turns, NoEngine())  # type: ignore[arg-type]
            server = await listen(app, "127.0.0.1", port)
            # Sanic takes each name once in a process; another gateway of the tests has the same.
            Sanic.unregister_app(app)
            sms = next(channel for channel in channels if isinstance(channel, SmsChannel))
            url = f"http://127.0.0.1:{port}"
            served.append(Served(url, settings, turns, asyncio.get_running_loop(), sms))
            ready.set()
            try:
                await asyncio.to_thread(stop.wait)
            finally:
                await close(server, 1.0)

    thread = threading.Thread(target=asyncio.run, args=(run(),), daemon=True)
    thread.start()
    assert ready.wait(30), "the gateway did not start"
    try:
        yield served[0]
    finally:
        stop.set()
        thread.join(10)
