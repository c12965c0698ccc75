"""The staff desk, as a colleague has it: with scripts and without, by keyboard, and against WCAG 2.2 A and AA."""

from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from bot.catalogue import load
from tests.browser.conftest import NewPage
from tests.browser.test_accessibility import violations
from tests.channels.staff.served_desk import MISSED_BIN, PASSWORD, serving

REFERENCE = re.compile(r"WM-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]")
TICKED = ("which_bin", "out_in_time", "behind_gate", "consent")
both = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])


@pytest.fixture(scope="module")
def base_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A desk of our own, with one colleague and an empty database."""
    var: Path = tmp_path_factory.mktemp("desk")
    found: list[str] = []
    ready, stop = threading.Event(), threading.Event()

    async def run() -> None:
        async with serving(var, load(on=date(2026, 11, 25))) as served:
            found.append(served.url)
            ready.set()
            await asyncio.to_thread(stop.wait)
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()

    thread = threading.Thread(target=asyncio.run, args=(run(),), daemon=True)
    thread.start()
    assert ready.wait(60), "the desk did not start"
    yield found[0]
    stop.set()
    thread.join(20)


def sign_in(page: Page) -> None:
    page.goto("/staff")
    page.get_by_label("Username").fill("amina")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Find a service")).to_be_visible()


def blank(page: Page) -> None:
    sign_in(page)
    page.goto("/staff/services/missed_bin/request")


def key(page: Page, **changes: str) -> None:
    """Fill the form in and have it checked."""
    blank(page)
    for name, value in {**MISSED_BIN, **changes}.items():
        if name in TICKED:
            page.locator(f'[name="{name}"][value="{value}"]').check()
        else:
            page.locator(f'[name="{name}"]').fill(value)
    page.get_by_role("button", name="Check the answers").click()


def refused(page: Page) -> None:
    blank(page)
    page.get_by_role("button", name="Check the answers").click()
    expect(page.get_by_role("alert")).to_be_visible()


def reviewed(page: Page) -> None:
    key(page)
    expect(page.get_by_role("heading", name="Check the answers with the visitor")).to_be_visible()


def sent(page: Page) -> None:
    reviewed(page)
    page.get_by_role("button", name="Send the request").click()
    expect(page.locator(".app-sheet__reference")).to_be_visible()


def the_case(page: Page) -> None:
    sent(page)
    page.get_by_role("link", name="See the case").click()
    expect(page.get_by_role("heading", name="History")).to_be_visible()


def the_list(page: Page) -> None:
    the_case(page)
    page.goto("/staff/cases")


def the_door(page: Page) -> None:
    page.goto("/staff/login")


def shut_out(page: Page) -> None:
    the_door(page)
    page.get_by_role("button", name="Sign in").click()


def a_service(page: Page) -> None:
    sign_in(page)
    page.goto("/staff/services/missed_bin")


def nothing_found(page: Page) -> None:
    sign_in(page)
    page.goto("/staff?q=xyzzy")


def welsh(page: Page) -> None:
    sign_in(page)
    page.goto("/staff/services/change_of_address/request?lang=cy")


def no_case(page: Page) -> None:
    sign_in(page)
    page.goto("/staff/cases/WM-7K2P-9XQ4-6")


PLACES = [
    the_door, shut_out, sign_in, nothing_found, a_service, blank, welsh, refused, reviewed, sent, the_case,
    the_list, no_case,
]  # fmt: skip


@both
@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.__name__)
def test_axe_finds_no_violation_and_nothing_runs_off_a_small_screen(
    new_page: NewPage, place: Callable[[Page], None], scripts: bool
) -> None:
    # axe needs scripts to run, so those of the page are kept from loading instead.
    page = new_page()
    if not scripts:
        page.route("**/*.js", lambda route: route.abort())
    place(page)
    assert violations(page) == []
    page.set_viewport_size({"width": 320, "height": 512})
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 320
    assert violations(page) == []


@both
def test_a_request_is_keyed_from_the_search_to_the_receipt(new_page: NewPage, scripts: bool) -> None:
    page = new_page(scripts=scripts)
    sent(page)
    assert REFERENCE.fullmatch(page.locator(".app-sheet__reference").inner_text())


def test_the_list_follows_the_typing_without_loading_the_page_again(new_page: NewPage) -> None:
    page = new_page()
    sign_in(page)
    page.evaluate("window.kept = true")
    page.get_by_label("What does the visitor need?").press_sequentially("pothole")
    expect(page.locator(".app-result")).to_have_count(1)
    expect(page.get_by_role("status").filter(has_text="1 service for pothole")).to_have_count(1)
    assert page.evaluate("window.kept") is True
    page.reload()
    expect(page.locator(".app-result")).to_have_count(1)


def test_a_question_is_there_when_it_is_asked(new_page: NewPage) -> None:
    page = new_page()
    blank(page)
    note = page.locator("#about-gate_note")
    expect(note).to_be_hidden()
    page.locator('[name="behind_gate"][value="true"]').check()
    expect(note).to_be_visible()
    expect(note.get_by_text("Only if")).to_be_hidden()
    page.locator('[name="behind_gate"][value="false"]').check()
    expect(note).to_be_hidden()


def test_without_scripts_a_question_says_when_it_is_asked(new_page: NewPage) -> None:
    page = new_page(scripts=False)
    blank(page)
    expect(page.locator("#about-gate_note")).to_contain_text("Only if: Behind a gate: Yes")


@both
def test_an_answer_is_changed_from_the_check(new_page: NewPage, scripts: bool) -> None:
    page = new_page(scripts=scripts)
    reviewed(page)
    page.get_by_role("button", name="Change Postcode").click()
    expect(page).to_have_url(re.compile(r"#postcode$"))
    page.get_by_label("What is your postcode?").fill("SE1 9GF")
    # The Enter key checks the answers, and does not change the language.
    page.get_by_label("What is your postcode?").press("Enter")
    expect(page.get_by_text("SE1 9GF")).to_be_visible()
    expect(page.get_by_role("heading", name="Check the answers with the visitor")).to_be_visible()


def test_what_is_wrong_is_reached_with_the_keyboard(new_page: NewPage) -> None:
    page = new_page()
    refused(page)
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator('[name="which_bin"]').first).to_be_focused()


def test_on_paper_there_is_only_the_receipt(new_page: NewPage) -> None:
    page = new_page()
    sent(page)
    page.emulate_media(media="print")
    expect(page.locator(".app-sheet__reference")).to_be_visible()
    for hidden in ("header", "footer", ".app-receipt-tools", ".govuk-phase-banner"):
        expect(page.locator(hidden).first).to_be_hidden()


def test_the_receipt_is_printed_by_its_button(new_page: NewPage) -> None:
    page = new_page()
    sent(page)
    page.evaluate("window.print = () => { window.printed = true; }")
    page.get_by_role("button", name="Print the receipt").click()
    assert page.evaluate("window.printed") is True
