"""A colleague keys a request for a visitor."""

from __future__ import annotations

import asyncio
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actions import interview
from actions.answers.form import read_form
from actions.answers.kind import Heard, Refusal
from actions.records import audit, cases
from bot.catalogue import Catalogue
from channels.staff.form import drawn
from channels.staff.sessions import LIFETIME
from tests.channels.staff.served_desk import MISSED_BIN, PASSWORD, Browser, Inputs, everything

SAID = ["rubbish", "24 November", "yes", "1 High Street", "SW1A1AA", "no", "Alex Jones", "07700900123"]
"""The same answers as MISSED_BIN, as a person gives them one by one."""


async def stored(browser: Browser, reference: str) -> cases.StoredCase:
    found = await browser.served.runtime.database.run(cases.by_reference, reference)
    assert found is not None
    return found


async def test_a_keyed_request_is_the_case_that_a_conversation_would_have_made(
    amina: Browser, content: Catalogue
) -> None:
    reference = await amina.key()
    service, today = content.services["missed_bin"], amina.served.runtime.today()
    talk = interview.begin(service)
    for text in SAID:
        moved = interview.take(service, talk, Heard(text, "en", today, "typed", content.hears))
        assert not isinstance(moved, Refusal), moved
        talk = moved
    case = (await stored(amina, reference)).case
    assert {q: g.value for q, g in case.answers.items()} == {q: g.value for q, g in talk.answers.items()}
    assert {g.author for g in case.answers.values()} == {"staff:amina"}
    assert (case.door, case.taken_by, case.consent) == ("staff", "staff:amina", "in_person")


async def test_a_request_leaves_its_audit_and_one_delivery_for_each_recipient(amina: Browser) -> None:
    reference = await amina.key()
    case = await stored(amina, reference)
    assert [part.recipient for part in case.deliveries] == ["Westmoor Council waste team"]
    entries = await amina.served.runtime.database.run(audit.about, reference)
    assert [(e.by, e.what, e.detail) for e in entries] == [("staff:amina", "case:stored", "in_person")]


async def test_a_form_that_is_sent_twice_makes_one_case(amina: Browser) -> None:
    review = await amina.check(MISSED_BIN)
    path, form = "/staff/services/missed_bin/submit", everything(review.text)
    first, second = await asyncio.gather(amina.send(path, form), amina.send(path, form))
    assert first.headers["location"] == second.headers["location"]
    listing = await amina.served.runtime.database.run(cases.listing)
    assert listing.total == 1


async def test_a_form_that_comes_back_changed_is_not_taken_for_the_same(amina: Browser) -> None:
    """Someone presses Back after sending, changes an answer and sends again: they are told, not deceived."""
    review = await amina.check(MISSED_BIN)
    form = everything(review.text)
    await amina.send("/staff/services/missed_bin/submit", form)
    again = await amina.send("/staff/services/missed_bin/submit", {**form, "name": ["Somebody Else"]})
    assert again.status_code == 409
    assert "already sent" in again.text
    assert (await amina.served.runtime.database.run(cases.listing)).total == 1


async def test_two_forms_are_two_cases(amina: Browser) -> None:
    assert await amina.key() != await amina.key()


async def test_what_is_wrong_is_named_and_everything_typed_is_kept(amina: Browser) -> None:
    page = await amina.check({**MISSED_BIN, "postcode": "SE1", "consent": ""})
    assert page.status_code == 422
    assert 'href="#postcode"' in page.text
    assert 'href="#consent"' in page.text
    assert "<title>Error:" in re.sub(r"\s+", " ", page.text)
    for kept in ('value="SE1"', "1 High Street</textarea>", 'value="Alex Jones"', 'value="24"'):
        assert kept in page.text
    assert re.search(r'value="rubbish" checked', page.text)
    assert (await amina.served.runtime.database.run(cases.listing)).total == 0


async def test_changing_an_answer_brings_the_form_back_with_all_of_them(amina: Browser) -> None:
    review = await amina.check(MISSED_BIN)
    assert 'formaction="/staff/services/missed_bin/request#postcode"' in review.text
    form = {**everything(review.text), "do": "change"}
    page = await amina.send("/staff/services/missed_bin/request", form)
    assert page.status_code == 200
    assert 'value="Alex Jones"' in page.text
    assert Inputs(page.text).hidden["key"] == Inputs(review.text).hidden["key"]


async def test_the_language_changes_and_nothing_typed_is_lost(amina: Browser) -> None:
    page = await amina.get("/staff/services/missed_bin/request")
    form = {**Inputs(page.text).hidden, **MISSED_BIN, "do": "language:cy"}
    welsh = await amina.send("/staff/services/missed_bin/request", form)
    assert "Pa fin" in welsh.text
    assert re.search(r'value="rubbish" checked', welsh.text)
    assert Inputs(welsh.text).hidden["language"] == "cy"


