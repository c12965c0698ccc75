"""Two Sanic apps on one event loop: begun and ended by us, because Sanic's own runner owns a whole process."""

from __future__ import annotations

import asyncio
from typing import Any

from sanic import Sanic
from sanic.server import AsyncioServer

LOOKS_EVERY_SECONDS = 0.05


def quieten(app: Sanic[Any, Any]) -> None:
    """Settings of every app here."""
    app.config.MOTD = False
    app.config.ACCESS_LOG = False
    # Sanic rewrites the code of its own classes for the first app of a process, and fails on the second.
    app.config.TOUCHUP = False


async def listen(app: Sanic[Any, Any], host: str, port: int) -> AsyncioServer:
    """An app that answers. Raises OSError where the port is taken."""
    server = await app.create_server(host=host, port=port, return_asyncio_server=True, access_log=False)
    if server is None:
        raise RuntimeError(f"nothing listens on {host}:{port}")
    await server.startup()  # type: ignore[no-untyped-call]
    await server.start_serving()  # type: ignore[no-untyped-call]
    await server.after_start()  # type: ignore[no-untyped-call]
    return server


async def close(server: AsyncioServer, within_seconds: float) -> None:
    """Take nothing new, let what is being answered be answered, then cut what is left.

    Waiting for the server itself would be waiting for every client that keeps its connection open.
    """
    await server.before_stop()  # type: ignore[no-untyped-call]
    if server.server is not None:
        server.server.close()
    loop = asyncio.get_running_loop()
    until = loop.time() + within_seconds
    while any(not connection.close_if_idle() for connection in list(server.connections)):
        if loop.time() > until:
            for connection in list(server.connections):
                connection.abort()
            break
        await asyncio.sleep(LOOKS_EVERY_SECONDS)
    await server.after_stop()  # type: ignore[no-untyped-call]
