"""Every page against WCAG 2.2 A and AA: by axe, at 320 pixels (which is 400% zoom), and with wider spacing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from channels.assets.build import MODULES
from tests.browser.conftest import NewPage
from tests.browser.person import entries, replied, say
from tests.peers.turns import ScriptedTurns

AXE = MODULES / "axe-core" / "axe.min.js"
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
WIDE = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-bottom: 2em !important; }"""


def violations(page: Page) -> list[str]:
    """What axe finds, as `rule: element`."""
    page.evaluate(Path(AXE).read_text(encoding="utf-8"))
    found = page.evaluate("levels => axe.run(document, { runOnly: { type: 'tag', values: levels } })", LEVELS)
    assert found["passes"], "axe looked at nothing"
    return [
        f"{v['id']}: {n['target']} {n['failureSummary']}" for v in found["violations"] for n in v["nodes"]
    ]


def greeting(page: Page) -> None:
    page.goto("/chat")


def offer(page: Page) -> None:
    greeting(page)
    say(page, "my bin was missed")


def choosing(page: Page) -> None:
    offer(page)
    choose(page, "Yes")


def asking(page: Page) -> None:
    choosing(page)
    choose(page, "Black bin (rubbish)")


def refused(page: Page) -> None:
    asking(page)
    say(page, "SE1")


def aside(page: Page) -> None:
    asking(page)
    page.locator("summary").click()


def ticking(page: Page) -> None:
    asking(page)
    say(page, "SE1 9GF")


def optional(page: Page) -> None:
    ticking(page)
    choose(page, "A sofa")


def checking(page: Page) -> None:
    optional(page)
    say(page, "The lid is broken")


def sent(page: Page) -> None:
    checking(page)
    before = entries(page).count()
    page.get_by_role("button", name="Yes", exact=True).click()
    replied(page, before)


def person(page: Page) -> None:
    greeting(page)
    say(page, "person")


def told(page: Page) -> None:
    greeting(page)
    say(page, "how much does it cost")


def empty(page: Page) -> None:
    greeting(page)
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".govuk-error-summary")).to_be_visible()


def lost(page: Page) -> None:
    greeting(page)
    page.context.clear_cookies()
    page.locator("#answer").fill("hello")
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".app-notice")).to_be_visible()


def welsh(page: Page) -> None:
    choosing(page)
    page.get_by_role("link", name="Cymraeg").click()
    expect(page.locator("html")).to_have_attribute("lang", "cy")


def embedded(page: Page) -> None:
    page.goto("/chat?embedded=1")


def ended(page: Page) -> None:
    greeting(page)
    page.get_by_role("button", name="End this chat").click()


def privacy(page: Page) -> None:
    page.goto("/privacy")


def privacy_welsh(page: Page) -> None:
    page.goto("/privacy?lang=cy")


def statement(page: Page) -> None:
    page.goto("/accessibility")


PLACES = [
    greeting,
    offer,
    choosing,
    asking,
    refused,
    aside,
    ticking,
    optional,
    checking,
    sent,
    person,
    told,
    empty,
    lost,
    welsh,
    embedded,
    ended,
    privacy,
    privacy_welsh,
    statement,
]
Place = Callable[[Page], None]


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.__name__)
def test_axe_finds_no_violation_and_nothing_runs_off_a_small_screen(
    new_page: NewPage, turns: ScriptedTurns, place: Place
) -> None:
    page = new_page()
    place(page)
    assert violations(page) == []
    page.set_viewport_size({"width": 320, "height": 256})
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 320
    assert violations(page) == []


@pytest.mark.parametrize("place", [greeting, refused, aside, sent], ids=lambda place: place.__name__)
def test_axe_finds_no_violation_where_no_script_of_ours_runs(
    new_page: NewPage, turns: ScriptedTurns, place: Place
) -> None:
    # axe needs scripts to run, so those of the page are kept from loading instead.
    page = new_page(width=320, height=600)
    page.route("**/*.js", lambda route: route.abort())
    place(page)
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 320
    assert violations(page) == []


@pytest.mark.parametrize("place", [refused, checking, sent, privacy], ids=lambda place: place.__name__)
def test_wider_spacing_of_text_hides_nothing(new_page: NewPage, turns: ScriptedTurns, place: Place) -> None:
    page = new_page(width=320, height=600, bypass_csp=True)
    place(page)
    page.add_style_tag(content=WIDE)
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 320
    cut = page.evaluate(
        """() => [...document.querySelectorAll("main *")]
          .filter((e) => getComputedStyle(e).overflowY === "hidden" && e.scrollHeight > e.clientHeight + 1
            && !e.classList.contains("govuk-visually-hidden"))
          .map((e) => e.outerHTML.slice(0, 80))"""
    )
    assert cut == []


def test_every_target_is_large_enough(new_page: NewPage, turns: ScriptedTurns) -> None:
    """WCAG 2.2, 2.5.8: 24 by 24 pixels, for what stands alone."""
    page = new_page(width=320, height=600)
    checking(page)
    small = page.evaluate(
        """() => [...document.querySelectorAll("main :is(button, summary, textarea, input:not([type=hidden]))")]
          .filter((e) => e.offsetParent !== null)
          .map((e) => [e.textContent.trim(), e.getBoundingClientRect()])
          .filter(([, box]) => box.width < 24 || box.height < 24)
          .map(([name, box]) => `${name} ${box.width}x${box.height}`)"""
    )
    assert small == []


def test_the_page_reads_in_its_own_language(new_page: NewPage, turns: ScriptedTurns) -> None:
    """What was said in English before stays marked as English on a Welsh page."""
    page = new_page()
    greeting(page)
    page.get_by_role("link", name="Cymraeg").click()
    expect(entries(page)).to_have_count(2)
    assert {e.get_attribute("lang") for e in entries(page).all()} == {"en", "cy"}


def choose(page: Page, label: str) -> None:
    page.get_by_label(label, exact=True).check()
    before = entries(page).count()
    page.get_by_role("button", name="Continue").click()
    replied(page, before)
