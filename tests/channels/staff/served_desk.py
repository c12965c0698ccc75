"""The desk as it is served for tests: the real pages over a real database in a folder of the test's own."""

from __future__ import annotations

import asyncio
import re
import secrets
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx
from pydantic import SecretStr
from sanic import Sanic

from actions.records import staff
from actions.records.database import Database
from actions.records.encryption import Cipher
from actions.runtime import Runtime
from actions.settings import Settings
from bot.catalogue import Catalogue
from channels.assets import build
from channels.assets import pages as assets
from channels.staff import pages
from channels.staff.channel import StaffDesk
from channels.staff.sessions import LIFETIME, sessions_of
from tests.clock import Clock

PASSWORD = "correct horse battery"
KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
MISSED_BIN = {
    "which_bin": "rubbish",
    "missed_on-day": "24",
    "missed_on-month": "11",
    "missed_on-year": "2026",
    "out_in_time": "true",
    "address": "1 High Street",
    "postcode": "sw1a 1aa",
    "behind_gate": "false",
    "name": "Alex Jones",
    "phone": "07700 900123",
    "consent": "in_person",
}
"""A form, as a colleague keys it."""


@dataclass
class Served:
    """A desk that runs, and what stands behind it."""

    url: str
    runtime: Runtime
    clock: Clock

    browsers: list[Browser] = field(default_factory=list)

    def browser(self) -> Browser:
        """A browser in which nobody has signed in; closed with the desk."""
        self.browsers.append(Browser(self))
        return self.browsers[-1]


class Inputs(HTMLParser):
    """What a page's forms hold, as a browser would send it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.hidden: dict[str, str] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        if tag == "input" and held.get("type") == "hidden":
            self.hidden[str(held["name"])] = held.get("value") or ""


class Browser:
    """Loads pages and sends their forms, cookies and all. Follows no redirect by itself."""

    def __init__(self, served: Served) -> None:
        self.served = served
        self.http = httpx.AsyncClient(base_url=served.url, timeout=30)

    async def get(self, path: str) -> httpx.Response:
        return await self.http.get(path)

    async def send(self, path: str, fields: dict[str, Any]) -> httpx.Response:
        return await self.http.post(path, data=fields)

    async def sign_in(
        self, username: str = "amina", password: str = PASSWORD, following: str = ""
    ) -> httpx.Response:
        page = await self.get(f"/staff/login{following}")
        held = Inputs(page.text).hidden
        return await self.send("/staff/login", {**held, "username": username, "password": password})

    async def sit_down(self, username: str = "amina") -> None:
        """Sign in without the page, which other tests are about."""
        runtime = self.served.runtime
        opened = await runtime.database.run(staff.begin_session, username, runtime.now(), LIFETIME)
        sessions = sessions_of(runtime.settings)
        self.http.cookies.set(
            sessions.cookie, sessions.sealed(opened.token, runtime.now()), domain="127.0.0.1"
        )

    async def check(
        self, answers: dict[str, Any], service: str = "missed_bin", lang: str = "en"
    ) -> httpx.Response:
        """Open the form, key the answers, and have them checked."""
        page = await self.get(f"/staff/services/{service}/request?lang={lang}")
        held = Inputs(page.text).hidden
        return await self.send(f"/staff/services/{service}/request", {**held, **answers, "do": "check"})

    async def key(
        self, answers: dict[str, Any] = MISSED_BIN, service: str = "missed_bin", lang: str = "en"
    ) -> str:
        """Key a request to its end; gives the reference."""
        review = await self.check(answers, service, lang)
        assert review.status_code == 200, re.findall(r'error-message">.*?</p>', review.text, re.DOTALL)
        sent = await self.send(f"/staff/services/{service}/submit", everything(review.text))
        assert sent.status_code == 303
        return sent.headers["location"].split("/")[3]


def everything(page: str) -> dict[str, list[str]]:
    """All hidden fields, with those that stand there several times."""
    found: dict[str, list[str]] = {}

    class Several(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            held = dict(attrs)
            if tag == "input" and held.get("type") == "hidden" and held["name"] != "csrf":
                found.setdefault(str(held["name"]), []).append(held.get("value") or "")

    Several().feed(page)
    found["csrf"] = [Inputs(page).hidden["csrf"]]
    return found


@cache
def prepared(people: bool) -> bytes:
    """A database with its tables and, if wanted, Amina Khan: made once, because a password is slow to hash."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "prepared.sqlite3"
        database = Database(f"sqlite:///{path}", Cipher([KEY]))
        database.migrate()
        if people:
            database.run_now(staff.add, "amina", "Amina Khan", PASSWORD, NOON)
        database.close()
        return path.read_bytes()


def migrated(settings: Settings, people: bool) -> Database:
    """A copy of it, where the settings say."""
    (settings.var / "doorstep.sqlite3").write_bytes(prepared(people))
    return Database(settings.database, Cipher([KEY]))


@asynccontextmanager
async def serving(
    var: Path, catalogue: Catalogue, *, people: bool = True, **settings: Any
) -> AsyncIterator[Served]:
    """A desk on a free port, its database under `var`."""
    build.build()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    clock = Clock(NOON)
    held = Settings(
        _env_file=None,
        var=var,
        port=port,
        session_secret=SecretStr("secret of the tests"),
        encryption_keys=SecretStr(KEY),
        **settings,
    )
    database = await asyncio.to_thread(migrated, held, people)
    async with httpx.AsyncClient() as http:
        runtime = Runtime(held, database, catalogue, http, clock, {})
        app = Sanic(f"desk-{secrets.token_hex(6)}", configure_logging=False)
        app.config.MOTD = False
        app.config.TOUCHUP = False  # it rewrites the server, and cannot do so for a second app
        app.config.ACCESS_LOG = False
        app.blueprint(assets.blueprint(held))
        app.blueprint(pages.blueprint(StaffDesk(held, catalogue), None, runtime))  # type: ignore[arg-type]
        server = await app.create_server(host="127.0.0.1", port=port, return_asyncio_server=True)
        assert server is not None
        await server.startup()
        await server.start_serving()
        served = Served(f"http://127.0.0.1:{port}", runtime, clock)
        try:
            yield served
        finally:
            for browser in served.browsers:  # a server waits for connections that are kept alive
                await browser.http.aclose()
            await server.close()
            await asyncio.to_thread(database.close)
