"""The whole of Doorstep, as `make run` starts it: real processes, a real engine, a database of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import psutil
import pytest

from actions.settings import Settings, load

ROOT = Path(__file__).resolve().parents[2]
MODELS = ROOT / "var" / "models"
UP_WITHIN_SECONDS = 120


@dataclass
class Stack:
    """A Doorstep that runs. `process` is the supervisor."""

    url: str
    settings: Settings
    environment: dict[str, str]
    folder: Path
    process: subprocess.Popen[bytes]
    http: httpx.Client = field(repr=False)

    def child(self, words: str) -> psutil.Process:
        """The process whose command line has these words."""
        found: list[psutil.Process] = []

        def look() -> bool:
            found.clear()
            for child in psutil.Process(self.process.pid).children(recursive=True):
                # One that was just killed is there for a moment yet, and has no command line.
                with suppress(psutil.Error):
                    if words in " ".join(child.cmdline()):
                        found.append(child)
            return bool(found)

        until(look, f"a process with {words!r}")
        return found[0]

    def until_ready(self) -> None:
        def ready() -> bool:
            with suppress(httpx.HTTPError):
                return self.http.get("/ready").status_code == 200
            return False

        until(ready, "Doorstep to be ready", UP_WITHIN_SECONDS)

    def log(self) -> str:
        return (self.folder / "doorstep.log").read_text(errors="replace")


def until(true: Callable[[], object], what: str, seconds: float = 30.0) -> None:
    """Wait for a condition; fail by saying what never came."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if true():
            return
        time.sleep(0.05)
    pytest.fail(f"waited {seconds} seconds for {what}")


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


@contextmanager
def running(folder: Path, **extra: str) -> Iterator[Stack]:
    """Start Doorstep in a folder of state, and stop it in the end. The trained model is shared."""
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "models").exists():
        MODELS.mkdir(parents=True, exist_ok=True)
        (folder / "models").symlink_to(MODELS)
    port = int(extra.pop("DOORSTEP_PORT", 0)) or free_port()
    ours = {
        "DOORSTEP_ENV": "development",
        "DOORSTEP_VAR": str(folder),
        "DOORSTEP_PORT": str(port),
        "DOORSTEP_HOST": "127.0.0.1",
        "DOORSTEP_PUBLIC_URL": "",
        "DOORSTEP_DATABASE_URL": "",
        "DOORSTEP_TWILIO_AUTH_TOKEN": "journeys",
        "DOORSTEP_WORKER_POLL_SECONDS": "0.1",
        **extra,
    }
    kept = {key: value for key, value in os.environ.items() if not key.startswith("DOORSTEP_")}
    environment = {**kept, **ours}
    with (folder / "doorstep.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "channels.cli", "run"], cwd=ROOT, env=environment, stdout=log, stderr=log
        )
    settings = load(
        env="development",
        var=folder,
        port=port,
        twilio_auth_token="journeys",
    )
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30.0) as http:
        stack = Stack(f"http://127.0.0.1:{port}", settings, environment, folder, process, http)
        try:
            yield stack
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
                with suppress(subprocess.TimeoutExpired):
                    process.wait(10)
            for child in _left(process):
                child.kill()
            if process.poll() is None:
                process.kill()
            process.wait()


def _left(process: subprocess.Popen[bytes]) -> list[psutil.Process]:
    try:
        return psutil.Process(process.pid).children(recursive=True)
    except psutil.NoSuchProcess:
        return []
