"""`make pictures`: the five screenshots of the README, taken of a Doorstep that runs, in docs/pictures/.

Everything on them happened: a text, a call, a chat and a request keyed at the desk, each through its own door.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Page, expect, sync_playwright

from actions.runtime import COUNCIL_TIME
from tests.journeys.stack import ROOT, Stack, running

OUT = ROOT / "docs" / "pictures"
WIDTH, HEIGHT = 810, 1376
"""Pixels: every picture has this shape, so that they stand in a row."""
PHONE_WIDTH = 430
"""CSS pixels of a phone on the page: its text is then as large as that of a page."""
COLOURS = 192
LARGEST = 120_000
"""Bytes of one picture: they are cloned by everybody."""
PASSWORD = "a password for the pictures"
REPORT = (
    *("my bin was missed", "yes", "recycling", "yesterday", "yes", "12 High Street", "SE1 9GF", "no"),
    *("Sam Jones", "07700 900123", "yes"),
)


def main() -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="pictures-") as folder, running(Path(folder)) as stack:
        _tell("training if need be, and starting")
        _add_staff(stack)
        stack.until_ready()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium") or shutil.which("google-chrome"),
                args=["--no-sandbox", "--hide-scrollbars"],
            )
            for take in (text, call, chat, desk):
                take(browser, stack)
            browser.close()


def text(browser: Browser, stack: Stack) -> None:
    """A missed bin, reported by text, and the news that comes by itself."""
    page = _phones(browser, stack, "phone")
    for said in REPORT:
        before = page.locator("#texts .theirs").count()
        page.get_by_label("Your text").fill(said)
        page.keyboard.press("Enter")
        expect(page.locator("#texts .theirs").nth(before)).to_be_attached()
    expect(page.get_by_text("sent first by Doorstep")).to_be_visible()
    _save("text", _still(page, "#phone"))


def call(browser: Browser, stack: Stack) -> None:
    """A call, by speech and by key."""
    page = _phones(browser, stack, "telephone")
    ready = page.get_by_role("button", name="Say nothing")
    page.get_by_role("button", name="Call", exact=True).click()

    def then(do: Callable[[], None]) -> None:
        expect(ready).to_be_enabled()
        lines = page.locator("#screen p").count()
        do()
        expect(page.locator("#screen p").nth(lines + 1)).to_be_attached()
        expect(ready).to_be_enabled()

    def say(said: str) -> None:
        page.get_by_role("textbox", name="Say").fill(said)
        page.keyboard.press("Enter")

    then(lambda: page.get_by_role("button", name="1", exact=True).click())
    then(lambda: say("my bin was missed"))
    then(lambda: say("yes please"))
    then(lambda: page.get_by_role("button", name="2", exact=True).click())
    page.locator("#keys button").first.focus()
    page.keyboard.type("2411")
    _save("call", _still(page, "#telephone"))


def chat(browser: Browser, stack: Stack) -> None:
    """An answer with its source, and the offer to do it now."""
    page = _phones(browser, stack, "chat")
    frame = page.frame_locator("#chat")
    frame.locator("#answer").fill("how much is a bulky waste collection?")
    frame.get_by_role("button", name="Send").click()
    expect(frame.locator("#form").get_by_role("button", name="Continue")).to_be_visible()
    asked = frame.locator("#entries > li").nth(1)
    asked.evaluate("asked => scrollTo(0, asked.getBoundingClientRect().top + scrollY - 16)")
    frame.locator(":focus").evaluate_all("focused => focused.forEach((one) => one.blur())")
    _save("chat", _still(page, "#chat"))


def desk(browser: Browser, stack: Stack) -> None:
    """The same request keyed for a visitor, and the receipt that they take home."""
    page = _page(browser, stack, width=WIDTH, height=HEIGHT, scale=1)
    page.goto("/staff")
    page.get_by_label("Username").fill("sam")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.goto("/staff/services/missed_bin/request")
    page.get_by_label("Blue bin").check()
    day = _yesterday()
    for label, number in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        page.get_by_label(label, exact=True).fill(str(number))
    for question, answer in (("out by 7am", "Yes"), ("behind a gate", "No")):
        page.get_by_role("group", name=question).get_by_label(answer).check()
    for question, typed in (("address", "12 High Street"), ("postcode", "SE1 9GF"), ("name", "Mair Jones")):
        page.get_by_label(f"What is your {question}?").fill(typed)
    page.get_by_label("In person").check()
    _save("desk", _still(page), outlined=True)
    page.get_by_role("button", name="Check the answers").click()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("WM-").first).to_be_visible()
    _save("receipt", _still(page), outlined=True)


def _phones(browser: Browser, stack: Stack, device: str) -> Page:
    page = _page(browser, stack, width=1440, height=1100)
    page.goto("/try")
    page.evaluate(
        """([device, width, height]) => {
          document.body.style.background = "#fff"
          Object.assign(document.getElementById(device).style, { width: `${width}px`, height: `${height}px` })
        }""",
        [device, PHONE_WIDTH, PHONE_WIDTH * HEIGHT / WIDTH],
    )
    return page


def _page(browser: Browser, stack: Stack, *, width: int, height: int, scale: int = 2) -> Page:
    context = browser.new_context(
        base_url=stack.url,
        viewport={"width": width, "height": height},
        device_scale_factor=scale,
        reduced_motion="reduce",
    )
    return context.new_page()


def _still(page: Page, part: str | None = None) -> bytes:
    """The page, or a part of it, with nothing focused and nothing under the mouse."""
    page.evaluate("document.activeElement?.blur()")
    page.mouse.move(1, 1)
    if part is None:
        page.evaluate("scrollTo(0, 0)")
        return page.screenshot()
    return page.locator(part).screenshot()


def _yesterday() -> date:
    return datetime.now(COUNCIL_TIME).date() - timedelta(days=1)


def _add_staff(stack: Stack) -> None:
    subprocess.run(
        [sys.executable, "-m", "channels.cli", "staff", "add", "sam", "--name", "Sam Evans"],
        check=True,
        cwd=ROOT,
        env={**stack.environment, "DOORSTEP_STAFF_PASSWORD": PASSWORD},
        stdout=subprocess.DEVNULL,
    )


def _save(name: str, png: bytes, *, outlined: bool = False) -> None:
    path = OUT / f"{name}.png"
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    if picture.size != (WIDTH, HEIGHT):
        picture = picture.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
    if outlined:
        # A white page on a white page has no edge.
        ImageDraw.Draw(picture).rectangle((0, 0, WIDTH - 1, HEIGHT - 1), outline="#b1b4b6", width=2)
    # By coverage: the few yellow letters of a call must not become grey for the sake of a smoother edge.
    few = picture.quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    few.save(path, optimize=True)
    size = path.stat().st_size
    if size > LARGEST:
        raise SystemExit(f"{path} has {size} bytes, and at most {LARGEST} are wanted.")
    _tell(f"{path.relative_to(ROOT)}: {size // 1000} kB")


def _tell(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
