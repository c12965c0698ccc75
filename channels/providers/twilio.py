"""Twilio: whether a request is Twilio's, what its codes mean, and the call that sends a text.

Used by sms/ and voice/, and knows neither. The development phones and `doorstep talk` sign with `sign`, so
that what they post is checked exactly as Twilio's own requests are.

Pages, read on 25 November 2026:
- signatures: https://www.twilio.com/docs/usage/webhooks/webhooks-security
- sending: https://www.twilio.com/docs/messaging/api/message-resource
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

import httpx
from twilio.request_validator import (  # type: ignore[import-untyped]
    HMAC_SHA256,
    SIGNATURE_HEADER,
    SIGNATURE_SETTINGS_HEADER,
    RequestValidator,
    get_signature_algorithm,
)

from channels.channel import Address, Code, ProviderId, Refused, Request, SendFailed

_SIGNATURE = SIGNATURE_HEADER.lower()
_SIGNATURE_SETTINGS = SIGNATURE_SETTINGS_HEADER.lower()
_MOST_FIELDS = 500
_E164 = re.compile(r"\+[1-9]\d{6,14}")


class Form(Mapping[str, str]):
    """A request's form fields, each with all its values: the validator signs every one of them."""

    def __init__(self, pairs: list[tuple[str, str]]) -> None:
        self._values: dict[str, list[str]] = {}
        for name, value in pairs:
            self._values.setdefault(name, []).append(value)

    def __getitem__(self, name: str) -> str:
        return self._values[name][-1]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def getlist(self, name: str) -> list[str]:
        """Every value of a field: the name that Twilio's validator looks for."""
        return self._values[name]

    def needed(self, name: str) -> str:
        """A field that Twilio always sends. Raises Refused(400) where it is missing or empty."""
        value = self.get(name, "").strip()
        if not value:
            raise Refused(400, f"no_{name}")
        return value


def sign(url: str, params: Mapping[str, str], token: str, *, sha256: bool = False) -> str:
    """The `X-Twilio-Signature` that Twilio would send with these form fields to this URL."""
    algorithm = HMAC_SHA256 if sha256 else None
    return str(RequestValidator(token).compute_signature(url, dict(params), algorithm))


def read_form(request: Request, token: str) -> Form:
    """The fields of a request that Twilio signed.

    Raises Refused: 403 where the signature is missing or does not match, 400 where Twilio did sign the
    request and yet it is not a form. `token` is the account's auth token (or, where webhooks are signed with
    a shared key, that key's secret).
    """
    signature = request.headers.get(_SIGNATURE, "")
    if not signature:
        raise Refused(403, "signature_missing")
    if not token:
        # HMAC with an empty key is a signature that anybody can make.
        raise Refused(403, "no_auth_token")
    form, is_form = _form(request.body)
    algorithm = get_signature_algorithm(request.headers.get(_SIGNATURE_SETTINGS))
    # What is not a form has no fields to sign: Twilio then signs the URL alone.
    genuine = _matches(token, request.url, form, signature, algorithm) or (
        not is_form and _matches(token, request.url, Form([]), signature, algorithm)
    )
    if not genuine:
        raise Refused(403, "signature_wrong")
    if not is_form:
        raise Refused(400, "not_a_form")
    return form


def _matches(token: str, url: str, form: Form, signature: str, algorithm: str) -> bool:
    try:
        return bool(RequestValidator(token).validate(url, form, signature, algorithm))
    except ValueError:  # a URL whose port is no number
        return False


def _form(body: bytes) -> tuple[Form, bool]:
    """The fields, and whether the body is a form at all."""
    text = body.decode("latin-1")
    try:
        parse_qsl(text, keep_blank_values=True, strict_parsing=True, max_num_fields=_MOST_FIELDS)
        is_form = body.isascii()
    except ValueError:
        is_form = False
    # Blank values are signed too. Bytes that are not UTF-8 become U+FFFD, and the person is told that we cannot
    # read them: refusing the request would leave the text unanswered.
    pairs = parse_qsl(text, keep_blank_values=True, encoding="utf-8", errors="replace")
    return Form(pairs if len(pairs) <= _MOST_FIELDS else []), is_form


WITHHELD = frozenset(
    {
        "+266696687",  # ANONYMOUS on a keypad
        "+7378742833",  # RESTRICTED
        "+86282452253",  # UNAVAILABLE
        "+2562533",  # BLOCKED
        "+8656696",  # UNKNOWN
        "anonymous",
        "restricted",
        "unavailable",
        "blocked",
        "unknown",
        "private",
    }
)
"""What stands in `From` when the caller gave no number. The digits spell the word on a telephone's keys; they
look like E.164, and belong to everybody who withholds: never a key for anything."""


def is_withheld(number: str) -> bool:
    """Whether `From` says nothing about who it is."""
    return not number.strip() or number.strip().lower() in WITHHELD


def can_be_texted(number: str) -> bool:
    """Whether a text can go back to `From`: E.164, and not a withheld number's stand-in. Short codes and
    names such as "HMRC" only ever send."""
    return _E164.fullmatch(number) is not None and not is_withheld(number)


