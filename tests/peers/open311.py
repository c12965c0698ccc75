"""A GeoReport v2 server, written from https://wiki.open311.org/GeoReport_v2 (read 2026-01-12) as a stranger would.

Strict in what it takes (a form, an API key, a location, no parameter that the specification does not have) and
literal in what it gives (arrays, errors as arrays of code and description). It behaves, too: `pothole` is
answered at once, `lamp` gives a token, `slow` stores the request and never answers, `odd` has a status word that
nobody knows. `honours_key` makes two POSTs with one Idempotency-Key one request.

    python -m tests.peers.open311 --port 8311 --honours-key
"""

from __future__ import annotations

import argparse
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

API_KEY = "peer-api-key"
JURISDICTION = "westmoor.example"
BASE = "/open311/v2"
SERVICES = {
    "pothole": ("Pothole", "realtime", False),
    "missed_bin": ("Missed bin", "realtime", False),
    "lamp": ("Street lamp", "batch", False),
    "slow": ("Slow", "realtime", False),
    "odd": ("Odd", "realtime", False),
    "measured": ("Measured", "realtime", True),
}
PARAMETERS = {
    *("api_key", "jurisdiction_id", "service_code", "lat", "long", "address_string", "address_id"),
    *("email", "device_id", "account_id", "first_name", "last_name", "phone", "description", "media_url"),
}


@dataclass
class Stored:
    """One service request as the peer keeps it."""

    id: int
    form: dict[str, str]
    key: str | None
    at: datetime
    status: str = "open"
    notes: str = ""
    token: str | None = None
    ready: bool = True


