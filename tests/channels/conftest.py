"""What the tests of the telephone channels share: settings, content, and requests signed as Twilio signs them."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from types import ModuleType
from urllib.parse import parse_qsl, urlencode

import pytest
from pydantic import SecretStr
from twilio.request_validator import RequestValidator

from actions.settings import Settings
from bot.catalogue import Catalogue, load
from channels.channel import Request

PUBLIC = "https://help.westmoor.example"
TOKEN = "an-auth-token-of-the-tests"
ACCOUNT = "AC" + "0" * 32

Signed = Callable[..., Request]


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load(on=date(2026, 11, 25))


@pytest.fixture
def settings() -> Settings:
    return Settings(
        _env_file=None,
        public_url=PUBLIC,
        twilio_account_sid=ACCOUNT,
        twilio_auth_token=SecretStr(TOKEN),
    )


@pytest.fixture
def signed() -> Signed:
    """A request as Twilio would sign it: `body` is a form, as text or as pairs."""

    def sign(
        path: str, body: str | Mapping[str, str], *, token: str = TOKEN, algorithm: str | None = None
    ) -> Request:
        raw = body if isinstance(body, str) else urlencode(body)
        params = dict(parse_qsl(raw, keep_blank_values=True))
        signature = RequestValidator(token).compute_signature(PUBLIC + path, params, algorithm)
        headers = {
            "content-type": "application/x-www-form-urlencoded; charset=UTF-8",
            "x-twilio-signature": signature,
        }
        if algorithm is not None:
            headers["x-twilio-webhooks-signature-settings"] = (
                f"key=webhooks_sharedkey_1,algorithm={algorithm}"
            )
        return Request("POST", PUBLIC + path, headers, raw.encode())

    return sign


@pytest.fixture
def recorded(signed: Signed) -> Callable[[Path], Request]:
    """A recorded request (`POST /path`, a blank line, the body), signed anew: the file keeps no signature."""

    def read(path: Path) -> Request:
        head, _, body = path.read_text(encoding="utf-8").partition("\n\n")
        return signed(head.split()[1], body.strip())

    return read


def peer(name: str) -> ModuleType:
    """A module of tests/peers, which is no package: tests are not importable by name."""
    path = Path(__file__).resolve().parents[1] / "peers" / f"{name}.py"
    key = f"doorstep_peer_{name}"
    if key not in sys.modules:
        spec = importlib.util.spec_from_file_location(key, path)
        assert spec is not None
        assert spec.loader is not None
        sys.modules[key] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[key])
    return sys.modules[key]


@pytest.fixture
def twilio_api() -> Iterator[object]:
    """Twilio's Messages API, on loopback."""
    with peer("twilio").TwilioPeer(ACCOUNT, TOKEN) as server:
        yield server