@dataclass(frozen=True)
class Meaning:
    """What a code of Twilio's comes to for us."""

    code: Code
    retry: bool


# Each is described at https://www.twilio.com/docs/api/errors/<code>; read on 25 November 2026. Twilio advises
# against hanging fine distinctions on codes, since it splits them over time: so a few broad meanings only.
CODES: Mapping[int, Meaning] = {
    20003: Meaning(Code.NOT_AUTHORISED, retry=False),  # authentication failed
    20403: Meaning(Code.NOT_AUTHORISED, retry=False),  # forbidden
    20429: Meaning(Code.RATE_LIMITED, retry=True),  # too many requests: not processed, safe to retry
    20500: Meaning(Code.PROVIDER_DOWN, retry=True),  # internal server error
    20503: Meaning(Code.PROVIDER_DOWN, retry=True),  # service unavailable
    21211: Meaning(Code.NOT_A_NUMBER, retry=False),  # invalid To
    21408: Meaning(Code.NOT_AUTHORISED, retry=False),  # the account may not text that country
    21606: Meaning(Code.NOT_AUTHORISED, retry=False),  # From is not ours, or cannot text
    21608: Meaning(Code.NOT_AUTHORISED, retry=False),  # a trial account texts verified numbers only
    21610: Meaning(Code.OPTED_OUT, retry=False),  # the person texted STOP
    21611: Meaning(Code.RATE_LIMITED, retry=True),  # From has too many messages queued
    21612: Meaning(Code.UNREACHABLE, retry=False),  # no route between From and To
    21614: Meaning(Code.LANDLINE, retry=False),  # To is not a mobile number
    21635: Meaning(Code.LANDLINE, retry=False),  # To cannot be a landline
    21730: Meaning(Code.PROVIDER_DOWN, retry=True),  # under maintenance
    30001: Meaning(Code.RATE_LIMITED, retry=True),  # queue overflow
    30002: Meaning(Code.NOT_AUTHORISED, retry=False),  # account suspended
    30003: Meaning(Code.UNREACHABLE, retry=True),  # handset off or out of reach
    30004: Meaning(Code.BLOCKED, retry=False),  # blocked by the person or the network
    30005: Meaning(Code.UNREACHABLE, retry=False),  # unknown handset: no longer in service
    30006: Meaning(Code.LANDLINE, retry=False),  # landline, or a carrier that cannot be reached
    30007: Meaning(Code.BLOCKED, retry=False),  # filtered as unwanted
    30410: Meaning(Code.PROVIDER_DOWN, retry=True),  # the carrier timed out
}
UNRECOGNISED = Meaning(Code.UNRECOGNISED, retry=True)


def meaning(code: str | int | None) -> Meaning:
    """What an error code means; a code that we do not know is UNRECOGNISED, and worth another try."""
    text = str(code or "")
    return CODES.get(int(text), UNRECOGNISED) if text.isdecimal() else UNRECOGNISED


@dataclass(frozen=True)
class Account:
    """Who sends, and where to."""

    sid: str
    token: str
    api_url: str


async def send_text(
    http: httpx.AsyncClient, account: Account, *, sender: str, to: Address, body: str, status_url: str
) -> ProviderId:
    """Hand one message to Twilio: its SID, or raises SendFailed.

    One call, no loop: the worker decides when to try again. Twilio takes no idempotency key for messages, so
    a call that was sent and never answered may become the same text twice. We prefer that to none.
    """
    if not account.sid or not account.token:
        raise SendFailed(Code.NOT_AUTHORISED, retry=False, detail="no_account")
    if not can_be_texted(to):
        raise SendFailed(Code.NOT_A_NUMBER, retry=False, detail="not_e164")
    try:
        response = await http.post(
            f"{account.api_url}/2010-04-01/Accounts/{account.sid}/Messages.json",
            data={"To": to, "From": sender, "Body": body, "StatusCallback": status_url},
            auth=(account.sid, account.token),
        )
    except httpx.TransportError as error:
        raise SendFailed(Code.PROVIDER_DOWN, retry=True, detail=type(error).__name__) from error
    answer = _json(response)
    if response.is_success and answer.get("sid"):
        return ProviderId(str(answer["sid"]))
    raise _failure(response.status_code, answer.get("code"))


def _json(response: httpx.Response) -> Mapping[str, Any]:
    try:
        answer = response.json()
    except ValueError:  # a proxy's page in place of Twilio's answer
        return {}
    return answer if isinstance(answer, dict) else {}


def _failure(status: int, code: object) -> SendFailed:
    known = meaning(str(code or ""))
    if known is not UNRECOGNISED:
        return SendFailed(known.code, retry=known.retry, detail=str(code))
    if status == 429:
        return SendFailed(Code.RATE_LIMITED, retry=True, detail="http_429")
    if status in (401, 403):
        return SendFailed(Code.NOT_AUTHORISED, retry=False, detail=f"http_{status}")
    if status >= 500:
        return SendFailed(Code.PROVIDER_DOWN, retry=True, detail=f"http_{status}")
    return SendFailed(Code.UNRECOGNISED, retry=True, detail=str(code or f"http_{status}"))
