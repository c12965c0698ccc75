"""The list of cases, and one of them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from actions.cases import NotTaken
from actions.records import audit, cases, deliveries
from tests.channels.staff.served_desk import MISSED_BIN, Browser, Inputs


async def refuse(browser: Browser) -> str:
    """The only delivery, refused for good; gives its id."""
    runtime = browser.served.runtime
    held = await runtime.database.run(deliveries.take_due, runtime.now(), "worker", 30.0, system="register")
    assert held is not None
    await runtime.database.run(
        deliveries.failed, held.id, NotTaken("register:refused", retry=False), runtime.now(), None
    )
    return held.id


async def test_a_desk_without_cases_says_so(amina: Browser) -> None:
    assert "no cases yet" in (await amina.get("/staff/cases")).text


async def test_a_case_is_found_by_its_reference_however_typed(amina: Browser) -> None:
    one, other = await amina.key(), await amina.key()
    page = (await amina.get(f"/staff/cases?q={one.lower().replace('-', '+')}")).text
    assert one in page
    assert other not in page


async def test_cases_are_chosen_by_status_and_by_service(amina: Browser) -> None:
    reference = await amina.key()
    await refuse(amina)
    assert reference in (await amina.get("/staff/cases?status=failed")).text
    assert reference not in (await amina.get("/staff/cases?status=closed")).text
    assert reference in (await amina.get("/staff/cases?service=missed_bin")).text
    assert reference not in (await amina.get("/staff/cases?service=pothole")).text


@pytest.mark.parametrize(
    "query", ["page=999", "page=-1", "page=x", "status=nonsense", "service=%00", "q=%27%25_"]
)
async def test_a_strange_address_is_harmless(amina: Browser, query: str) -> None:
    await amina.key()
    assert (await amina.get(f"/staff/cases?{query}")).status_code == 200


async def test_more_cases_than_a_page_holds_are_on_the_next(amina: Browser) -> None:
    runtime = amina.served.runtime
    reference = await amina.key()
    case = (await runtime.database.run(cases.by_reference, reference)).case
    for number in range(30):
        amina.served.clock.forward(minutes=1)
        other = type(case)(
            **{**case.__dict__, "reference": f"WM-{number:04}-0000-X", "created": runtime.now()}
        )
        await runtime.database.run(cases.store, other, runtime.catalogue, now=runtime.now())
    first, second = await amina.get("/staff/cases"), await amina.get("/staff/cases?page=2")
    assert "31 cases" in first.text
    assert reference not in first.text
    assert reference in second.text
    assert 'href="?page=2"' in first.text


async def test_a_case_shows_answers_recipients_and_history(amina: Browser) -> None:
    reference = await amina.key()
    await refuse(amina)
    page = (await amina.get(f"/staff/cases/{reference}")).text
    for shown in (
        "Black bin (rubbish)", "SW1A 1AA", "amina (staff)", "Westmoor Council waste team", "Needs attention",
        "register:refused", "We took the request", "Refused for good", "In person",
    ):  # fmt: skip
        assert shown in page, shown


async def test_looking_at_a_case_is_noted(amina: Browser) -> None:
    reference = await amina.key()
    await amina.get(f"/staff/cases/{reference}")
    await amina.get(f"/staff/cases/{reference}/receipt")
    entries = await amina.served.runtime.database.run(audit.about, reference)
    assert [e.what for e in entries] == ["case:stored", "case:viewed", "case:receipt"]
    assert {e.by for e in entries} == {"staff:amina"}


async def test_what_was_refused_is_sent_again_once(amina: Browser) -> None:
    reference = await amina.key()
    delivery = await refuse(amina)
    page = await amina.get(f"/staff/cases/{reference}")
    path = f"/staff/cases/{reference}/deliveries/{delivery}/again"
    form = {"csrf": Inputs(page.text).hidden["csrf"]}
    assert (await amina.send(path, form)).headers["location"] == f"/staff/cases/{reference}?again=yes"
    assert (await amina.send(path, form)).headers["location"] == f"/staff/cases/{reference}?again=no"
    runtime = amina.served.runtime
    stored = await runtime.database.run(cases.by_reference, reference)
    assert [(part.state, part.attempts) for part in stored.deliveries] == [("queued", 0)]
    due = runtime.now() + timedelta(seconds=1)
    assert await runtime.database.run(deliveries.take_due, due, "worker", 30.0, system="register")


@pytest.mark.parametrize("reference", ["WM-0000-0000-0", "nonsense", "%3Cscript%3E", "WM-7K2P-9XQ4-6"])
async def test_a_reference_that_is_none_is_told_kindly(amina: Browser, reference: str) -> None:
    for path in (f"/staff/cases/{reference}", f"/staff/cases/{reference}/receipt"):
        page = await amina.get(path)
        assert page.status_code == 404
        assert "We do not have that case" in page.text
        assert "<script>" not in page.text


async def test_another_cases_delivery_is_not_ours_to_send(amina: Browser) -> None:
    one, other = await amina.key(), await amina.key()
    delivery = await refuse(amina)
    page = await amina.get(f"/staff/cases/{other}")
    form = {"csrf": Inputs(page.text).hidden["csrf"]}
    found = [
        await amina.send(f"/staff/cases/{reference}/deliveries/{delivery}/again", form)
        for reference in (one, other)
    ]
    assert sorted(answer.status_code for answer in found) == [303, 404]


async def test_what_a_visitor_says_stays_text_on_every_page(amina: Browser) -> None:
    evil = '<img src=x onerror="alert(1)"> & {{ 7 * 7 }}'
    reference = await amina.key({**MISSED_BIN, "address": f"1 High Street {evil}"})
    for path in (f"/staff/cases/{reference}", f"/staff/cases/{reference}/receipt"):
        page = (await amina.get(path)).text
        assert "<img src=x" not in page
        assert "&lt;img src=x" in page
        assert "{{ 7 * 7 }}" in page