async def test_a_request_in_welsh_makes_the_same_answers(amina: Browser) -> None:
    english, welsh = await amina.key(), await amina.key(lang="cy")
    one, other = (await stored(amina, english)).case, (await stored(amina, welsh)).case
    assert one.answers == other.answers
    assert other.language == "cy"


async def test_a_question_that_does_not_apply_is_ignored_whatever_stands_in_it(amina: Browser) -> None:
    reference = await amina.key({**MISSED_BIN, "gate_note": "By the side"})
    assert "gate_note" not in (await stored(amina, reference)).case.answers


async def test_a_question_says_when_it_is_asked(amina: Browser) -> None:
    page = await amina.get("/staff/services/missed_bin/request")
    assert "Only if: Behind a gate: Yes" in page.text
    assert "&#34;behind_gate&#34;: [&#34;true&#34;]" in page.text


async def test_the_answers_are_read_again_when_they_are_sent(amina: Browser) -> None:
    """A form that never went through the check cannot slip anything past it."""
    page = await amina.get("/staff/services/missed_bin/request")
    form = {**Inputs(page.text).hidden, **MISSED_BIN, "postcode": "nowhere"}
    sent = await amina.send("/staff/services/missed_bin/submit", form)
    assert sent.status_code == 422
    form = {**Inputs(page.text).hidden, **MISSED_BIN, "consent": "telepathy"}
    assert (await amina.send("/staff/services/missed_bin/submit", form)).status_code == 422


@pytest.mark.parametrize("service", ["student_finance", "no_such_thing", "../../etc"])
async def test_a_service_that_takes_no_requests_is_a_kind_404(amina: Browser, service: str) -> None:
    page = await amina.get(f"/staff/services/{service}/request")
    assert page.status_code == 404


async def test_what_was_typed_survives_a_session_that_ends_meanwhile(amina: Browser) -> None:
    page = await amina.get("/staff/services/missed_bin/request")
    amina.served.clock.forward(seconds=LIFETIME.total_seconds() + 1)
    form = {**Inputs(page.text).hidden, **MISSED_BIN, "do": "check"}
    asked = await amina.send("/staff/services/missed_bin/request", form)
    assert asked.status_code == 403
    assert "what you typed is kept" in asked.text
    held = Inputs(asked.text).hidden
    back = await amina.send("/staff/login", {**held, "username": "amina", "password": PASSWORD})
    form = await amina.send("/staff/services/missed_bin/request", everything(back.text) | {"do": "change"})
    assert 'value="Alex Jones"' in form.text


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.text(max_size=60) | st.sampled_from(["<script>alert(1)</script>", '"><img src=x>', "{{ 7*7 }}"])
)
def test_nothing_typed_becomes_markup(content: Catalogue, text: str) -> None:
    """The form's page, rendered with anything at all in a box."""
    from actions.settings import Settings
    from channels.assets.pages import Pages
    from channels.staff.channel import TEMPLATES

    service = content.services["missed_bin"]
    questions = drawn(service, {"name": [text], "address": [text]}, {}, "en", content)
    say = {"day": "d", "month": "m", "year": "y", "optional": "{question}", "only_if": "{condition}"}
    pages = Pages(content, Settings(_env_file=None), TEMPLATES)
    template = pages.environment.from_string(
        '{% from "question.html" import question %}{% for q in qs %}{{ question(q, say, "Error") }}{% endfor %}'
    )
    page, plain = (
        template.render(qs=held, say=say)
        for held in (questions, drawn(service, {"name": ["x"], "address": ["x"]}, {}, "en", content))
    )
    assert re.findall(r"<[a-z/]+", page) == re.findall(r"<[a-z/]+", plain)


def test_every_option_of_every_service_is_what_its_box_posts(content: Catalogue) -> None:
    """What a radio or a checkbox sends is read as that very option, in both languages."""
    wrong = []
    for service in content.services.values():
        for question in service.questions:
            for value, _ in question.options:
                for language in ("en", "cy"):
                    alone = type(question)(**{**question.__dict__, "only_if": {}})
                    one = type(service)(**{**service.__dict__, "questions": (alone,)})
                    answers, _ = read_form(one, {question.id: [value]}, language, content.on, content)
                    expected = [value] if question.kind == "choices" else value
                    if question.id not in answers or answers[question.id].value != expected:
                        wrong.append((service.id, question.id, value, language))
    assert wrong == []


def test_several_boxes_ticked_are_those_options(content: Catalogue) -> None:
    for service in content.services.values():
        for question in service.questions:
            if question.kind != "choices":
                continue
            values = [value for value, _ in question.options if value != "none"]
            alone = type(question)(**{**question.__dict__, "only_if": {}})
            one = type(service)(**{**service.__dict__, "questions": (alone,)})
            answers, refused = read_form(one, {question.id: values}, "en", content.on, content)
            assert not refused, (service.id, question.id)
            assert answers[question.id].value == values
