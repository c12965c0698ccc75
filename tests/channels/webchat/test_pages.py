"""`/chat` by forms alone, as a browser without scripts sends them, and as nobody should."""

from __future__ import annotations

import re
from urllib.parse import urlencode

import httpx
import pytest

from tests.browser.served import serving
from tests.peers.turns import ScriptedTurns

FORM = {"content-type": "application/x-www-form-urlencoded"}


def fields(page: str) -> dict[str, str]:
    """The hidden fields of the first form that sends a message."""
    form = page[page.index("app-form") :]
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form)[:3])


def opened(client: httpx.Client) -> dict[str, str]:
    return fields(client.get("/chat").text)


def test_a_first_visit_is_greeted_once(client: httpx.Client, turns: ScriptedTurns) -> None:
    taken = len(turns.taken)
    first, again = client.get("/chat"), client.get("/chat")
    assert "Hello. Tell us what you need" in first.text
    assert "set-cookie" in first.headers
    assert "set-cookie" not in again.headers
    assert len(turns.taken) == taken + 1


def test_a_message_is_taken_and_the_page_asked_for_anew(client: httpx.Client) -> None:
    held = opened(client)
    sent = client.post("/chat", data={**held, "text": "my bin was missed"})
    assert sent.status_code == 303
    assert sent.headers["location"] == "/chat#latest"
    page = client.get("/chat").text
    assert "my bin was missed" in page
    assert "Do you want to report a missed bin now?" in page


def test_sending_a_form_twice_is_one_turn(client: httpx.Client, turns: ScriptedTurns) -> None:
    held = opened(client)
    taken = len(turns.taken)
    for _ in range(2):
        assert client.post("/chat", data={**held, "text": "my bin was missed"}).status_code == 303
    assert len(turns.taken) == taken + 1


def test_the_pages_say_what_may_run_and_who_may_frame_them(client: httpx.Client) -> None:
    for path in ("/chat", "/chat/ended", "/privacy", "/accessibility"):
        headers = client.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'self'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors" in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cache-control"] == "no-store"
    assert "https://www.westmoor.example" in client.get("/chat").headers["content-security-policy"]


def test_no_page_holds_a_script_a_style_or_a_handler(client: httpx.Client) -> None:
    for path in ("/chat", "/chat/ended", "/privacy", "/accessibility", "/chat?lang=cy"):
        page = client.get(path).text
        assert not re.search(r"<script(?![^>]*src=)|<style|\son\w+=|\sstyle=", page)
        assert not re.findall(r'(?:src|href)="(?:https?:)?//(?!www\.)', page)


def test_the_cookie_is_for_us_alone() -> None:
    with serving(ScriptedTurns(), public_url="https://help.westmoor.example") as address:
        response = httpx.get(f"{address}/chat")
    cookie = response.headers["set-cookie"]
    assert cookie.startswith("__Host-doorstep_chat=")
    for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert part in cookie
    assert "Max-Age" not in cookie
    assert "max-age" in response.headers["strict-transport-security"]


@pytest.mark.parametrize("spoilt", [{"csrf": "wrong"}, {"csrf": ""}, {"csrf": "ŵ"}])
def test_a_form_of_somebody_elses_says_nothing_for_a_person(
    client: httpx.Client, turns: ScriptedTurns, spoilt: dict[str, str]
) -> None:
    held = opened(client)
    taken = len(turns.taken)
    response = client.post("/chat", data={**held, **spoilt, "text": "my bin was missed"})
    assert response.status_code == 403
    assert "from an earlier chat" in response.text
    assert ">my bin was missed</textarea>" in response.text
    assert len(turns.taken) == taken


def test_a_chat_that_is_lost_keeps_what_was_typed(client: httpx.Client, turns: ScriptedTurns) -> None:
    held = opened(client)
    client.cookies.clear()
    response = client.post("/chat", data={**held, "text": "my bin was missed"})
    assert response.status_code == 403
    assert "could not find your earlier chat" in response.text
    assert ">my bin was missed</textarea>" in response.text
    again = client.post("/chat", data={**fields(response.text), "text": "my bin was missed"})
    assert again.status_code == 303


def test_ended_and_new_chats_need_our_form(client: httpx.Client) -> None:
    held = opened(client)
    client.post("/chat", data={**held, "text": "my bin was missed"})
    for path in ("/chat/end", "/chat/new"):
        assert "set-cookie" not in client.post(path, data={"csrf": "wrong"}).headers
        assert (
            "set-cookie" not in client.post(path, content=b"", headers={"content-type": "text/plain"}).headers
        )
    assert "app-entry--you" in client.get("/chat").text
    ended = client.post("/chat/end", data=held)
    assert ended.headers["location"] == "/chat/ended?lang=en"
    assert "doorstep_chat" not in client.cookies
    assert "app-entry--you" not in client.get("/chat").text


