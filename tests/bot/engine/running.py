"""An engine that runs, for tests to talk to, and the action server that it calls."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from tests.until import until

ROOT = Path(__file__).resolve().parents[3]
TOKEN = "a-token-for-tests"


class Actions:
    """A small action server on loopback. It says which step was called, and misbehaves on request: a text
    `step raises` gives 500, `step answers nonsense` an answer of another shape."""

    def __init__(self) -> None:
        self.called: list[dict[str, Any]] = []
        self.sizes: list[int] = []
        self.connections = 0
        actions = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def setup(self) -> None:
                super().setup()
                actions.connections += 1

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                call = json.loads(body)
                actions.called.append(call)
                actions.sizes.append(len(body))
                heard = call["tracker"]["latest_message"]
                if heard["text"] == "step raises":
                    self._give(500, {"error": "it raised"})
                elif heard["text"] == "step answers nonsense":
                    self._give(200, {"events": "none at all", "responses": {}})
                else:
                    custom = {"words": [call["next_action"]], "turn": heard["metadata"]["turn"]}
                    self._give(200, {"events": [], "responses": [{"custom": custom}]})

            def _give(self, status: int, answer: dict[str, Any]) -> None:
                body = json.dumps(answer).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}/webhook"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@dataclass
class Engine:
    """A running engine."""

    process: subprocess.Popen[bytes]
    url: str
    actions: Actions
    log: Path
    turns: int = field(default=0)

    def call(self, path: str, body: Any = None, token: str | None = TOKEN) -> tuple[int, Any]:
        """(status, JSON). With a body it is a POST."""
        data = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        headers = {} if token is None else {"Authorization": f"Bearer {token}"}
        request = urllib.request.Request(self.url + path, data, headers)
        try:
            with urllib.request.urlopen(request, timeout=20) as response:
                return response.status, json.load(response)
        except urllib.error.HTTPError as error:
            text = error.read()
            return error.code, json.loads(text) if text.startswith(b"{") else text

    def say(self, text: str, asking: dict[str, Any] | None = None, sender: str = "c1") -> tuple[int, Any]:
        self.turns += 1
        metadata = {"turn": f"t{self.turns}", "language": "en", "manner": "typed", "asking": asking}
        return self.call(
            "/webhooks/doorstep/webhook", {"sender": sender, "message": text, "metadata": metadata}
        )

    def step_for(self, text: str, asking: dict[str, Any] | None = None) -> str:
        """The step that a text leads to."""
        status, said = self.say(text, asking)
        assert status == 200, said
        return said[0]["custom"]["words"][0]


def start(model: Path, actions: Actions, log: Path) -> Engine:
    """An engine that answers its probe."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    command = [sys.executable, "-m", "bot.engine.server", "--model", str(model), "--port", str(port)]
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*command, "--actions", actions.url],
            cwd=ROOT,
            env={**os.environ, "DOORSTEP_ENGINE_TOKEN": TOKEN},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    engine = Engine(process, f"http://127.0.0.1:{port}", actions, log)
    until(lambda: _answers(engine), 90)
    return engine


def _answers(engine: Engine) -> bool:
    assert engine.process.poll() is None, engine.log.read_text()
    try:
        return engine.call("/health", token=None)[0] == 200
    except OSError:
        return False
