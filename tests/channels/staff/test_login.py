"""Who gets in, and how long they stay."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from actions.records import audit, staff
from bot.catalogue import Catalogue
from channels.staff.sessions import IDLE, LIFETIME, Sessions
from tests.channels.staff.served_desk import NOON, PASSWORD, Browser, Inputs, Served, serving

INSIDE = [
    ("GET", "/staff"),
    ("GET", "/staff/find?q=bin"),
    ("GET", "/staff/services/missed_bin"),
    ("GET", "/staff/services/missed_bin/request"),
    ("POST", "/staff/services/missed_bin/request"),
    ("POST", "/staff/services/missed_bin/submit"),
    ("GET", "/staff/cases"),
    ("GET", "/staff/cases/WM-7K2P-9XQ4-6"),
    ("GET", "/staff/cases/WM-7K2P-9XQ4-6/receipt"),
    ("POST", "/staff/cases/WM-7K2P-9XQ4-6/deliveries/1/again"),
    ("POST", "/staff/logout"),
]


@pytest.mark.parametrize(("method", "path"), INSIDE)
async def test_no_page_is_shown_to_who_has_not_signed_in(browser: Browser, method: str, path: str) -> None:
    answer = await browser.http.request(method, path, data={"csrf": "x"} if method == "POST" else None)
    if method == "GET":
        assert answer.status_code == 303
        assert answer.headers["location"].startswith("/staff/login?next=")
    else:
        assert answer.status_code == 403
        assert "Sign in" in answer.text


async def test_signing_in_leads_to_where_one_wanted_to_go(browser: Browser) -> None:
    sent = await browser.get("/staff/cases?status=failed")
    answer = await browser.sign_in(following=f"?{sent.headers['location'].partition('?')[2]}")
    assert (answer.status_code, answer.headers["location"]) == (303, "/staff/cases?status=failed")


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/staff",
        "/\\evil.example",
        "/chat",
        "/staff//evil",
        "javascript:1",
    ],
)
async def test_signing_in_leads_nowhere_else(browser: Browser, elsewhere: str) -> None:
    held = Inputs((await browser.get("/staff/login")).text).hidden
    answer = await browser.send(
        "/staff/login", {**held, "next": elsewhere, "username": "amina", "password": PASSWORD}
    )
    assert (answer.status_code, answer.headers["location"]) == (303, "/staff")


@pytest.mark.parametrize(("username", "password"), [("amina", "wrong"), ("nobody", PASSWORD)])
async def test_a_wrong_password_and_an_unknown_name_are_told_the_same(
    browser: Browser, username: str, password: str
) -> None:
    answer = await browser.sign_in(username, password)
    assert answer.status_code == 422
    assert "Enter the right username and password" in answer.text
    assert f'value="{username}"' in answer.text
    assert password not in answer.text


async def fail(browser: Browser, username: str, address: str, times: int) -> None:
    """Wrong passwords, some time before."""
    runtime = browser.served.runtime
    for _ in range(times):
        await runtime.database.run(staff.attempted, username, address, False, runtime.now())


async def test_after_five_wrong_passwords_even_the_right_one_waits(browser: Browser) -> None:
    await fail(browser, "amina", "192.0.2.1", 4)
    assert (await browser.sign_in(password="wrong")).status_code == 422
    waiting = await browser.sign_in()
    assert waiting.status_code == 429
    assert "Wait 15 minutes" in waiting.text
    browser.served.clock.forward(minutes=16)
    assert (await browser.sign_in()).status_code == 303


async def test_many_names_from_one_address_wait_too(browser: Browser) -> None:
    for number in range(20):
        await fail(browser, f"user{number}", "127.0.0.1", 1)
    assert (await browser.sign_in()).status_code == 429


async def test_guesses_made_all_at_once_are_counted_too(browser: Browser) -> None:
    await fail(browser, "amina", "192.0.2.1", 3)
    await browser.get("/staff/login")
    answers = await asyncio.gather(*(browser.sign_in(password="wrong") for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [422, 422, 429, 429]


async def test_a_name_in_capitals_is_the_same_name(browser: Browser) -> None:
    assert (await browser.sign_in(" Amina ")).status_code == 303


async def test_a_sign_in_form_that_is_not_ours_is_refused(browser: Browser) -> None:
    await browser.get("/staff/login")
    answer = await browser.send("/staff/login", {"csrf": "forged", "username": "amina", "password": PASSWORD})
    assert answer.status_code == 403
    assert (await browser.get("/staff")).status_code == 303


@pytest.mark.parametrize("path", [path for method, path in INSIDE if method == "POST"])
async def test_a_form_without_our_token_is_refused(amina: Browser, path: str) -> None:
    for forged in ({}, {"csrf": ""}, {"csrf": "forged"}):
        answer = await amina.send(path, forged)
        assert answer.status_code == 403
    assert (await amina.get("/staff")).status_code == 200


async def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(browser: Browser) -> None:
    answer = await browser.sign_in()
    [cookie] = [c for c in answer.headers.get_list("set-cookie") if c.startswith("doorstep_desk=")]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Path=/" in cookie
    assert "Secure" not in cookie


async def test_over_https_the_cookie_is_secure_and_of_this_host(tmp_path: Path, content: Catalogue) -> None:
    async with serving(tmp_path, content, public_url="https://help.westmoor.example") as served:
        answer = await served.browser().get("/staff/login")
    [cookie] = answer.headers.get_list("set-cookie")
    assert cookie.startswith("__Host-doorstep_sign_in=")
    assert "Secure" in cookie
    assert "max-age" in answer.headers["strict-transport-security"]


async def test_an_untouched_desk_asks_again_and_a_used_one_does_not(amina: Browser) -> None:
    for _ in range(3):
        amina.served.clock.forward(seconds=IDLE.total_seconds() - 60)
        assert (await amina.get("/staff")).status_code == 200
    amina.served.clock.forward(seconds=IDLE.total_seconds() + 1)
    assert (await amina.get("/staff")).status_code == 303


async def test_a_session_ends_however_busy(amina: Browser) -> None:
    passed = timedelta(0)
    while passed < LIFETIME:
        assert (await amina.get("/staff")).status_code == 200
        passed += timedelta(minutes=50)
        amina.served.clock.forward(minutes=50)
    assert (await amina.get("/staff")).status_code == 303


async def test_signing_out_ends_the_session_itself(amina: Browser) -> None:
    kept = dict(amina.http.cookies)
    csrf = Inputs((await amina.get("/staff")).text).hidden["csrf"]
    answer = await amina.send("/staff/logout", {"csrf": csrf})
    assert answer.status_code == 303
    amina.http.cookies.update(kept)
    assert (await amina.get("/staff")).status_code == 303


async def test_whoever_is_disabled_is_out_at_once_and_cannot_come_back(amina: Browser) -> None:
    runtime = amina.served.runtime
    await runtime.database.run(staff.set_disabled, "amina", True, runtime.now(), by="console")
    assert (await amina.get("/staff")).status_code == 303
    assert (await amina.sign_in()).status_code == 422


async def test_a_sign_in_is_in_the_audit(amina: Browser) -> None:
    entries = await amina.served.runtime.database.run(audit.about, "amina")
    assert [e.what for e in entries] == ["staff:added", "staff:login"]


@pytest.fixture
async def empty(tmp_path: Path, content: Catalogue) -> AsyncIterator[Served]:
    async with serving(tmp_path, content, people=False) as served:
        yield served


async def test_a_desk_without_people_says_how_to_make_the_first(empty: Served) -> None:
    assert "doorstep staff add" in (await empty.browser().get("/staff/login")).text


async def test_a_desk_with_people_does_not(browser: Browser) -> None:
    assert "doorstep staff add" not in (await browser.get("/staff/login")).text


@pytest.mark.parametrize("value", ["", "x", "a.b.c", "a.1", ".", "..", "é.ü.x", "token.99.", "a.b.c.d"])
def test_a_cookie_that_we_did_not_make_opens_nothing(value: str) -> None:
    sessions = Sessions(b"secret", secure=False)
    assert sessions.token_in(value, NOON) is None
    assert sessions.token_in(None, NOON) is None
    token = sessions.sealed("token", NOON)
    assert sessions.token_in(token, NOON) == "token"
    assert Sessions(b"other", secure=False).token_in(token, NOON) is None
