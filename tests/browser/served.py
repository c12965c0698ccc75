"""Serves the web chat for tests: the real app, blueprints and assets, over turns that behave."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from sanic import Sanic

from actions.settings import Settings
from bot.catalogue import load
from channels.assets import build
from channels.assets import pages as assets
from channels.webchat import pages as webchat
from channels.webchat.channel import WebChat
from tests.peers.turns import ScriptedTurns


def app(turns: ScriptedTurns, name: str = "webchat-under-test", **settings: object) -> Sanic:
    """The gateway's part that serves the chat."""
    build.build()
    held = Settings(_env_file=None, session_secret="secret of the tests", **settings)  # type: ignore[call-arg,arg-type]
    catalogue = load(on=date(2026, 11, 25))
    made = Sanic(name, configure_logging=False)
    made.config.MOTD = False
    # Sanic rewrites its own methods when an app starts, and cannot do so for a second app of one process.
    made.config.TOUCHUP = False
    made.config.ACCESS_LOG = False
    made.config.REQUEST_MAX_SIZE = 1_000_000
    made.blueprint(assets.blueprint(held))
    made.blueprint(webchat.blueprint(WebChat(held, catalogue), turns, catalogue, held))
    return made


@contextmanager
def serving(turns: ScriptedTurns, **settings: object) -> Iterator[str]:
    """The base address of a running app; stopped in the end."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    made = app(turns, f"webchat-{port}", **settings)
    ready, stop = threading.Event(), threading.Event()

    async def run() -> None:
        server = await made.create_server(host="127.0.0.1", port=port, return_asyncio_server=True)
        assert server is not None
        await server.startup()
        await server.start_serving()
        ready.set()
        await asyncio.to_thread(stop.wait)
        await server.close()
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()

    thread = threading.Thread(target=asyncio.run, args=(run(),), daemon=True)
    thread.start()
    assert ready.wait(20), "the app did not start"
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        stop.set()
        thread.join(10)
