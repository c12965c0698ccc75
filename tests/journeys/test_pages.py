"""In a browser, against a whole Doorstep: the web chat with scripts and without, and the staff desk."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from journeys.register import cases_in
from journeys.stack import ROOT, Stack, until
from tests.browser.person import finish, say
from tests.browser.test_accessibility import violations
from tests.browser.test_staff import TICKED
from tests.channels.staff.served_desk import MISSED_BIN

PASSWORD = "correct horse battery staple"
both = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
pytestmark = pytest.mark.browser


@pytest.fixture
def open_page(browser: Browser, stack: Stack) -> Iterator[Callable[[bool], Page]]:
    contexts = []

    def open_one(scripts: bool) -> Page:
        context = browser.new_context(java_script_enabled=scripts, base_url=stack.url)
        context.set_default_timeout(20_000)
        contexts.append(context)
        return context.new_page()

    yield open_one
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def colleague(stack: Stack) -> str:
    """Somebody who may use the desk, made as the first one is: with `doorstep staff add`."""
    subprocess.run(
        [sys.executable, "-m", "channels.cli", "staff", "add", "sam", "--name", "Sam Colleague"],
        cwd=ROOT,
        env={**os.environ, **stack.environment, "DOORSTEP_STAFF_PASSWORD": PASSWORD},
        check=True,
        capture_output=True,
    )
    return "sam"


@both
def test_a_missed_bin_is_reported_in_the_chat(
    stack: Stack, open_page: Callable[[bool], Page], scripts: bool
) -> None:
    page = open_page(scripts)
    page.goto("/chat")
    if scripts:
        assert violations(page) == []
    say(page, "I want to report a missed bin")
    if scripts:
        assert violations(page) == []
    reference = finish(page)
    if scripts:
        assert violations(page) == []
    until(lambda: len(cases_in(stack, reference)) == 1, "the case in the register")


@both
def test_the_chat_answers_from_what_is_published(open_page: Callable[[bool], Page], scripts: bool) -> None:
    page = open_page(scripts)
    page.goto("/chat")
    say(page, "how much is a bulky waste collection?")
    assert "£35" in page.locator("#entries").inner_text()


@both
def test_a_visitor_s_missed_bin_is_keyed_at_the_desk(
    stack: Stack, colleague: str, open_page: Callable[[bool], Page], scripts: bool
) -> None:
    page = open_page(scripts)
    page.goto("/staff")
    page.get_by_label("Username").fill(colleague)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Find a service")).to_be_visible()
    page.goto("/staff/services/missed_bin/request")
    if scripts:
        assert violations(page) == []
    for name, value in MISSED_BIN.items():
        if name in TICKED:
            page.locator(f'[name="{name}"][value="{value}"]').check()
        else:
            page.locator(f'[name="{name}"]').fill(value)
    page.get_by_role("button", name="Check the answers").click()
    page.get_by_role("button", name="Send the request").click()
    reference = page.locator(".app-sheet__reference").inner_text().strip()
    until(lambda: len(cases_in(stack, reference)) == 1, "the case in the register")
    page.goto(f"/staff/cases/{reference}")
    expect(page.locator("main")).to_contain_text("sam (staff)")
    if scripts:
        assert violations(page) == []
