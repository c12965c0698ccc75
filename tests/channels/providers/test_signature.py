"""Whether a request is Twilio's, as Twilio's own library says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from twilio.request_validator import RequestValidator

from channels.channel import Refused, Request
from channels.providers.twilio import read_form, sign

TOKEN = "an-auth-token-of-the-tests"
PATH = "/channels/sms/twilio"
FORM = {"MessageSid": "SM1", "From": "+447700900123", "Body": "Methwyd fy min yn y tŷ", "ToCity": ""}

Signed = Callable[..., Request]


def refusal(request: Request, token: str = TOKEN) -> tuple[int, str]:
    with pytest.raises(Refused) as refused:
        read_form(request, token)
    return refused.value.status, refused.value.reason


def test_a_genuine_request_gives_its_fields(signed: Signed) -> None:
    assert dict(read_form(signed(PATH, FORM), TOKEN)) == FORM


@pytest.mark.parametrize("algorithm", ["HMAC_SHA1", "HMAC_SHA256"])
def test_both_of_twilios_algorithms_are_believed(signed: Signed, algorithm: str) -> None:
    assert dict(read_form(signed(PATH, FORM, algorithm=algorithm), TOKEN)) == FORM


def test_the_algorithm_is_the_one_that_the_header_names(signed: Signed) -> None:
    genuine = signed(PATH, FORM, algorithm="HMAC_SHA256")
    for settings in ("", "key=1,algorithm=HMAC_SHA1", "key=1,algorithm=HMAC_MD5"):
        headers = {**genuine.headers, "x-twilio-webhooks-signature-settings": settings}
        assert refusal(replace(genuine, headers=headers)) == (403, "signature_wrong")


def test_what_we_sign_twilios_library_believes() -> None:
    url = f"https://help.westmoor.example{PATH}"
    assert RequestValidator(TOKEN).validate(url, FORM, sign(url, FORM, TOKEN))
    assert RequestValidator(TOKEN).validate(url, FORM, sign(url, FORM, TOKEN, sha256=True), "HMAC_SHA256")


def test_a_missing_signature_is_refused(signed: Signed) -> None:
    genuine = signed(PATH, FORM)
    without = {name: value for name, value in genuine.headers.items() if name != "x-twilio-signature"}
    assert refusal(replace(genuine, headers=without)) == (403, "signature_missing")
    empty = {**genuine.headers, "x-twilio-signature": ""}
    assert refusal(replace(genuine, headers=empty)) == (403, "signature_missing")


@pytest.mark.parametrize("forged", ["AAAA", "é" * 28, "A" * 27 + "=", " "])
def test_a_forged_signature_is_refused(signed: Signed, forged: str) -> None:
    genuine = signed(PATH, FORM)
    headers = {**genuine.headers, "x-twilio-signature": forged}
    assert refusal(replace(genuine, headers=headers)) == (403, "signature_wrong")


def test_a_signature_by_another_token_is_refused(signed: Signed) -> None:
    assert refusal(signed(PATH, FORM, token="another")) == (403, "signature_wrong")


def test_an_altered_body_is_refused(signed: Signed) -> None:
    genuine = signed(PATH, FORM)
    for body in (genuine.body + b"&Extra=1", genuine.body.replace(b"900123", b"900124"), b"", b"{}"):
        assert refusal(replace(genuine, body=body)) == (403, "signature_wrong")


def test_a_field_said_twice_is_signed_twice(signed: Signed) -> None:
    genuine = signed(PATH, FORM)
    assert refusal(replace(genuine, body=genuine.body + b"&Body=another")) == (403, "signature_wrong")


@pytest.mark.parametrize(
    "url",
    [
        f"https://help.westmoor.example{PATH}?turn=2",
        f"https://other.westmoor.example{PATH}",
        f"http://help.westmoor.example{PATH}",
        f"https://help.westmoor.example{PATH}/status",
        f"https://help.westmoor.example:port{PATH}",
    ],
)
def test_an_altered_address_is_refused(signed: Signed, url: str) -> None:
    assert refusal(replace(signed(PATH, FORM), url=url)) == (403, "signature_wrong")


def test_the_query_is_signed_too(signed: Signed) -> None:
    genuine = signed("/channels/voice/twilio/turn?turn=2&keys=pbr", FORM)
    assert dict(read_form(genuine, TOKEN)) == FORM
    altered = replace(genuine, url=genuine.url.replace("turn=2", "turn=3"))
    assert refusal(altered) == (403, "signature_wrong")


def test_a_port_that_a_proxy_adds_changes_nothing(signed: Signed) -> None:
    genuine = signed(PATH, FORM)
    with_port = replace(genuine, url=genuine.url.replace(".example", ".example:443"))
    assert dict(read_form(with_port, TOKEN)) == FORM


def test_without_a_token_nothing_is_believed(signed: Signed) -> None:
    assert refusal(signed(PATH, FORM, token=""), token="") == (403, "no_auth_token")


@pytest.mark.parametrize("body", ["hello", "{}", "[1, 2]", "a=1&&b=2"])
def test_what_is_no_form_is_refused_as_such_once_it_is_twilios(signed: Signed, body: str) -> None:
    assert refusal(signed(PATH, body)) == (400, "not_a_form")


def test_what_is_no_form_may_be_signed_by_its_address_alone(signed: Signed) -> None:
    by_address = signed(PATH, "")
    assert refusal(replace(by_address, body=b"\xff\xfe\x00")) == (400, "not_a_form")


def test_a_form_of_too_many_fields_is_no_form(signed: Signed) -> None:
    body = "&".join(f"f{number}=1" for number in range(501))
    assert refusal(replace(signed(PATH, ""), body=body.encode())) == (400, "not_a_form")


@given(st.dictionaries(st.text(min_size=1, max_size=20), st.text(max_size=80), min_size=1, max_size=8))
def test_whatever_the_fields_a_genuine_request_is_read(fields: dict[str, str]) -> None:
    try:
        body = urlencode(fields)
    except UnicodeEncodeError:  # half a surrogate pair has no bytes
        return
    url = f"https://help.westmoor.example{PATH}"
    form = dict(parse_qsl(body, keep_blank_values=True))
    request = Request("POST", url, {"x-twilio-signature": sign(url, form, TOKEN)}, body.encode())
    assert dict(read_form(request, TOKEN)) == form
