"""The chat, as a person has it: with scripts and without, by mouse and by keyboard."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import NewPage
from tests.browser.person import entries, finish, finish_by_keyboard, replied, say
from tests.peers.turns import ScriptedTurns

REFERENCE = re.compile(r"WM-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_missed_bin_is_reported_from_greeting_to_reference(new_page: NewPage, scripts: bool) -> None:
    page = new_page(scripts=scripts)
    page.goto("/chat")
    expect(entries(page).first).to_contain_text("Hello")
    say(page, "my bin was missed")
    assert REFERENCE.fullmatch(finish(page))
    page.reload()
    expect(page.locator(".app-reference")).to_have_count(1)


def test_with_scripts_the_page_never_loads_again(new_page: NewPage) -> None:
    page = new_page()
    page.goto("/chat")
    page.evaluate("window.kept = true")
    say(page, "my bin was missed")
    finish(page)
    assert page.evaluate("window.kept") is True


def test_it_all_works_with_the_keyboard_alone(new_page: NewPage) -> None:
    page = new_page()
    page.goto("/chat")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to main content")
    page.keyboard.press("Enter")
    for _ in range(6):
        page.keyboard.press("Tab")
        if page.locator("#answer:focus").count():
            break
    page.keyboard.type("my bin was missed")
    page.keyboard.press("Enter")
    replied(page, 2)
    assert REFERENCE.fullmatch(finish_by_keyboard(page))


def test_only_what_is_new_is_read_out(new_page: NewPage) -> None:
    """The reply is added to a polite live region; the question just answered, and the answer, are known."""
    page = new_page()
    page.goto("/chat")
    log = page.get_by_role("log")
    expect(log).to_have_attribute("aria-live", "polite")
    page.evaluate(
        """() => {
          window.added = [];
          const log = document.getElementById("log");
          new MutationObserver((changes) => {
            for (const change of changes) {
              for (const node of change.addedNodes) {
                window.added.push([log.getAttribute("aria-live"), node.className]);
              }
            }
          }).observe(log, { childList: true, subtree: true });
        }"""
    )
    say(page, "my bin was missed")
    page.locator("#form .govuk-radios__input").first.check()
    before = entries(page).count()
    page.get_by_role("button", name="Continue").click()
    replied(page, before)
    heard = [name for live, name in page.evaluate("window.added") if live == "polite"]
    unheard = [name for live, name in page.evaluate("window.added") if live == "off"]
    assert heard
    assert all("app-entry--us" in name for name in heard)
    assert sum("app-entry--you" in name for name in unheard) == 2
    assert sum("app-entry--us" in name for name in unheard) == 1


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_an_answer_that_cannot_be_used_is_explained_and_kept(
    new_page: NewPage, turns: ScriptedTurns, scripts: bool
) -> None:
    page = at_the_postcode(new_page(scripts=scripts))
    say(page, "SE1")
    summary = page.locator(".govuk-error-summary")
    expect(summary).to_contain_text("Enter a full postcode")
    expect(page).to_have_title(re.compile("^Error: "))
    field = page.get_by_label("What is your postcode?")
    expect(field).to_have_value("SE1")
    expect(field).to_have_accessible_description(re.compile(r"Error:\s+Enter a full postcode"))
    if scripts:
        expect(summary).to_be_focused()
    summary.get_by_role("link").click()
    if scripts:
        expect(field).to_be_focused()
    before = entries(page).count()
    field.fill("SE1 9GF")
    page.get_by_role("button", name="Continue").click()
    replied(page, before)
    expect(page).not_to_have_title(re.compile("^Error: "))


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_question_in_the_middle_is_answered_and_the_place_kept(
    new_page: NewPage, turns: ScriptedTurns, scripts: bool
) -> None:
    page = at_the_postcode(new_page(scripts=scripts))
    page.locator("summary").click()
    page.locator("#aside").fill("how much does it cost?")
    before = entries(page).count()
    page.get_by_role("button", name="Send").click()
    replied(page, before)
    expect(page.get_by_role("log")).to_contain_text("It is free")
    expect(page.get_by_label("What is your postcode?")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_nothing_is_sent_when_nothing_was_entered(
    new_page: NewPage, turns: ScriptedTurns, scripts: bool
) -> None:
    page = new_page(scripts=scripts)
    page.goto("/chat")
    taken = len(turns.taken)
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("Enter a message")
    assert len(turns.taken) == taken


def test_pressing_twice_is_one_turn(new_page: NewPage, turns: ScriptedTurns) -> None:
    page = new_page()
    page.goto("/chat")
    page.locator("#answer").fill("my bin was missed")
    taken = len(turns.taken)
    page.get_by_role("button", name="Send").dblclick()
    replied(page, 2)
    assert len(turns.taken) == taken + 1


def test_the_back_button_shows_where_the_chat_is_now(new_page: NewPage) -> None:
    page = new_page(scripts=False)
    page.goto("/chat")
    say(page, "my bin was missed")
    page.go_back()
    expect(page.locator(".app-entry--you")).to_have_count(1)
    expect(page.get_by_role("button", name="Continue")).to_be_visible()


def test_the_same_answer_from_two_tabs_is_one_turn(new_page: NewPage, turns: ScriptedTurns) -> None:
    page = new_page(scripts=False)
    page.goto("/chat")
    other = page.context.new_page()
    other.goto("/chat")
    say(page, "my bin was missed")
    taken = len(turns.taken)
    other.locator("#answer").fill("my bin was missed")
    other.get_by_role("button", name="Send").click()
    expect(other.get_by_text("Do you want to report a missed bin now?")).to_be_visible()
    expect(other.locator(".app-entry--you")).to_have_count(1)
    assert len(turns.taken) == taken


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_an_old_tab_cannot_answer_the_wrong_question(
    new_page: NewPage, turns: ScriptedTurns, scripts: bool
) -> None:
    page = new_page(scripts=scripts)
    page.goto("/chat")
    say(page, "my bin was missed")
    page.get_by_label("Yes", exact=True).check()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_label("Blue bin (recycling)")).to_be_visible()
    old = page.context.new_page()
    old.route("**/events*", lambda route: route.abort())
    old.goto("/chat")
    old.get_by_label("Blue bin (recycling)").check()
    page.get_by_label("Black bin (rubbish)").check()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_label("What is your postcode?")).to_be_visible()
    taken = len(turns.taken)
    old.get_by_role("button", name="Continue").click()
    expect(old.locator(".app-notice")).to_contain_text("Blue bin (recycling)")
    expect(old.get_by_label("What is your postcode?")).to_be_visible()
    assert len(turns.taken) == taken


def test_when_the_connection_fails_nothing_typed_is_lost(new_page: NewPage, turns: ScriptedTurns) -> None:
    page = new_page()
    page.goto("/chat")
    page.route("**/messages", lambda route: route.abort())
    page.locator("#answer").fill("my bin was missed")
    page.get_by_role("button", name="Send").click()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("We could not send your message")
    expect(page.locator("#answer")).to_have_value("my bin was missed")
    page.unroute("**/messages")
    page.get_by_role("button", name="Send").click()
    replied(page, 2)
    expect(page.locator(".app-entry--you")).to_have_count(1)


def test_a_reply_that_got_lost_on_the_way_is_not_a_second_turn(
    new_page: NewPage, turns: ScriptedTurns
) -> None:
    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    page = new_page()
    page.goto("/chat")
    taken = len(turns.taken)
    page.route("**/events*", lambda route: route.abort())
    page.route("**/messages", lose)
    page.locator("#answer").fill("my bin was missed")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.unroute("**/messages")
    page.get_by_role("button", name="Send").click()
    replied(page, 2)
    assert len(turns.taken) == taken + 1


def test_where_the_script_is_at_a_loss_the_browser_sends_the_form(new_page: NewPage) -> None:
    page = new_page()
    page.goto("/chat")
    page.route("**/messages", lambda route: route.fulfill(status=502, body="Bad gateway"))
    say(page, "my bin was missed")
    expect(page.locator(".app-entry--you")).to_have_count(1)


def test_an_answer_that_comes_late_takes_its_place(new_page: NewPage, turns: ScriptedTurns) -> None:
    page = new_page()
    page.goto("/chat")
    say(page, "break")
    expect(page.get_by_role("log")).to_contain_text("we have a problem at our end")
    conversation = page.locator("#chat").get_attribute("data-conversation") or ""
    from bot.words import Say, Wording

    page.locator("#answer").fill("half a sentence")
    turns.answer_late(conversation, Say(Wording("It is mended now.")))
    expect(page.get_by_role("log")).to_contain_text("It is mended now.")
    expect(page.get_by_role("log")).not_to_contain_text("we have a problem")
    expect(page.locator("#answer")).to_have_value("half a sentence")
    turns.push(conversation, Say(Wording("Your bin was emptied today.")))
    expect(entries(page).last).to_contain_text("Your bin was emptied today.")
    before = entries(page).count()
    page.get_by_role("button", name="Send").click()
    replied(page, before)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_welsh_is_one_click_away_and_keeps_the_place(
    new_page: NewPage, turns: ScriptedTurns, scripts: bool
) -> None:
    page = new_page(scripts=scripts)
    page.goto("/chat")
    say(page, "my bin was missed")
    page.get_by_label("Yes", exact=True).check()
    before = entries(page).count()
    page.get_by_role("button", name="Continue").click()
    replied(page, before)
    page.get_by_role("link", name="Cymraeg").click()
    expect(page.locator("html")).to_have_attribute("lang", "cy")
    expect(page.get_by_role("group", name="Pa fin na chafodd ei gasglu?")).to_be_visible()
    expect(page.get_by_role("button", name="Parhau")).to_be_visible()
    page.reload()
    expect(page.locator(".app-entry--you")).to_have_count(2)


def test_a_shared_computer_keeps_nothing_once_the_chat_is_ended(new_page: NewPage) -> None:
    page = new_page(scripts=False)
    page.goto("/chat")
    say(page, "my bin was missed")
    page.get_by_role("button", name="End this chat").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You have ended the chat")
    page.go_back()
    expect(page.locator(".app-entry--you")).to_have_count(0)
    assert all("Monday" not in cookie["value"] for cookie in page.context.cookies())


def test_a_new_chat_begins_empty(new_page: NewPage) -> None:
    page = new_page()
    page.goto("/chat")
    say(page, "my bin was missed")
    page.get_by_role("button", name="Start a new chat").click()
    expect(page.locator(".app-entry--you")).to_have_count(0)
    expect(entries(page).first).to_contain_text("Hello")


def test_a_form_from_an_earlier_chat_says_so_and_keeps_what_was_typed(new_page: NewPage) -> None:
    page = new_page(scripts=False)
    page.goto("/chat")
    page.context.clear_cookies()
    page.locator("#answer").fill("my bin was missed")
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".app-notice")).to_contain_text("We could not find your earlier chat")
    expect(page.locator("#answer")).to_have_value("my bin was missed")
    say(page, "my bin was missed")
    expect(page.locator(".app-entry--you")).to_have_count(1)


def test_ten_thousand_characters_get_a_kind_reply(new_page: NewPage) -> None:
    page = new_page(scripts=False)
    page.goto("/chat")
    say(page, "ŵ" * 10_000)
    expect(entries(page).last).to_contain_text("too long")


def test_another_page_can_hold_the_chat(new_page: NewPage, base_url: str) -> None:
    page = new_page()
    page.route("**/shop", lambda r: r.fulfill(body=HOST_PAGE, content_type="text/html"))
    page.goto("/shop")
    launcher = page.get_by_role("link", name="Chat with us")
    launcher.click()
    frame = page.frame_locator("iframe")
    expect(frame.locator("#entries > li").first).to_contain_text("Hello")
    expect(frame.locator("header")).to_have_count(0)
    frame.locator("#answer").fill("my bin was missed")
    frame.get_by_role("button", name="Send").click()
    expect(frame.locator(".app-entry--you")).to_have_count(1)
    page.get_by_role("button", name="Close the chat").click()
    expect(launcher).to_be_focused()


HOST_PAGE = (
    "<!doctype html><html lang=en><title>A page</title><body><h1>A page</h1>"
    "<script src=/embed.js></script></body></html>"
)


def at_the_postcode(page: Page) -> Page:
    page.goto("/chat")
    say(page, "my bin was missed")
    for choice in ("Yes", "Black bin (rubbish)"):
        page.get_by_label(choice, exact=True).check()
        before = entries(page).count()
        page.get_by_role("button", name="Continue").click()
        replied(page, before)
    expect(page.get_by_label("What is your postcode?")).to_be_visible()
    return page
