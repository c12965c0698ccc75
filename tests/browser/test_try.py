"""The phones at /try in a browser: text, call and chat against the served gateway, by mouse and by keyboard."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from bot.words import Say, Wording
from tests.browser.conftest import NewPage
from tests.browser.test_accessibility import violations
from tests.channels.simulator.served_gateway import Served, serving


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(tmp_path_factory.mktemp("try")) as served:
        yield served


@pytest.fixture(scope="module")
def base_url(house: Served) -> str:
    return house.url


@pytest.fixture
def phones(new_page: NewPage) -> Page:
    page = new_page(width=1360, height=1100)
    page.goto("/try")
    return page


def bubbles(page: Page) -> Locator:
    return page.locator("#texts .bubble")


def text(page: Page, said: str) -> None:
    """Text it, and wait for the reply."""
    before = bubbles(page).count()
    page.get_by_label("Your text").fill(said)
    page.keyboard.press("Enter")
    expect(bubbles(page).nth(before + 1)).to_be_visible()


def heard(page: Page) -> Locator:
    return page.locator("#screen p:not(.mine)")


def listening(page: Page) -> None:
    expect(page.get_by_role("button", name="Say nothing")).to_be_enabled()


def dialled(page: Page) -> None:
    page.get_by_role("button", name="Call", exact=True).click()
    listening(page)


def say(page: Page, said: str) -> None:
    page.get_by_role("textbox", name="Say").fill(said)
    page.keyboard.press("Enter")
    expect(page.locator("#screen .mine").filter(has_text=said)).to_be_visible()
    listening(page)


def until_several(page: Page) -> None:
    """As far as a question that takes several keys, and # to end them."""
    for said in ("my bin was missed", "yes", "black bin", "SE1 9GF"):
        say(page, said)
    expect(page.locator("#listens")).to_contain_text("press the keys, then #")


def test_a_text_is_answered_with_its_segments_and_what_it_costs(phones: Page) -> None:
    text(phones, "my bin was missed")
    expect(bubbles(phones).last).to_contain_text("free to report")
    expect(bubbles(phones).last).to_contain_text("1 segment · GSM-7 · 4p")
    expect(phones.get_by_label("Your text")).to_be_focused()
    expect(phones.locator("#text-cost")).to_contain_text("4p so far")


def test_each_number_has_a_thread_of_its_own_that_survives_loading_the_page_again(phones: Page) -> None:
    text(phones, "how much does it cost")
    phones.locator("#text-from").select_option("+447700900456")
    expect(bubbles(phones)).to_have_count(0)
    phones.locator("#text-from").select_option("+447700900123")
    expect(bubbles(phones)).to_have_count(2)
    phones.reload()
    expect(bubbles(phones)).to_have_count(2)
    text(phones, "my bin was missed")
    expect(bubbles(phones)).to_have_count(4)


def test_a_picture_goes_along_once(phones: Page, house: Served) -> None:
    phones.get_by_label("with a picture").check()
    text(phones, "look")
    assert house.turns.taken[-1].media == 1
    expect(phones.get_by_label("with a picture")).not_to_be_checked()


def test_what_doorstep_sends_first_arrives_by_itself_and_once(phones: Page, house: Served) -> None:
    phones.locator("#text-from").select_option("+447700900456")
    house.push("+447700900456", Say(Wording("The crew has your report.")))
    arrived = bubbles(phones).filter(has_text="The crew has your report.")
    expect(arrived).to_contain_text("sent first by Doorstep")
    with phones.expect_response(lambda response: "/try/inbox" in response.url):
        pass
    phones.reload()
    with phones.expect_response(lambda response: "/try/inbox" in response.url):
        pass
    expect(arrived).to_have_count(1)


def test_stop_is_answered_by_twilio_alone(phones: Page) -> None:
    phones.locator("#text-from").select_option("+441632960789")
    text(phones, "STOP")
    expect(bubbles(phones).last).to_contain_text("Twilio itself confirms this")
    expect(phones.locator("#texts .theirs")).to_have_count(0)
    text(phones, "START")


