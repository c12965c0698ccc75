"""Twilio's Messages API as a stranger would write it from the page: a real server on loopback.

    with TwilioPeer(sid="AC…", token="…") as twilio:
        settings = Settings(twilio_api_url=twilio.url, …)

It checks the account, the fields and their limits, answers as the page says, and calls `StatusCallback` with a
signed form. Some numbers always go the same way:

| number | what happens |
|---|---|
| +447700900610 | refused: the person texted STOP (21610) |
| +447700900003 | taken, and then undelivered: the handset cannot be reached (30003) |
| +447700900429 | the first call is one too many (429, 20429); the next is taken |
| +447700900503 | the service is down, and a proxy answers in HTML |
| +447700900408 | the call is taken and never answered: the line breaks |

https://www.twilio.com/docs/messaging/api/message-resource, read on 25 November 2026.
"""

from __future__ import annotations

import base64
import json
import re
import threading
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from urllib.parse import parse_qsl, urlencode

from twilio.request_validator import RequestValidator  # type: ignore[import-untyped]

OPTED_OUT, UNDELIVERED, TOO_MANY, DOWN, BREAKS = (
    "+447700900610",
    "+447700900003",
    "+447700900429",
    "+447700900503",
    "+447700900408",
)
_E164 = re.compile(r"\+[1-9]\d{6,14}")


class TwilioPeer:
    """The server: `url` is the API's address, `messages` are the forms that were taken, in order."""

    def __init__(self, sid: str, token: str) -> None:
        self.sid, self.token = sid, token
        self.messages: list[dict[str, str]] = []
        self.refused: list[int] = []
        self.callbacks: list[int] = []
        """What our status webhook answered."""
        self._limited = True
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._threads: list[threading.Thread] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> TwilioPeer:
        threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
        ).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.called_back()
        self._server.shutdown()
        self._server.server_close()

    def called_back(self) -> list[int]:
        """What the status webhook answered, once every call back has been made."""
        for thread in self._threads:
            thread.join(timeout=10)
        return self.callbacks

    def take(self, form: dict[str, str]) -> tuple[int, dict[str, object]]:
        """The status and the JSON for one request to send."""
        to, body = form.get("To", ""), form.get("Body", "")
        if not _E164.fullmatch(to):
            return self._error(400, 21211, "The 'To' number is not a valid phone number.")
        if not form.get("From"):
            return self._error(400, 21603, "A 'From' phone number is required.")
        if not body:
            return self._error(400, 21602, "Message body is required.")
        if len(body) > 1600:
            return self._error(400, 21617, "The concatenated message body exceeds the 1600 character limit.")
        if to == OPTED_OUT:
            return self._error(400, 21610, "Attempt to send to unsubscribed recipient.")
        if to == TOO_MANY and self._limited:
            self._limited = False
            return self._error(429, 20429, "Too Many Requests")
        self.messages.append(form)
        sid = f"SM{len(self.messages):032x}"
        if form.get("StatusCallback"):
            thread = threading.Thread(target=self._call_back, args=(sid, form), daemon=True)
            self._threads.append(thread)
            thread.start()
        return 201, {
            "sid": sid,
            "account_sid": self.sid,
            "status": "queued",
            "to": to,
            "from": form["From"],
            "body": body,
            "num_segments": "1",
            "error_code": None,
            "error_message": None,
        }

    def _error(self, status: int, code: int, message: str) -> tuple[int, dict[str, object]]:
        self.refused.append(code)
        more = f"https://www.twilio.com/docs/errors/{code}"
        return status, {"code": code, "message": message, "more_info": more, "status": status}

    def _call_back(self, sid: str, form: dict[str, str]) -> None:
        last = {"MessageStatus": "delivered"}
        if form["To"] == UNDELIVERED:
            last = {"MessageStatus": "undelivered", "ErrorCode": "30003"}
        for state in ({"MessageStatus": "sent"}, last):
            said = {
                "SmsSid": sid,
                "MessageSid": sid,
                "AccountSid": self.sid,
                "From": form["From"],
                "To": form["To"],
                "ApiVersion": "2010-04-01",
                "SmsStatus": state["MessageStatus"],
                **state,
            }
            url = form["StatusCallback"]
            signature = RequestValidator(self.token).compute_signature(url, said)
            request = urllib.request.Request(
                url, urlencode(said).encode(), {"X-Twilio-Signature": signature}, method="POST"
            )
            try:
                with urllib.request.urlopen(request, timeout=5) as answer:
                    self.callbacks.append(answer.status)
            except OSError:  # nobody listens at that address, as in a test of sending alone
                self.callbacks.append(0)


def _handler(peer: TwilioPeer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            form = dict(parse_qsl(body.decode(), keep_blank_values=True))
            expected = base64.b64encode(f"{peer.sid}:{peer.token}".encode()).decode()
            if self.path != f"/2010-04-01/Accounts/{peer.sid}/Messages.json":
                self._answer(404, {"code": 20404, "message": "Not found", "status": 404})
            elif self.headers.get("Authorization") != f"Basic {expected}":
                self._answer(401, {"code": 20003, "message": "Authenticate", "status": 401})
            elif self.headers.get("Content-Type", "").split(";")[0] != "application/x-www-form-urlencoded":
                self._answer(415, {"code": 20415, "message": "Unsupported media type", "status": 415})
            elif form.get("To") == BREAKS:
                peer.messages.append(form)
                self.close_connection = True
            elif form.get("To") == DOWN:
                self._send(503, "text/html", b"<html>Service Unavailable</html>")
            else:
                self._answer(*peer.take(form))

        def _answer(self, status: int, answer: dict[str, object]) -> None:
            self._send(status, "application/json", json.dumps(answer).encode())

        def _send(self, status: int, content_type: str, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """A test's output is the test's."""

    return Handler
