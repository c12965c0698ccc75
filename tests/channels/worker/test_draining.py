"""What becomes of a case after the person has their receipt."""

from __future__ import annotations

import asyncio

import httpx
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from actions.records import cases, deliveries, messages, opt_outs, turns
from actions.records.tables import Message
from actions.systems.open311 import client
from actions.systems.register import entries
from bot.words import Say, Wording
from tests import sample
from tests.channels.worker.conftest import House
from tests.peers.twilio import DOWN, OPTED_OUT, TOO_MANY
from tests.sample import PHONE, SECRET
from tests.until import soon


async def test_a_case_arrives_with_what_its_recipient_may_know_and_the_person_is_told(house: House) -> None:
    reference = await house.confirm()
    await house.worker().drain_once()
    (arrived,) = house.open311.requests
    assert arrived.form["phone"] == PHONE
    assert reference in arrived.form["description"]
    assert SECRET not in str(house.open311.log)
    case = await house.case(reference)
    assert (case.status, case.deliveries[0].their_reference) == ("accepted", "1000")
    assert arrived.key == case.deliveries[0].id
    assert await house.events(reference) == ["received", "accepted"]
    (text,) = house.texts()
    assert reference in text
    assert "1000" in text


async def test_a_welsh_speaker_is_told_in_welsh(house: House) -> None:
    turn = await house.database.run(sample.remember, house.clock(), language="cy")
    done = sample.finished("WM-7K2P-9XQ4-6")
    outcome = done.__class__(**{**done.__dict__, "state": turn.state})
    await house.database.run(turns.settle, turn.id, outcome, catalogue=house.catalogue, now=house.clock())
    await house.worker().drain_once()
    (text,) = house.texts()
    assert "mae eich cais wedi cyrraedd" in text


async def test_draining_again_does_nothing_again(house: House) -> None:
    await house.confirm()
    worker = house.worker()
    assert await worker.drain_once() == 2
    assert await worker.drain_once() == 0
    assert len(house.open311.requests) == 1
    assert len(house.texts()) == 1


async def test_one_that_was_hurt_goes_to_two_recipients_and_is_accepted_when_both_have_it(
    house: House,
) -> None:
    reference = await house.confirm(hurt=True, injury="a sprained wrist")
    await house.worker().drain_once()
    roads, claims = (stored.form for stored in house.open311.requests)
    assert "wrist" not in roads["description"]
    assert "wrist" in claims["description"]
    assert "phone" not in claims
    assert (await house.case(reference)).status == "accepted"


async def test_a_case_system_down_for_an_hour_has_every_case_when_it_is_back(house: House) -> None:
    house.open311.out_of_order = True
    references = [await house.confirm(f"SM{n}") for n in range(3)]
    worker = house.worker()
    for _ in range(60):
        await worker.drain_once()
        house.clock.forward(minutes=1)
    assert house.open311.requests == []
    assert [(await house.case(r)).status for r in references] == ["received"] * 3
    assert await house.events(references[0]) == ["received", "retry"], "sixty lines would say no more"
    assert house.texts() == []
    house.open311.out_of_order = False
    house.clock.forward(minutes=10)
    await worker.drain_once()
    assert len(house.open311.requests) == 3
    assert [(await house.case(r)).status for r in references] == ["accepted"] * 3


async def test_after_three_days_a_person_must_look_and_can_send_it_again(house: House) -> None:
    house.open311.out_of_order = True
    reference = await house.confirm()
    worker = house.worker()
    for _ in range(4):
        await worker.drain_once()
        house.clock.forward(days=1)
    case = await house.case(reference)
    assert (case.status, case.deliveries[0].state) == ("failed", "failed")
    assert (await house.events(reference))[-1] == "failed"
    assert await worker.drain_once() == 0
    house.open311.out_of_order = False
    assert await house.database.run(
        deliveries.try_again, case.deliveries[0].id, house.clock(), by="staff:ana"
    )
    assert not await house.database.run(
        deliveries.try_again, case.deliveries[0].id, house.clock(), by="staff:ana"
    )
    await worker.drain_once()
    assert (await house.case(reference)).status == "accepted"
    assert (await house.events(reference))[-2:] == ["asked_again", "accepted"]


async def test_a_refusal_for_good_is_not_tried_again_and_staff_see_why(house: House) -> None:
    house.serve(sample.pothole(system="open311", service_code="unheard_of"))
    reference = await house.confirm()
    worker = house.worker()
    await worker.drain_once()
    house.clock.forward(days=1)
    assert await worker.drain_once() == 0
    history = await house.database.run(cases.history, reference)
    assert history[-1].code == "failed"
    assert "open311:http_404" in (history[-1].detail or "")
    assert house.texts() == [], "the council sorts it out, the person has nothing to do"