@pytest.mark.parametrize("text", ["", "   ", "\r\n"])
def test_an_empty_message_is_explained(client: httpx.Client, turns: ScriptedTurns, text: str) -> None:
    held = opened(client)
    taken = len(turns.taken)
    response = client.post("/chat", data={**held, "text": text})
    assert response.status_code == 422
    assert "<title>Error: " in response.text
    assert 'href="#answer"' in response.text
    assert len(turns.taken) == taken


@pytest.mark.parametrize("text", ["x" * 10_000, "🙂" * 10_000, "ŵŷ " * 3_333])
def test_ten_thousand_characters_get_a_reply_and_not_one_is_cut(
    client: httpx.Client, turns: ScriptedTurns, text: str
) -> None:
    held = opened(client)
    assert client.post("/chat", data={**held, "text": text}).status_code == 303
    assert turns.taken[-1].text == text
    assert "too long for us to read" in client.get("/chat").text


@pytest.mark.parametrize("size", [300_000, 1_500_000], ids=["for-us", "for-the-server"])
def test_a_body_that_is_far_too_large_is_refused_in_words(client: httpx.Client, size: int) -> None:
    held = opened(client)
    response = client.post("/chat", data={**held, "text": "x" * size})
    assert response.status_code == 413
    assert "Your message is too long" in response.text
    assert 'href="/chat"' in response.text


def test_bytes_that_are_no_text_are_taken_as_what_they_are(
    client: httpx.Client, turns: ScriptedTurns
) -> None:
    held = opened(client)
    body = urlencode(held).encode() + b"&text=%00%ff%fe\xc3\x28"
    assert client.post("/chat", content=body, headers=FORM).status_code == 303
    assert "\ufffd" in turns.taken[-1].text


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (b"{}", {"content-type": "application/json"}),
        (b"--x\r\n\r\n", {"content-type": "multipart/form-data; boundary=x"}),
        (b"a=b", {}),
        (b"&".join(b"a=b" for _ in range(200)), FORM),
    ],
)
def test_what_no_form_of_ours_sends_is_refused_in_words(
    client: httpx.Client, body: bytes, headers: dict[str, str]
) -> None:
    opened(client)
    response = client.post("/chat", content=body, headers=headers)
    assert response.status_code == 400
    assert "We could not read that" in response.text


def test_ticked_boxes_are_one_answer(client: httpx.Client, turns: ScriptedTurns) -> None:
    held = opened(client)
    body = urlencode([*held.items(), ("text", "A bag"), ("text", "A sofa")])
    client.post("/chat", content=body, headers=FORM)
    assert turns.taken[-1].text == "A bag, A sofa"


def test_a_button_speaks_before_the_box(client: httpx.Client, turns: ScriptedTurns) -> None:
    held = opened(client)
    client.post("/chat", data={**held, "text": "half an answer", "say": "person"})
    assert turns.taken[-1].text == "person"


def test_welsh_is_chosen_by_the_address_and_stays(client: httpx.Client, turns: ScriptedTurns) -> None:
    first = client.get("/chat?lang=cy")
    assert turns.taken[-1].language == "cy"
    assert '<html lang="cy"' in first.text
    assert '<html lang="cy"' in client.get("/chat").text
    taken = len(turns.taken)
    client.get("/chat?lang=cy")
    assert len(turns.taken) == taken
    assert '<html lang="en"' in client.get("/chat?lang=en").text


@pytest.mark.parametrize("lang", ["fr", "", "cy'", "%00"])
def test_an_unknown_language_changes_nothing(client: httpx.Client, lang: str) -> None:
    assert '<html lang="en"' in client.get(f"/chat?lang={lang}").text


def test_inside_another_page_there_is_neither_header_nor_footer(client: httpx.Client) -> None:
    page = client.get("/chat?embedded=1").text
    assert "<header" not in page
    assert "<footer" not in page
    held = fields(page)
    sent = client.post("/chat?embedded=1", data={**held, "text": "hello"})
    assert sent.headers["location"] == "/chat?embedded=1#latest"
    assert 'href="/chat?embedded=1&amp;lang=cy"' in page


def test_the_launcher_speaks_from_the_content(client: httpx.Client) -> None:
    script = client.get("/embed.js")
    assert script.headers["content-type"].startswith("text/javascript")
    assert "Chat with us" in script.text
    assert '"WORDS"' not in script.text


def test_the_privacy_notice_names_every_answer_of_every_service(
    client: httpx.Client, catalogue: object
) -> None:
    from bot.catalogue import Catalogue

    assert isinstance(catalogue, Catalogue)
    for language in ("en", "cy"):
        page = client.get(f"/privacy?lang={language}").text
        for service in catalogue.services.values():
            for question in service.questions:
                label = question.label[language].text  # type: ignore[index]
                assert label.replace("'", "&#39;") in page
