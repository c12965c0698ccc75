"""Texts that Doorstep sends first: the stand-in for Twilio's REST API takes and refuses them as Twilio does."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from pydantic import SecretStr

from actions.settings import Settings
from bot.words import Say, Wording
from channels.channel import Code, SendFailed
from channels.simulator.standing_in import Inbox, is_ours, served, stand_in
from tests.channels.simulator.served_gateway import TOKEN, Served
from tests.until import until

ACCOUNT = "AC" + "0" * 32
MESSAGES = f"/try/twilio/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
FORM = {"To": "+447700900777", "From": "+447700900100", "Body": "It is mended."}
NEWS = Say(Wording("Your report WM-7K2P-9XQ4-6 is with the crew."))


def settings(**given: object) -> Settings:
    return Settings(_env_file=None, **given)  # type: ignore[call-arg,arg-type]


def test_without_an_account_texts_go_to_the_phones() -> None:
    changed = stand_in(settings(port=8123))
    assert changed.twilio_api_url == "http://127.0.0.1:8123/try/twilio"
    assert changed.twilio_account_sid == ACCOUNT


def test_with_an_account_or_in_production_they_go_to_twilio() -> None:
    for given in ({"twilio_account_sid": "AC1"}, {"env": "production"}):
        kept = settings(**given)
        assert stand_in(kept) is kept


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000"),
        ("0.0.0.0", "http://127.0.0.1:8000"),
        ("::", "http://[::1]:8000"),
        ("localhost", "http://localhost:8000"),
    ],
)
def test_it_is_reached_on_this_machine_whatever_it_listens_on(host: str, address: str) -> None:
    assert served(settings(host=host, public_url="https://help.westmoor.example")) == address


def test_only_the_account_with_its_token_may_send(http: httpx.Client) -> None:
    for auth in (None, (ACCOUNT, "wrong"), ("AC1", TOKEN)):
        answer = http.post(MESSAGES, data=FORM, auth=auth)
        assert answer.status_code == 401
        assert answer.json()["code"] == 20003
    assert not is_ours("Basic ŵŵ", SecretStr(TOKEN))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"To": ""}, 21604),
        ({"To": "07700 900777"}, 21211),
        ({"From": ""}, 21603),
        ({"Body": ""}, 21602),
        ({"Body": "a" * 1601}, 21617),
    ],
)
def test_what_twilio_refuses_is_refused_with_its_code(
    http: httpx.Client, change: dict[str, str], code: int
) -> None:
    answer = http.post(MESSAGES, data={**FORM, **change}, auth=(ACCOUNT, TOKEN))
    assert answer.status_code == 400
    assert answer.json()["code"] == code
    assert http.post(MESSAGES, data=FORM, auth=(ACCOUNT, TOKEN)).status_code == 201


def test_a_text_that_doorstep_sends_first_arrives_with_what_it_costs(
    served: Served, http: httpx.Client
) -> None:
    number = "+447700900881"
    sid = served.push(number, NEWS)
    arrived = http.get("/try/inbox", params={"number": number}).json()
    assert arrived == [
        {"sid": sid, "text": NEWS.wording.text, "segments": 1, "encoding": "GSM-7", "pence": 4.0}
    ]


def test_the_phone_is_told_only_of_what_it_has_not_seen() -> None:
    inbox = Inbox()
    first, second = inbox.receive("+447700900123", "one"), inbox.receive("+447700900123", "two")
    assert inbox.after("+447700900123", "") == [first, second]
    assert inbox.after("+447700900123", first.sid) == [second]
    assert inbox.after("+447700900123", second.sid) == []
    # The gateway was started again, and knows nothing of what the page saw.
    assert inbox.after("+447700900123", "SMforgotten") == [first, second]
    assert inbox.after("+447700900456", "") == []


def test_doorstep_is_told_that_the_text_was_delivered(served: Served, http: httpx.Client) -> None:
    def reports() -> float:
        route = 'route="channels/sms/twilio/status",status="200"'
        lines = [line for line in http.get("/metrics").text.splitlines() if route in line]
        return float(lines[0].rpartition(" ")[2]) if lines else 0.0

    before = reports()
    served.push("+447700900882", NEWS)
    assert until(lambda: reports() > before, 10)


def test_whoever_texts_stop_is_sent_nothing_until_they_text_start(served: Served, http: httpx.Client) -> None:
    number = "+447700900883"
    stopped = http.post("/try/text", json={"from": number, "body": " stop "}).json()
    assert stopped["answered_by_twilio"]
    assert stopped["texts"] == []
    with pytest.raises(SendFailed) as refused:
        served.push(number, NEWS)
    assert refused.value.code is Code.OPTED_OUT
    assert http.post("/try/text", json={"from": number, "body": "START"}).json()["answered_by_twilio"]
    assert served.push(number, NEWS)


def test_yes_is_an_answer_unless_they_had_opted_out(tmp_path: Path) -> None:
    inbox = Inbox()
    assert not inbox.texted("+447700900123", "yes")
    assert inbox.texted("+447700900123", "STOP")
    assert not inbox.texted("+447700900123", "hello")
    assert inbox.texted("+447700900123", "yes")
    assert "+447700900123" not in inbox.opted_out