async def test_a_token_becomes_a_reference_and_then_the_person_is_told(house: House) -> None:
    house.serve(sample.pothole(system="open311", service_code="lamp"))
    reference = await house.confirm()
    worker = house.worker()
    await worker.drain_once()
    assert (await house.case(reference)).status == "sent"
    house.clock.forward(minutes=1)
    await worker.drain_once()
    assert house.texts() == []
    house.open311.finish_tokens()
    house.clock.forward(minutes=10)
    await worker.drain_once()
    case = await house.case(reference)
    assert (case.status, case.deliveries[0].their_reference) == ("accepted", "1000")
    assert len(house.texts()) == 1
    assert len(house.open311.requests) == 1


async def test_a_token_that_is_never_redeemed_is_shown_to_staff_and_sending_again_only_asks(
    house: House,
) -> None:
    house.serve(sample.pothole(system="open311", service_code="lamp"))
    reference = await house.confirm()
    worker = house.worker()
    for _ in range(5):
        await worker.drain_once()
        house.clock.forward(days=1)
    case = await house.case(reference)
    assert (case.status, case.deliveries[0].last_code) == ("failed", "worker:token_never_redeemed")
    house.open311.finish_tokens()
    await house.database.run(deliveries.try_again, case.deliveries[0].id, house.clock(), by="staff:ana")
    await worker.drain_once()
    assert (await house.case(reference)).status == "accepted"
    assert len(house.open311.requests) == 1


async def test_a_closed_case_is_told_once_and_asked_after_no_more(house: House) -> None:
    reference = await house.confirm()
    worker = house.worker()
    await worker.drain_once()
    house.open311.close_all("Filled on Monday")
    house.clock.forward(minutes=15)
    await worker.drain_once()
    assert (await house.case(reference)).status == "closed"
    assert len(house.texts()) == 2
    assert "closed" in house.texts()[1]
    assert "Monday" not in house.texts()[1], "only what we published is said"
    history = await house.database.run(cases.history, reference)
    assert "Filled on Monday" in (history[-1].detail or "")
    house.clock.forward(days=2)
    assert await worker.drain_once() == 0


async def test_an_unknown_status_word_changes_nothing_but_is_kept_for_staff(house: House) -> None:
    house.serve(sample.pothole(system="open311", service_code="odd"))
    reference = await house.confirm()
    worker = house.worker()
    await worker.drain_once()
    house.clock.forward(minutes=15)
    await worker.drain_once()
    case = await house.case(reference)
    assert (case.status, case.deliveries[0].word) == ("accepted", "deliberating")
    assert len(house.texts()) == 1


async def test_that_nobody_says_how_it_goes_is_no_failure_of_the_case(house: House) -> None:
    reference = await house.confirm()
    worker = house.worker()
    await worker.drain_once()
    house.open311.out_of_order = True
    house.clock.forward(minutes=15)
    await worker.drain_once()
    house.open311.requests.clear()
    house.open311.out_of_order = False
    house.clock.forward(minutes=15)
    await worker.drain_once()
    assert (await house.case(reference)).status == "accepted"
    assert await house.events(reference) == ["received", "accepted"]


async def test_the_register_says_at_once_what_its_team_noted(house: House) -> None:
    house.serve(sample.pothole(system="register"))
    reference = await house.confirm()
    worker = house.worker()
    await worker.drain_once()
    (entry,) = await house.database.run(entries.listing)
    assert set(entry.fields) == {"address_string", "description", "phone"}
    await house.database.run(
        entries.set_status, entry.number, "in_progress", house.clock(), by="staff:ana", note="Crew booked"
    )
    await worker.drain_once()
    assert (await house.case(reference)).status == "in_progress"
    assert "work has started" in house.texts()[1]


async def test_a_case_keyed_by_staff_is_delivered_and_texts_nobody(house: House) -> None:
    turn_free = sample.finished("WM-7K2P-9XQ4-6")
    assert turn_free.finished is not None
    case = cases.Case(
        reference="WM-7K2P-9XQ4-6",
        service="pothole",
        version=3,
        language="en",
        door="staff",
        answers=turn_free.finished.answers,
        taken_by="staff:ana",
        consent="in_person",
        created=house.clock(),
    )
    await house.database.run(cases.store, case, house.catalogue, now=house.clock())
    await house.worker().drain_once()
    assert len(house.open311.requests) == 1
    assert house.texts() == []


async def test_a_system_that_is_set_up_no_more_keeps_its_cases_waiting(house: House) -> None:
    reference = await house.confirm()
    settings, house.settings = house.settings, house.settings.model_copy(update={"open311_url": ""})
    await house.worker().drain_once()
    assert (await house.case(reference)).deliveries[0].last_code == "worker:no_such_system"
    house.settings = settings
    house.clock.forward(minutes=10)
    await house.worker().drain_once()
    assert (await house.case(reference)).status == "accepted"


