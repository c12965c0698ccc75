"""The built files and the statements, as a browser gets them."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from channels.assets.build import BUILT
from tests.browser.served import serving
from tests.peers.turns import ScriptedTurns


@pytest.fixture(scope="module", params=["development", "production"])
def client(request: pytest.FixtureRequest) -> Iterator[httpx.Client]:
    with serving(ScriptedTurns(), env=request.param) as address, httpx.Client(base_url=address) as client:
        yield client


def stylesheet(client: httpx.Client) -> str:
    page = client.get("/accessibility").text
    return page.partition('rel="stylesheet" href="')[2].partition('"')[0]


def test_a_page_names_files_that_are_there(client: httpx.Client) -> None:
    response = client.get(stylesheet(client))
    assert response.status_code == 200
    assert response.headers["content-type"] == "text/css; charset=utf-8"
    assert response.headers["content-encoding"] == "gzip"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.text == (BUILT / "doorstep.css").read_text(encoding="utf-8")


def test_a_browser_that_cannot_unpack_gets_the_file_whole(client: httpx.Client) -> None:
    response = client.get(stylesheet(client), headers={"accept-encoding": "identity"})
    assert "content-encoding" not in response.headers
    assert response.content == (BUILT / "doorstep.css").read_bytes()


def test_only_the_address_of_these_very_files_is_kept_for_good(client: httpx.Client) -> None:
    old = client.get("/assets/000000000000/doorstep.css")
    assert old.status_code == 200
    assert old.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    "name", ["fingerprint", "..%2fpackage.json", "nothing.css", "doorstep.css.gz", "%2e%2e"]
)
def test_nothing_else_is_served(client: httpx.Client, name: str) -> None:
    assert client.get(f"/assets/x/{name}").status_code == 404


def test_the_statements_speak_both_languages(client: httpx.Client) -> None:
    assert "Accessibility statement" in client.get("/accessibility").text
    assert "Datganiad hygyrchedd" in client.get("/accessibility?lang=cy").text
    assert "Hysbysiad preifatrwydd" in client.get("/privacy?lang=cy").text
    assert '<html lang="en"' in client.get("/privacy?lang=fr").text
