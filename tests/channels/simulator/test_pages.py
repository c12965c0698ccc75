"""`/try`: there in development, and nowhere else; what the phones do goes through the real, signed webhooks."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from channels.simulator.pages import FILES
from tests.channels.simulator.served_gateway import Served, serving

CALLER = "+441632960789"


def test_the_phones_are_there_in_development(http: httpx.Client) -> None:
    assert http.get("/").headers["location"] == "/try"
    page = http.get("/try")
    assert page.status_code == 200
    assert "frame-ancestors 'none'" in page.headers["content-security-policy"]
    for name in FILES:
        assert f"/try/files/{name}" in page.text or name in ("keypad.js", "speech.js", "post.js")
        assert http.get(f"/try/files/{name}").status_code == 200
    assert http.get("/try/files/pages.py").status_code == 404
    icon = page.text.partition('rel="icon" href="')[2].partition('"')[0]
    assert http.get(icon).headers["content-type"] == "image/svg+xml"


def test_in_production_there_is_no_trace_of_them(tmp_path: Path) -> None:
    secrets = {"encryption_keys": "y" * 43 + "=", "session_secret": "a secret", "env": "production"}
    with serving(tmp_path, **secrets) as served, httpx.Client(base_url=served.url) as http:
        assert http.get("/").headers["location"] == "/chat"
        for path in ("/try", "/try/", "/try/files/phone.js", "/try/inbox"):
            assert http.get(path).status_code == 404
        for path in ("/try/text", "/try/call", f"/try/twilio/2010-04-01/Accounts/AC{'0' * 32}/Messages.json"):
            assert http.post(path, json={"from": CALLER}).status_code == 404


def test_the_chat_may_stand_in_the_page(http: httpx.Client) -> None:
    chat = http.get("/chat", params={"embedded": "1"})
    assert "frame-ancestors 'self'" in chat.headers["content-security-policy"]
    assert "/chat?embedded=1" in http.get("/try").text


def test_a_text_is_answered_with_segments_and_cost(served: Served, http: httpx.Client) -> None:
    answer = http.post("/try/text", json={"from": "+447700900801", "body": "my bin was missed"}).json()
    assert "free to report" in answer["texts"][0]["text"]
    assert answer["texts"][0]["segments"] == 1
    assert answer["texts"][0]["pence"] == 4.0
    assert answer["sent"] == {"segments": 1, "encoding": "GSM-7"}
    assert "Body=my bin was missed" in answer["posted"]
    assert "X-Twilio-Signature" in answer["posted"]
    assert "<Message>" in answer["twiml"]
    assert served.turns.taken[-1].text == "my bin was missed"


def test_a_picture_is_passed_on(served: Served, http: httpx.Client) -> None:
    assert http.post("/try/text", json={"from": "+447700900802", "body": "", "media": 1}).status_code == 200
    assert served.turns.taken[-1].media == 1


def test_a_call_is_made_answered_by_speech_keys_and_silence_and_ended(
    served: Served, http: httpx.Client
) -> None:
    heard = http.post("/try/call", json={"from": CALLER}).json()
    assert heard["spoken"][0]["language"] == "en-GB"
    for said, control in (({"speech": "my bin was missed"}, None), ({"keys": "1"}, None), ({}, "silence")):
        answer = {"from": CALLER, "call": heard["call"], "action": heard["gather"]["action"], **said}
        heard = http.post("/try/call/heard", json=answer).json()
        assert heard["spoken"], heard
        assert served.turns.taken[-1].control == control
        assert served.turns.taken[-1].text == said.get("speech", said.get("keys", ""))
    over = http.post("/try/call/over", json={"from": CALLER, "call": heard["call"]}).json()
    assert "CallStatus=completed" in over["posted"]
    assert served.turns.taken[-1].control == "hang_up"


def test_a_withheld_caller_is_nobody_in_particular(served: Served, http: httpx.Client) -> None:
    first, second = (http.post("/try/call", json={"from": "+266696687"}).json()["call"] for _ in range(2))
    assert first != second
    assert [inbound.conversation for inbound in served.turns.taken[-2:]] == [first, second]


@pytest.mark.parametrize("path", ["/try/text", "/try/call", "/try/call/heard", "/try/call/over"])
def test_what_no_phone_of_ours_posts_is_refused_in_words(http: httpx.Client, path: str) -> None:
    for sent in (
        {"json": {}},
        {"json": []},
        {"json": {"from": 7}},
        {"content": b"{", "headers": {"content-type": "application/json"}},
        {"content": b'{"from": "+447700900123"}', "headers": {"content-type": "text/plain"}},
        {"data": {"from": "+447700900123"}},
    ):
        answer = http.post(path, **sent)
        assert answer.status_code == 400, sent
        assert answer.json()["problem"]


@pytest.mark.parametrize("media", [-1, 11, "many"])
def test_so_many_pictures_no_phone_sends(http: httpx.Client, media: object) -> None:
    answer = http.post("/try/text", json={"from": "+447700900123", "body": "x", "media": media})
    assert answer.status_code == 400


def test_a_call_that_would_leave_this_machine_is_told(http: httpx.Client) -> None:
    answer = http.post(
        "/try/call/heard", json={"from": CALLER, "call": "CA1", "action": "https://elsewhere.example/"}
    )
    assert answer.status_code == 502
    assert "elsewhere.example" in answer.json()["problem"]
