"""A person at the chat, who answers whatever is asked, by mouse or by keyboard alone.

They read labels and press buttons, and know nothing of the conversation: so they manage with a scripted house
and with a whole Doorstep alike.
"""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

ANSWERS = (
    (r"postcode", "SW1A 1AA"),
    (r"address", "12 High Street"),
    (r"phone|number", "07700 900123"),
    (r"email", "sam@example.com"),
    (r"name", "Sam Jones"),
    (r"day|date|when", "yesterday"),
)
MOST_STEPS = 25


def entries(page: Page) -> Locator:
    return page.locator("#entries > li")


def say(page: Page, text: str) -> None:
    """Type a message and send it, then wait for the reply."""
    before = entries(page).count()
    page.locator("#answer").fill(text)
    page.get_by_role("button", name=re.compile(r"^(Send|Continue|Anfon|Parhau)$")).first.click()
    replied(page, before)


def replied(page: Page, before: int) -> None:
    """Wait until the log has grown."""
    expect(entries(page).nth(before)).to_be_attached()
    expect(page.locator("[aria-busy]")).to_have_count(0)


def finish(page: Page) -> str:
    """Answer every question until there is a receipt. Returns the reference."""
    for _ in range(MOST_STEPS):
        if page.locator(".app-reference").count():
            return page.locator(".app-reference").last.inner_text()
        before = entries(page).count()
        if page.locator("#form dl").count():
            page.locator("#form .govuk-button").first.click()
        else:
            _fill(page)
            page.get_by_role("button", name="Continue").click()
        replied(page, before)
    raise AssertionError(f"no receipt after {MOST_STEPS} steps: {page.locator('#form').inner_text()}")


def finish_by_keyboard(page: Page) -> str:
    """The same with keys alone: the keyboard is where the next answer goes."""
    for _ in range(MOST_STEPS):
        if page.locator(".app-reference").count():
            return page.locator(".app-reference").last.inner_text()
        before = entries(page).count()
        on = page.locator(":focus")
        kind = on.get_attribute("type") or on.evaluate("e => e.tagName.toLowerCase()")
        if kind in ("radio", "checkbox"):
            page.keyboard.press("Space")
            page.keyboard.press("Enter")
        elif kind == "textarea":
            page.keyboard.type(_answer(page.locator("#form label").first.inner_text()))
            page.keyboard.press("Tab")
            page.keyboard.press("Enter")
        elif kind in ("text", "tel", "email"):
            page.keyboard.type(_answer(page.locator("#form label").first.inner_text()))
            page.keyboard.press("Enter")
        else:
            page.keyboard.press("Enter")
        replied(page, before)
        expect(page.locator("#form :focus")).to_have_count(1)
    raise AssertionError(f"no receipt after {MOST_STEPS} steps: {page.locator('#form').inner_text()}")


def _fill(page: Page) -> None:
    choices = page.locator("#form .govuk-radios__input, #form .govuk-checkboxes__input")
    if choices.count():
        choices.first.check()
        return
    label = page.locator("#form label").first.inner_text()
    page.locator("#answer").fill(_answer(label))


def _answer(label: str) -> str:
    return next((answer for pattern, answer in ANSWERS if re.search(pattern, label, re.I)), "Nothing more")