@pytest.mark.parametrize("honours_key", [True, False])
async def test_a_request_that_was_stored_but_never_answered_is_not_made_twice(
    house: House, monkeypatch: pytest.MonkeyPatch, honours_key: bool
) -> None:
    monkeypatch.setattr(client, "TIMEOUT", httpx.Timeout(0.3))
    house.serve(sample.pothole(system="open311", service_code="slow"))
    reference = await house.confirm()
    worker = house.worker()
    await worker.drain_once()
    assert len(house.open311.requests) == 1
    house.open311.released.set()
    house.clock.forward(minutes=1)
    await worker.drain_once()
    assert len(house.open311.requests) == 1
    assert (await house.case(reference)).status == "accepted"


# Messages


async def queue(house: House, phone: str, text: str = "Late answer") -> str | None:
    turn = await house.database.run(sample.remember, house.clock(), phone, thread=phone, reply_to=phone)
    return await house.database.run(
        messages.queue, turn.conversation, (Say(Wording(text)),), house.clock(), key=turn.id
    )


async def test_a_message_is_sent_once_and_its_delivery_reported(house: House) -> None:
    await queue(house, PHONE)
    worker = house.worker()
    await worker.drain_once()
    await worker.drain_once()
    assert house.texts() == ["Late answer"]
    sid = f"SM{1:032x}"
    assert await house.database.run(messages.status, sid, "delivered", None, house.clock())
    assert not await house.database.run(messages.status, sid, "sent", None, house.clock()), "it came late"
    assert not await house.database.run(messages.status, "SMunknown", "sent", None, house.clock())


async def test_a_report_that_is_faster_than_our_pen_is_not_lost(house: House) -> None:
    message = await queue(house, PHONE)
    for state in ("sent", "delivered", "sent"):
        await house.database.run(messages.status, f"SM{1:032x}", state, None, house.clock())
    await house.worker().drain_once()

    def state_of(session: Session) -> str | None:
        return session.execute(select(Message.state).where(Message.id == message)).scalar()

    assert await house.database.run(state_of) == "delivered"


async def test_who_opted_out_is_not_written_to_and_the_carriers_word_counts_too(house: House) -> None:
    await queue(house, PHONE)
    await house.database.run(opt_outs.set, "sms", PHONE, True, house.clock())
    await queue(house, OPTED_OUT)
    worker = house.worker()
    await worker.drain_once()
    assert house.texts() == []
    assert await house.database.run(opt_outs.is_out, "sms", OPTED_OUT)
    house.clock.forward(hours=1)
    assert await worker.drain_once() == 0


async def test_a_carrier_that_is_busy_is_tried_again(house: House) -> None:
    await queue(house, TOO_MANY)
    worker = house.worker()
    await worker.drain_once()
    assert house.texts() == []
    house.clock.forward(seconds=5)
    await worker.drain_once()
    assert house.texts() == ["Late answer"]


async def test_a_carrier_that_is_down_for_a_day_makes_the_message_old_news(house: House) -> None:
    await queue(house, DOWN)
    worker = house.worker()
    for _ in range(3):
        await worker.drain_once()
        house.clock.forward(hours=13)
    assert await worker.drain_once() == 0


# The loop


async def test_the_worker_looks_when_it_is_nudged_and_stops_within_seconds_when_told(house: House) -> None:
    house.settings = house.settings.model_copy(update={"worker_poll_seconds": 60.0})
    worker = house.worker()
    running = asyncio.create_task(worker.run())
    await asyncio.sleep(0)
    await house.confirm()
    worker.nudge()
    await soon(lambda: house.texts())
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asyncio.wait_for(running, 5)


async def test_one_system_that_hangs_keeps_no_others_case_waiting(house: House) -> None:
    house.serve(sample.pothole(system="open311", service_code="slow"))
    stuck = await house.confirm("SM1")
    worker = house.worker()
    running = asyncio.create_task(worker.run())
    await soon(lambda: house.open311.requests)
    house.serve(sample.pothole(system="register"))
    swift = await house.confirm("SM2")
    await soon(lambda: house.texts())
    assert (await house.case(swift)).status == "accepted"
    assert (await house.case(stuck)).deliveries[0].state == "sending"
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asyncio.wait_for(running, 5)
    # What it held is let go of: the next worker need not wait for the lease, and knows of the doubt.
    held = await house.database.run(deliveries.take_due, house.clock(), "another", 60, system="open311")
    assert held is not None
    assert held.unsure


async def test_two_workers_at_once_take_each_row_once(house: House) -> None:
    for n in range(8):
        await house.confirm(f"SM{n}")
    await asyncio.gather(house.worker().drain_once(), house.worker().drain_once())
    assert len(house.open311.requests) == 8
    assert len(house.texts()) == 8
    posts = [body for method, _, body in house.open311.log if method == "POST"]
    assert len(posts) == 8
