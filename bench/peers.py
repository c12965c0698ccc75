"""Ours and stock Rasa, started as anyone would start them, and stopped."""

from __future__ import annotations

import itertools
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import httpx

from bench.measuring import Say
from channels.providers import twilio

ROOT = Path(__file__).resolve().parents[1]
ENGINE = ROOT / ".venv-engine" / "bin"
PATIENCE_SECONDS = 120


@dataclass(frozen=True)
class Peer:
    """One that is up."""

    name: str
    say: Say
    pid: int
    training_seconds: float
    start_seconds: float


class NoAnswer(Exception):
    """A peer that answered nothing: the bench measures only turns that were answered."""


@contextmanager
def stock(folder: Path) -> Iterator[Peer]:
    """Stock Rasa 3.6.21: default pipeline, REST channel, in-memory tracker, one custom action per answer.

    BENCH_EPOCHS lowers the epochs of all that it learns, for who is in a hurry: a turn takes as long, training
    does not, and the table says so.
    """
    subprocess.run(
        [ENGINE / "python", "bench/stock/make_project.py", "--data", "data", "--out", folder],
        check=True,
        cwd=ROOT,
    )
    rasa_port, actions_port = _free_port(), _free_port()
    epochs = os.environ.get("BENCH_EPOCHS", "")
    if epochs:
        config = folder / "config.yml"
        config.write_text(re.sub(r"epochs: \d+", f"epochs: {int(epochs)}", config.read_text()))
    (folder / "endpoints.yml").write_text(
        f"action_endpoint:\n  url: http://127.0.0.1:{actions_port}/webhook\n"
    )
    environment = {**os.environ, "RASA_TELEMETRY_ENABLED": "false", "PYTHONWARNINGS": "ignore"}
    began = time.perf_counter()
    subprocess.run(
        [ENGINE / "python", "-m", "rasa", "train", "--quiet"],
        check=True,
        cwd=folder,
        env=environment,
        stdout=subprocess.DEVNULL,
    )
    training = time.perf_counter() - began
    began = time.perf_counter()
    with (
        _running(
            [ENGINE / "python", "-m", "rasa_sdk", "--actions", "actions", "--port", str(actions_port)],
            folder,
            environment,
            folder / "actions.log",
        ),
        _running(
            [
                *(ENGINE / "python", "-m", "rasa", "run", "--enable-api", "--endpoints", "endpoints.yml"),
                *("-i", "127.0.0.1", "-p", str(rasa_port)),
            ],
            folder,
            environment,
            folder / "rasa.log",
        ) as rasa,
        httpx.Client(base_url=f"http://127.0.0.1:{rasa_port}", timeout=60) as http,
    ):
        _until_up(http, "/status", rasa)
        _until_acting(http, rasa)

        def say(conversation: str, text: str, number: int) -> None:
            response = http.post("/webhooks/rest/webhook", json={"sender": conversation, "message": text})
            if response.status_code != 200 or not response.json():
                raise NoAnswer(f"stock Rasa: {response.status_code} to {text!r}")

        name = f"stock Rasa 3.6.21{f' ({epochs} epochs)' if epochs else ''}"
        yield Peer(name, say, rasa.pid, training, time.perf_counter() - began)


@contextmanager
def doorstep(folder: Path) -> Iterator[Peer]:
    """Doorstep at its SMS webhook, everything durable on SQLite, as `make run` starts it."""
    port, token = _free_port(), "bench"
    environment = {
        **os.environ,
        "DOORSTEP_ENV": "development",
        "DOORSTEP_PORT": str(port),
        "DOORSTEP_PUBLIC_URL": "",
        "DOORSTEP_VAR": str(folder),
        "DOORSTEP_DATABASE_URL": "",
        "DOORSTEP_TWILIO_AUTH_TOKEN": token,
        "DOORSTEP_LOG_LEVEL": "WARNING",
    }
    command = [sys.executable, "-m", "channels.cli"]
    began = time.perf_counter()
    subprocess.run([*command, "train"], check=True, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    training = time.perf_counter() - began
    began = time.perf_counter()
    with (
        _running([*command, "run"], ROOT, environment, folder / "doorstep.log") as process,
        httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as http,
    ):
        _until_up(http, "/ready", process)
        numbers = itertools.count()
        callers: dict[str, str] = {}
        path = "/channels/sms/twilio"

        def say(conversation: str, text: str, number: int) -> None:
            caller = callers.setdefault(conversation, f"+4477009{len(callers):05d}")
            form = {
                "MessageSid": f"SM{next(numbers):032x}",
                "AccountSid": "AC" + "0" * 32,
                "From": caller,
                "To": "+447700900100",
                "Body": text,
                "NumMedia": "0",
            }
            signature = twilio.sign(f"http://127.0.0.1:{port}{path}", form, token)
            response = http.post(path, data=form, headers={"X-Twilio-Signature": signature})
            if response.status_code != 200 or "<Message>" not in response.text:
                raise NoAnswer(f"Doorstep: {response.status_code} to {text!r}")

        yield Peer("Doorstep", say, process.pid, training, time.perf_counter() - began)


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def _until_acting(http: httpx.Client, process: subprocess.Popen[bytes]) -> None:
    """Stock Rasa is up before its action server is, and answers with silence until then."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    body = {"sender": "is-it-acting", "message": "/missed_bin_cost"}
    while not http.post("/webhooks/rest/webhook", json=body).json():
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError("its action server does not answer")
        time.sleep(0.5)


def _until_up(http: httpx.Client, path: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"it ended with {process.returncode} before it was up")
        with suppress(httpx.HTTPError):
            if http.get(path).status_code == 200:
                return
        time.sleep(0.1)
    raise RuntimeError("it did not come up")


@contextmanager
def _running(
    command: list[str | Path], folder: Path, environment: dict[str, str], output: Path
) -> Iterator[subprocess.Popen[bytes]]:
    with output.open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)
        try:
            yield process
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
