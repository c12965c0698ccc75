"""A browser, and the chat that it looks at: served here over turns that behave, or the one at
DOORSTEP_BROWSER_URL (a whole Doorstep, say)."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, Playwright, sync_playwright

from tests.browser.served import serving
from tests.peers.turns import ScriptedTurns

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"]
ELSEWHERE = os.environ.get("DOORSTEP_BROWSER_URL", "").rstrip("/")
NewPage = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in Path(item.path).parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """The machine's Chromium, else Playwright's own, else the tests are skipped (or fail where they must run)."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = next((path for name in names if (path := shutil.which(name))), None)
    try:
        launched = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
    except Error as error:
        reason = (
            f"no Chromium: apt-get install chromium, or playwright install chromium ({error.message[:80]})"
        )
        if os.environ.get("DOORSTEP_REQUIRE_SERVICES") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    yield launched
    launched.close()


@pytest.fixture(scope="session")
def _house() -> Iterator[tuple[str, ScriptedTurns | None]]:
    if ELSEWHERE:
        yield ELSEWHERE, None
        return
    turns = ScriptedTurns()
    with serving(turns) as address:
        yield address, turns


@pytest.fixture(scope="session")
def base_url(_house: tuple[str, ScriptedTurns | None]) -> str:
    return _house[0]


@pytest.fixture
def turns(_house: tuple[str, ScriptedTurns | None]) -> ScriptedTurns:
    """What the house took, for tests that must know; they need the house served here."""
    if _house[1] is None:
        pytest.skip("needs the scripted house: DOORSTEP_BROWSER_URL is set")
    return _house[1]


@pytest.fixture
def new_page(browser: Browser, base_url: str) -> Iterator[NewPage]:
    """Makes pages in a fresh browser profile. Whatever they do: nothing is asked of another host, nothing is
    refused by the content security policy, and no script fails."""
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def make(*, scripts: bool = True, width: int = 1100, height: int = 900, **options: object) -> Page:
        context = browser.new_context(
            java_script_enabled=scripts,
            viewport={"width": width, "height": height},
            base_url=base_url,
            **options,  # type: ignore[arg-type]
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda r: None if r.url.startswith(base_url) else wrong.append(f"asked {r.url}"))
        page.on("pageerror", lambda e: wrong.append(f"script: {e}"))
        page.on(
            "console",
            lambda m: wrong.append(f"console: {m.text}") if "Content Security Policy" in m.text else None,
        )
        return page

    yield make
    for context in contexts:
        context.close()
    assert wrong == []
