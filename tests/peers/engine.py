"""An engine that behaves: a real server on loopback that speaks the engine's contract, well or badly.

    with EnginePeer("token", step) as engine:
        engine.mode = "silent"

`step` is what the engine would have Rasa do: the intent and the request's body in, the custom message out. What it
understands is little and fixed: a control word, an answer where the gateway says that the text fits, a bin, a cost.

| mode | what happens |
|---|---|
| `well` | the step is called, and its words come back |
| `silent` | 200 and an empty list, as Rasa answers when a step raised |
| `broken` | 500, and no step was called |
| `breaks_after` | the step is called, and then 500 |
| `mute_after` | the step is called, and then 200 and an empty list |
| `stuck` | nothing comes until `release()`; then as `well` |
| `malformed` | 200 and words that are none |
| `another_turn` | 200 and the words of another turn |

A dead engine is one that was left (`with` is over): nobody listens on its port.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Literal

Mode = Literal["well", "silent", "broken", "breaks_after", "mute_after", "stuck", "malformed", "another_turn"]
Step = Callable[[str, dict[str, Any]], dict[str, Any]]
PATH = "/webhooks/doorstep/webhook"
CONTROLS = {
    "back", "change", "start over", "repeat", "help me", "stop for now", "carry on", "person", "cymraeg",
    "hello", "thanks", "bye", "yes", "no", "skip",
}  # fmt: skip
_INTENTS = {
    "start over": "start_over", "help me": "help", "stop for now": "stop_for_now", "carry on": "carry_on",
    "cymraeg": "language", "hello": "greet", "thanks": "thank", "bye": "goodbye", "yes": "affirm", "no": "deny",
}  # fmt: skip
WAITS_SECONDS = 10.0


class EnginePeer:
    """The server. `received` are the bodies that came, in order."""

    def __init__(self, token: str, step: Step) -> None:
        self.token, self.step = token, step
        self.mode: Mode = "well"
        self.received: list[dict[str, Any]] = []
        self.finished = 0
        self._changed = threading.Condition()
        self._released = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> EnginePeer:
        threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
        ).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()
        self._server.shutdown()
        self._server.server_close()

    def release(self) -> None:
        """Let go of what is stuck, now and later."""
        self._released.set()

    def until(self, true: Callable[[], bool]) -> None:
        """Wait for something about what came or was finished. Raises TimeoutError."""
        deadline = time.monotonic() + WAITS_SECONDS
        with self._changed:
            while not true():
                if not self._changed.wait(timeout=deadline - time.monotonic()):
                    raise TimeoutError("what was waited for did not come")

    def answer(self, authorization: str, body: dict[str, Any]) -> tuple[int, object]:
        """The status and the JSON for one request."""
        if authorization != f"Bearer {self.token}":
            return 401, {"error": "unauthorised"}
        with self._changed:
            self.received.append(body)
            self._changed.notify_all()
        mode = self.mode
        if mode == "stuck":
            self._released.wait(WAITS_SECONDS)
        if mode in ("silent", "broken"):
            return (200, []) if mode == "silent" else (500, {"error": "turn_failed"})
        if mode == "malformed":
            return 200, [{"custom": {"turn": body["metadata"]["turn"], "words": [{"is": "Song"}]}}]
        custom = self.step(intent_of(body), body)
        with self._changed:
            self.finished += 1
            self._changed.notify_all()
        if mode == "breaks_after":
            return 500, {"error": "turn_failed"}
        if mode == "another_turn":
            return 200, [{"custom": {**custom, "turn": "another"}}]
        return 200, [] if mode == "mute_after" else [{"custom": custom}]


def intent_of(body: dict[str, Any]) -> str:
    """The intent of a message, by the contract's rule: control words first, then what fits what is asked."""
    said, asking = body["message"].strip().lower(), body["metadata"]["asking"]
    if said in CONTROLS:
        intent = _INTENTS.get(said, said)
        return "answer" if asking and intent in ("affirm", "deny") else intent
    if asking and asking["fits"] and asking["exact"]:
        return "answer"
    if "cost" in said:
        return "ask"
    if "missed bin" in said:
        return "request"
    return "answer" if asking else "unclear"


def _handler(peer: EnginePeer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            if self.path != PATH:
                self._send(404, {"error": "not_found"})
                return
            self._send(*peer.answer(self.headers.get("authorization", ""), json.loads(body)))

        def do_GET(self) -> None:
            self._send(200 if self.path == "/health" else 404, {})

        def _send(self, status: int, answer: object) -> None:
            data = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            with suppress(ConnectionError):  # whoever lost patience is not there any more
                self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:
            """A test says what went wrong; the server need not."""

    return Handler
