"""Starts the engine and the gateway, hands each its settings, restarts what dies, stops both.

Ports between the two are chosen once and kept, so that either can be restarted alone. A signal stops
everything within five seconds: three for a clean end, then the processes are killed. Where settings name an
engine that runs elsewhere, only the gateway is started.
"""

from __future__ import annotations

import asyncio
import os
import secrets
import signal
import socket
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import structlog

from actions.settings import Settings

log = structlog.get_logger(__name__)

ROOT = Path(__file__).resolve().parents[1]
PATIENCE_SECONDS = 3.0
"""How long a process has to end by itself."""
STEADY_SECONDS = 60.0
"""A process that ran for longer than this starts its back-off anew when it dies."""


@dataclass
class Watched:
    """One process that must be running."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    process: asyncio.subprocess.Process | None = None
    failures: int = field(default=0)


async def supervise(settings: Settings, model: Path) -> None:
    """Run the engine and the gateway until a signal. `model` is the trained model's file."""
    processes = _processes(settings, model)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    watching = [asyncio.create_task(_keep(watched, stop)) for watched in processes]
    await stop.wait()
    await asyncio.gather(*(_end(watched) for watched in processes))
    for task in watching:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


def _processes(settings: Settings, model: Path) -> list[Watched]:
    engine_port, actions_port = _free_port(), settings.actions_port or _free_port()
    token = settings.engine_token.get_secret_value() or secrets.token_urlsafe(32)
    engine = Watched(
        "engine",
        [
            str(engine_python()),
            "-m",
            "bot.engine.server",
            *("--model", str(model), "--host", "127.0.0.1", "--port", str(engine_port)),
            *("--actions", f"http://127.0.0.1:{actions_port}/webhook"),
        ],
        {"DOORSTEP_ENGINE_TOKEN": token},
    )
    gateway = Watched(
        "gateway",
        [sys.executable, "-m", "channels.cli", "gateway"],
        {
            "DOORSTEP_ENGINE_URL": settings.engine_url or f"http://127.0.0.1:{engine_port}",
            "DOORSTEP_ENGINE_TOKEN": token,
            "DOORSTEP_ACTIONS_PORT": str(actions_port),
            "DOORSTEP_HOST": settings.host,
            "DOORSTEP_PORT": str(settings.port),
        },
    )
    return [gateway] if settings.engine_url else [engine, gateway]


def end_with_parent(look_every_seconds: float = 0.5) -> None:
    """End this process as a signal would, once whoever started it is gone: a supervisor that was killed
    leaves nothing behind that still holds the port."""
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(look_every_seconds)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, name="parent", daemon=True).start()


def engine_python() -> Path:
    """The engine's interpreter: Python 3.10 with Rasa, in an environment of its own."""
    return ROOT / ".venv-engine" / "bin" / "python"


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


async def _keep(watched: Watched, stop: asyncio.Event) -> None:
    while not stop.is_set():
        began = time.monotonic()
        watched.process = await asyncio.create_subprocess_exec(
            *watched.command,
            cwd=ROOT,
            env={**os.environ, **watched.environment},
            # Ctrl-C reaches the whole process group: only we decide in what order things end.
            start_new_session=True,
        )
        log.info("process.started", name=watched.name, pid=watched.process.pid)
        code = await watched.process.wait()
        if stop.is_set():
            return
        watched.failures = 1 if time.monotonic() - began > STEADY_SECONDS else watched.failures + 1
        pause = min(0.5 * 2 ** (watched.failures - 1), 30.0)
        log.error("process.died", name=watched.name, code=code, restart_in_seconds=pause)
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), pause)


async def _end(watched: Watched) -> None:
    process = watched.process
    if process is None or process.returncode is not None:
        return
    with suppress(ProcessLookupError):
        process.terminate()
    try:
        await asyncio.wait_for(process.wait(), PATIENCE_SECONDS)
    except TimeoutError:
        log.warning("process.killed", name=watched.name)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        await process.wait()