def test_a_call_by_speech_and_by_key_until_it_is_hung_up(phones: Page, house: Served) -> None:
    dialled(phones)
    expect(heard(phones).first).to_contain_text("Hello.")
    expect(heard(phones).first).to_have_attribute("lang", "en-GB")
    say(phones, "my bin was missed")
    expect(phones.get_by_role("textbox", name="Say")).to_be_focused()
    phones.get_by_role("button", name="1", exact=True).click()
    expect(phones.locator("#screen .mine").last).to_contain_text("1")
    listening(phones)
    assert house.turns.taken[-1].manner == "keyed"
    with phones.expect_response("**/try/call/over"):
        phones.get_by_role("button", name="Hang up").click()
    assert house.turns.taken[-1].control == "hang_up"
    expect(phones.get_by_role("button", name="Call", exact=True)).to_be_focused()
    expect(phones.locator("#listens")).to_have_text("Nobody is on the line.")


@pytest.mark.parametrize("ending", ["#", "Done"])
def test_a_longer_answer_is_keyed_on_the_keyboard_and_ended(phones: Page, house: Served, ending: str) -> None:
    dialled(phones)
    until_several(phones)
    phones.get_by_role("button", name="7", exact=True).focus()
    phones.keyboard.type("12")
    expect(phones.locator("#keyed")).to_have_text("12")
    if ending == "Done":
        phones.get_by_role("button", name="Done").press("Enter")
    else:
        phones.keyboard.press(ending)
    expect(phones.locator("#screen .mine").last).to_contain_text("12")
    listening(phones)
    assert house.turns.taken[-1].text == "12"
    # Who keys stays at the keypad: the next answer needs no mouse.
    expect(phones.locator("#keys :focus")).to_have_count(1)


def test_keys_are_sent_when_no_more_are_pressed(phones: Page, house: Served) -> None:
    phones.clock.install()
    dialled(phones)
    until_several(phones)
    phones.locator("#keys button").first.focus()
    phones.keyboard.type("42")
    phones.clock.run_for(9_000)
    expect(phones.locator("#keyed")).to_have_text("42")
    phones.clock.run_for(1_500)
    expect(phones.locator("#screen .mine").last).to_contain_text("42")
    listening(phones)
    assert house.turns.taken[-1].text == "42"


def test_silence_is_told_and_the_call_goes_on(phones: Page, house: Served) -> None:
    dialled(phones)
    phones.get_by_role("button", name="Say nothing").click()
    expect(phones.locator("#screen .mine").last).to_contain_text("(silence)")
    listening(phones)
    assert house.turns.taken[-1].control == "silence"


def test_a_call_that_is_put_through_tells_where_and_what_if_nobody_answers(phones: Page) -> None:
    dialled(phones)
    phones.get_by_role("textbox", name="Say").fill("break")
    phones.keyboard.press("Enter")
    expect(phones.locator("#screen")).to_contain_text("put through to +441632960100")
    expect(phones.locator("#screen")).to_contain_text("If nobody answers:")
    expect(phones.locator("#screen p").last).to_have_text("The call has ended.")


def test_the_chat_works_in_the_page(phones: Page) -> None:
    chat = phones.frame_locator("#chat")
    chat.locator("#answer").fill("my bin was missed")
    chat.get_by_role("button", name="Send").click()
    expect(chat.locator("#entries")).to_contain_text("free to report")
    expect(chat.get_by_role("banner")).to_have_count(0)


def test_what_went_over_the_wire_can_be_read(phones: Page) -> None:
    text(phones, "hello")
    phones.locator("summary").click()
    expect(phones.locator("#posted")).to_contain_text("X-Twilio-Signature: ")
    expect(phones.locator("#posted")).to_contain_text("Body=hello")
    expect(phones.locator("#wire")).to_contain_text("<Message>")


@pytest.mark.parametrize("width", [1360, 320])
def test_axe_finds_no_violation_and_nothing_runs_off_a_small_screen(phones: Page, width: int) -> None:
    text(phones, "my bin was missed")
    dialled(phones)
    phones.locator("#keys button").first.focus()
    phones.locator("summary").click()
    phones.set_viewport_size({"width": width, "height": 900})
    assert phones.evaluate("document.scrollingElement.scrollWidth") <= width
    assert violations(phones) == []


def test_a_gateway_that_is_gone_is_told_and_nothing_typed_is_lost(phones: Page) -> None:
    phones.route("**/try/text", lambda route: route.abort())
    phones.get_by_label("Your text").fill("my bin was missed")
    phones.keyboard.press("Enter")
    expect(bubbles(phones).last).to_contain_text("is Doorstep still running?")
    expect(phones.get_by_label("Your text")).to_have_value("my bin was missed")
