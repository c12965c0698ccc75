"""Finding a service, and what the desk shows of it."""

from __future__ import annotations

import pytest

from bot.catalogue import Catalogue
from channels.staff.finding import finder
from tests.channels.staff.served_desk import Browser


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("bin", "missed_bin"),
        ("recyling", "missed_bin"),
        ("BLUE BADGE", "blue_badge"),
        ("badg", "blue_badge"),
        ("fathodyn glas", "blue_badge"),
        ("fathodyn glâs", "blue_badge"),
        ("i look after my mum", "carers_assessment"),
        ("hole in the road", "pothole"),
        ("sofa", "bulky_waste"),
        ("gofalwr", "carers_assessment"),
        ("uni loan", "student_finance"),
    ],
)
def test_what_people_call_it_finds_it(content: Catalogue, typed: str, first: str) -> None:
    assert finder(content).find(typed)[0].id == first


def test_nothing_typed_is_everything_and_nonsense_is_nothing(content: Catalogue) -> None:
    made = finder(content)
    assert len(made.find("  ")) == len(content.services)
    assert made.find("xyzzy") == ()


def test_every_service_is_found_by_its_own_title_first(content: Catalogue) -> None:
    made = finder(content)
    for service in content.services.values():
        for title in service.title.values():
            assert made.find(title)[0].id == service.id


async def test_the_search_works_by_loading_pages_and_by_script(amina: Browser) -> None:
    for path in ("/staff?q=pothole", "/staff/find?q=pothole"):
        page = (await amina.get(path)).text
        assert "Report a pothole" in page
        assert "missed_bin" not in page
    assert "<html" not in (await amina.get("/staff/find?q=pothole")).text


async def test_a_search_that_finds_nothing_says_what_to_do(amina: Browser) -> None:
    page = (await amina.get("/staff?q=%3Cb%3Exyzzy")).text
    assert "Nothing fits" in page
    assert "<b>xyzzy" not in page


async def test_a_service_shows_its_answers_with_where_they_come_from(
    amina: Browser, content: Catalogue
) -> None:
    page = (await amina.get("/staff/services/missed_bin")).text
    for guidance in content.services["missed_bin"].guidance.values():
        assert f'id="en-{guidance.aspect}"' in page
        assert f'id="cy-{guidance.aspect}"' in page
        assert guidance.source.url in page
    assert "It is free to report a missed bin" in page
    assert "Key a request" in page


async def test_a_service_of_answers_only_offers_no_form(amina: Browser) -> None:
    page = (await amina.get("/staff/services/student_finance")).text
    assert "/staff/services/student_finance/request" not in page


async def test_every_service_has_its_page_and_its_form(amina: Browser, content: Catalogue) -> None:
    for service in content.services.values():
        page = await amina.get(f"/staff/services/{service.id}")
        assert page.status_code == 200
        if service.takes_requests:
            for language in ("en", "cy"):
                form = await amina.get(f"/staff/services/{service.id}/request?lang={language}")
                assert form.status_code == 200
                for question in service.questions:
                    assert f'id="about-{question.id}"' in form.text


async def test_a_service_that_is_none_is_told_kindly(amina: Browser) -> None:
    page = await amina.get("/staff/services/no_such")
    assert page.status_code == 404
    assert "We do not have that service" in page.text