@dataclass
class Open311Peer:
    """The server's state, and its knobs."""

    honours_key: bool = False
    now: Callable[[], datetime] = lambda: datetime.now(timezone.utc)
    requests: list[Stored] = field(default_factory=list)
    log: list[tuple[str, str, str]] = field(default_factory=list)
    """Method, path with query, body: all that was received."""
    out_of_order: bool = False
    """503 to everything."""
    bare_objects: bool = False
    """Answers one object where the specification has an array of one, as some servers do."""
    on_connection: Callable[[], bool] | None = None
    """Called when somebody connects, before anything is read; False hangs up."""
    before_answering: Callable[[], None] | None = None
    """Called when a POST was stored, before it is answered."""
    after_answering: Callable[[], None] | None = None
    """Called when the answer to a POST has left."""
    url: str = ""
    released: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def finish_tokens(self) -> None:
        """The batch has run: every token has its id."""
        for stored in self.requests:
            stored.ready = True

    def close_all(self, notes: str = "") -> None:
        for stored in self.requests:
            stored.status, stored.notes = "closed", notes

    @contextmanager
    def listening(self, port: int = 0) -> Iterator[Open311Peer]:
        server = _Server(("127.0.0.1", port), _handler(self))
        server.peer = self
        self.url = f"http://127.0.0.1:{server.server_address[1]}{BASE}"
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self.released.set()
            server.shutdown()
            server.server_close()
            thread.join(5)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    peer: Open311Peer

    def verify_request(self, request: Any, client_address: Any) -> bool:
        hook = self.peer.on_connection
        return True if hook is None else hook()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that was killed leaves a broken pipe: nothing of ours to print."""


class _Refusal(Exception):
    def __init__(self, status: int, description: str) -> None:
        super().__init__(description)
        self.status, self.description = status, description


def _handler(peer: Open311Peer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._answer(lambda: _get(peer, self.path), body="")

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode("utf-8")
            self._answer(lambda: _post(peer, self, body), body)
            if peer.after_answering is not None:
                peer.after_answering()

        def _answer(self, work: Callable[[], list[dict[str, Any]]], body: str) -> None:
            peer.log.append((self.command, self.path, body))
            status, items = 200, []
            try:
                if peer.out_of_order:
                    raise _Refusal(503, "We are out of order")
                items = work()
            except _Refusal as refusal:
                status = refusal.status
                items = [{"code": refusal.status, "description": refusal.description}]
            payload: Any = items[0] if peer.bare_objects and len(items) == 1 else items
            data = json.dumps(payload).encode("utf-8")
            self.send_response(status)
            self.send_header("Content-Type", "application/json; charset=utf-8")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)
            self.wfile.flush()

        def log_message(self, format: str, *args: Any) -> None:
            """Quiet: `peer.log` has it."""

    return Handler


def _get(peer: Open311Peer, target: str) -> list[dict[str, Any]]:
    parts = urlsplit(target)
    query = dict(parse_qsl(parts.query, strict_parsing=bool(parts.query)))
    if query.get("jurisdiction_id") != JURISDICTION:
        raise _Refusal(404, "jurisdiction_id was not found")
    path = parts.path.removeprefix(BASE)
    if path == "/services.json":
        return [
            {"service_code": code, "service_name": name, "type": kind, "metadata": metadata}
            for code, (name, kind, metadata) in SERVICES.items()
        ]
    if path == "/requests.json":
        return _window(peer, query)
    if path.startswith("/tokens/"):
        token = unquote(path.removeprefix("/tokens/").removesuffix(".json"))
        for stored in peer.requests:
            if stored.token == token:
                return [{"token": token, "service_request_id": str(stored.id) if stored.ready else ""}]
        raise _Refusal(404, "token was not found")
    if path.startswith("/requests/"):
        wanted = path.removeprefix("/requests/").removesuffix(".json")
        for stored in peer.requests:
            if str(stored.id) == wanted:
                return [_shown(stored)]
        raise _Refusal(404, "service_request_id was not found")
    raise _Refusal(404, f"there is nothing at {path}")


def _window(peer: Open311Peer, query: dict[str, str]) -> list[dict[str, Any]]:
    end = _moment(query["end_date"]) if "end_date" in query else peer.now()
    start = _moment(query["start_date"]) if "start_date" in query else end - timedelta(days=90)
    if end - start > timedelta(days=90):
        raise _Refusal(400, "a window is at most 90 days")
    found = [
        _shown(stored)
        for stored in peer.requests
        if stored.ready
        and start <= stored.at <= end
        and query.get("service_code", stored.form["service_code"]) == stored.form["service_code"]
    ]
    return found[:1000]


def _post(peer: Open311Peer, handler: BaseHTTPRequestHandler, body: str) -> list[dict[str, Any]]:
    if handler.path != f"{BASE}/requests.json":
        raise _Refusal(404, "POST goes to requests.json")
    form = _form(handler.headers.get("Content-Type") or "", body)
    key = handler.headers.get("Idempotency-Key")
    with peer.lock:
        stored = next((r for r in peer.requests if peer.honours_key and key and r.key == key), None)
        if stored is None:
            stored = Stored(1000 + len(peer.requests), form, key, peer.now())
            if SERVICES[form["service_code"]][1] == "batch":
                stored.token, stored.ready = f"token/{stored.id}", False
            if form["service_code"] == "odd":
                stored.status = "deliberating"
            peer.requests.append(stored)
    if peer.before_answering is not None:
        peer.before_answering()
    if form["service_code"] == "slow":
        peer.released.wait(60)
    if stored.token is not None:
        return [{"token": stored.token, "service_notice": "Ask again later", "account_id": None}]
    return [{"service_request_id": stored.id, "service_notice": "", "account_id": None}]


def _form(content_type: str, body: str) -> dict[str, str]:
    if content_type.partition(";")[0].strip() != "application/x-www-form-urlencoded":
        raise _Refusal(400, "a request is posted as application/x-www-form-urlencoded")
    pairs = parse_qsl(body, keep_blank_values=True, strict_parsing=True)
    form = dict(pairs)
    if len(form) != len(pairs):
        raise _Refusal(400, "a parameter came twice")
    if form.get("api_key") != API_KEY:
        raise _Refusal(403, "api_key was missing or is not known")
    if form.get("jurisdiction_id") != JURISDICTION:
        raise _Refusal(404, "jurisdiction_id was not found")
    code = form.get("service_code")
    if code is None:
        raise _Refusal(400, "service_code was not provided")
    if code not in SERVICES:
        raise _Refusal(404, "service_code was not found")
    has_attributes = SERVICES[code][2]
    for name in form:
        if name not in PARAMETERS and not (has_attributes and name.startswith("attribute[")):
            raise _Refusal(400, f"{name} is no parameter of this service")
    if not (("lat" in form and "long" in form) or form.get("address_string") or form.get("address_id")):
        raise _Refusal(400, "a location was not provided")
    if len(form.get("description", "")) > 4000:
        raise _Refusal(400, "description is longer than 4,000 characters")
    return form


def _shown(stored: Stored) -> dict[str, Any]:
    return {
        "service_request_id": str(stored.id),
        "status": stored.status,
        "status_notes": stored.notes,
        "service_code": stored.form["service_code"],
        "service_name": SERVICES[stored.form["service_code"]][0],
        "description": stored.form.get("description", ""),
        "address": stored.form.get("address_string", ""),
        "requested_datetime": stored.at.isoformat(),
    }


def _moment(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError as error:
        raise _Refusal(400, f"{text} is no date and time") from error
    if at.tzinfo is None:
        raise _Refusal(400, f"{text} has no time zone")
    return at


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--port", type=int, default=8311)
    options.add_argument("--honours-key", action="store_true")
    given = options.parse_args()
    with Open311Peer(honours_key=given.honours_key).listening(given.port) as peer:
        print(f"GeoReport v2 at {peer.url}, api_key {API_KEY}, jurisdiction_id {JURISDICTION}", flush=True)
        while True:
            time.sleep(3600)


if __name__ == "__main__":
    main()
