"""The receipt that a visitor takes home."""

from __future__ import annotations

import re

from tests.channels.staff.served_desk import MISSED_BIN, Browser

MOVED = {
    "moved_on-day": "20", "moved_on-month": "11", "moved_on-year": "2026",
    "old_address": "1 High Street", "old_postcode": "SW1A 1AA",
    "new_address": "2 Low Road", "new_postcode": "SE1 9GF", "own_or_rent": "rent", "adults": "2",
    "name": "Alex Jones",
    "date_of_birth-day": "27", "date_of_birth-month": "3", "date_of_birth-year": "1984",
    "tell_dwp": "false", "tell_hmrc": "false", "tell_dvla": "true",
    "consent": "written",
}  # fmt: skip


async def receipt(browser: Browser, reference: str) -> str:
    page = await browser.get(f"/staff/cases/{reference}/receipt")
    assert page.status_code == 200
    return re.sub(r"\s+", " ", page.text)


async def test_it_has_all_that_a_visitor_needs(amina: Browser) -> None:
    reference = await amina.key()
    page = await receipt(amina, reference)
    for shown in (
        f'app-sheet__reference">{reference}<', "Report a missed bin collection", "What happens next",
        "within 3 working days", "01632 960 100", "Black bin (rubbish)", "24 November 2026",
        "Westmoor Council waste team gets:", "Amina Khan typed it in for you.",
        "You agreed to this in person.", "Taken on 25 November 2026, 12:00pm.",
    ):  # fmt: skip
        assert shown in page, shown


async def test_it_is_in_the_language_of_the_visitor(amina: Browser) -> None:
    page = await receipt(amina, await amina.key(lang="cy"))
    assert '<html lang="cy"' in page
    for shown in ("Mae gennym eich cais", "Rhoi gwybod am fin heb ei gasglu", "24 Tachwedd 2026"):
        assert shown in page, shown
    assert "What happens next" not in page


async def test_it_names_each_recipient_with_what_it_gets_and_no_more(amina: Browser) -> None:
    page = await receipt(amina, await amina.key(MOVED, "change_of_address"))
    [dvla] = re.findall(r"Driver and Vehicle Licensing Agency gets: ([^.]*)\.", page)
    assert "Date of birth" in dvla
    assert "Own or rent" not in dvla
    assert "Department for Work" not in page


async def test_it_can_be_asked_for_again_later_by_anybody_at_the_desk(amina: Browser) -> None:
    reference = await amina.key(MISSED_BIN)
    assert await receipt(amina, reference) == await receipt(amina, reference)
