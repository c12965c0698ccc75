"""A turn is remembered once and settled once, whatever comes twice, at once, or not at all."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actions.conversation import Outcome, State
from actions.records import cases, deliveries, messages, opt_outs, turns
from actions.records.database import Database
from actions.records.encryption import Cipher, new_key
from bot.catalogue import Catalogue
from bot.words import Say, Wording
from tests import sample
from tests.clock import Clock
from tests.sample import PHONE, finished, remember

HELLO = (Say(Wording("Hello")),)


def outcome(text: str = "Hello", language: str = "en") -> Outcome:
    return Outcome(State(language=language, service="pothole"), (Say(Wording(text)),), "answered")  # type: ignore[arg-type]


def test_a_new_person_is_remembered_in_a_conversation_whose_id_says_nothing(
    database: Database, clock: Clock
) -> None:
    turn = database.run_now(remember, clock(), text="there is a hole")
    assert (turn.text, turn.thread, turn.reply_to, turn.channel) == ("there is a hole", PHONE, PHONE, "sms")
    assert not turn.repeat
    assert turn.words is None
    assert turn.state == State()
    assert turn.received == clock()
    assert PHONE.strip("+") not in turn.conversation


def test_what_was_settled_is_where_the_next_turn_begins(
    database: Database, catalogue: Catalogue, clock: Clock
) -> None:
    first = database.run_now(remember, clock(), "SM1")
    database.run_now(turns.settle, first.id, outcome(), catalogue=catalogue, now=clock())
    second = database.run_now(remember, clock.forward(minutes=1), "SM2")
    assert second.conversation == first.conversation
    assert second.state.service == "pothole"


def test_the_same_message_again_is_a_repeat_with_the_words_of_then(
    database: Database, catalogue: Catalogue, clock: Clock
) -> None:
    turn = database.run_now(remember, clock())
    database.run_now(turns.settle, turn.id, outcome("First"), catalogue=catalogue, now=clock())
    again = database.run_now(remember, clock.forward(minutes=1))
    assert (again.id, again.repeat) == (turn.id, True)
    assert again.words == (Say(Wording("First")),)
    assert len(database.run_now(turns.history, "sms", PHONE)) == 1


def test_the_same_id_on_another_channel_is_another_message(database: Database, clock: Clock) -> None:
    text = database.run_now(remember, clock(), "1")
    chat = database.run_now(remember, clock(), "1", channel="webchat")
    assert not chat.repeat
    assert chat.conversation != text.conversation


def test_settling_again_gives_the_first_words_and_changes_nothing(
    database: Database, catalogue: Catalogue, clock: Clock
) -> None:
    turn = database.run_now(remember, clock())
    database.run_now(turns.settle, turn.id, outcome("First"), catalogue=catalogue, now=clock())
    words = database.run_now(turns.settle, turn.id, outcome("Second", "cy"), catalogue=catalogue, now=clock())
    assert words == (Say(Wording("First")),)
    assert database.run_now(turns.load, turn.id).state.language == "en"


def test_a_turn_that_was_never_remembered_cannot_be_settled(
    database: Database, catalogue: Catalogue, clock: Clock
) -> None:
    with pytest.raises(turns.TurnUnknown):
        database.run_now(turns.settle, "0" * 32, outcome(), catalogue=catalogue, now=clock())
    with pytest.raises(turns.TurnUnknown):
        database.run_now(turns.load, "0" * 32)


def test_a_language_chosen_by_the_act_holds_from_that_turn(
    database: Database, catalogue: Catalogue, clock: Clock
) -> None:
    first = database.run_now(remember, clock(), "1")
    database.run_now(turns.settle, first.id, outcome(), catalogue=catalogue, now=clock())
    second = database.run_now(remember, clock(), "2", language="cy")
    assert (second.language, second.state.language) == ("cy", "cy")
    assert database.run_now(turns.load, second.id).state.language == "cy"
    assert database.run_now(turns.load, second.id).state.service == "pothole"


def test_a_finished_request_is_a_case_with_the_answers_that_apply(
    database: Database, catalogue: Catalogue, clock: Clock
) -> None:
    turn = database.run_now(remember, clock())
    database.run_now(turns.settle, turn.id, finished("WM-7K2P-9XQ4-6"), catalogue=catalogue, now=clock())
    stored = database.run_now(cases.by_reference, "wm 7k2p 9xq4 6")
    assert stored is not None
    assert list(stored.case.answers) == ["place", "details", "hurt", "phone", "secret"]
    assert stored.case.answers["phone"].value == PHONE
    assert (stored.status, stored.case.door, stored.case.taken_by) == ("received", "sms", "person")
    assert [(d.recipient, d.system, d.state) for d in stored.deliveries] == [
        ("roads team", "register", "queued")
    ]
    assert [event.code for event in database.run_now(cases.history, "WM-7K2P-9XQ4-6")] == ["received"]


def test_a_recipient_with_a_condition_hears_of_a_case_only_when_it_holds(
    database: Database, catalogue: Catalogue, clock: Clock
) -> None:
    turn = database.run_now(remember, clock())
    done = finished("WM-7K2P-9XQ4-6", sample.answers(hurt=True, injury="a sprained wrist"))
    database.run_now(turns.settle, turn.id, done, catalogue=catalogue, now=clock())
    stored = database.run_now(cases.by_reference, "WM-7K2P-9XQ4-6")
    assert stored is not None
    assert [d.recipient for d in stored.deliveries] == ["roads team", "claims handlers"]
    assert stored.case.answers["injury"].value == "a sprained wrist"


def test_settings_send_a_service_elsewhere(database: Database, catalogue: Catalogue, clock: Clock) -> None:
    turn = database.run_now(remember, clock())
    database.run_now(
        turns.settle,
        turn.id,
        finished("WM-7K2P-9XQ4-6"),
        catalogue=catalogue,
        now=clock(),
        destinations_override={"pothole": "open311"},
    )
    stored = database.run_now(cases.by_reference, "WM-7K2P-9XQ4-6")
    assert stored is not None
    assert [d.system for d in stored.deliveries] == ["open311"]


def test_a_form_that_was_sent_twice_is_one_case_and_a_reference_is_never_shared(
    database: Database, catalogue: Catalogue, clock: Clock
) -> None:
    turn = database.run_now(remember, clock())
    database.run_now(turns.settle, turn.id, finished("WM-7K2P-9XQ4-6"), catalogue=catalogue, now=clock())
    other = database.run_now(remember, clock(), "SM2")
    with pytest.raises(cases.ReferenceTaken):
        database.run_now(turns.settle, other.id, finished("WM-7K2P-9XQ4-6"), catalogue=catalogue, now=clock())
    assert database.run_now(turns.load, other.id).words is None, "nothing of the turn is half stored"
    stored = database.run_now(cases.by_reference, "WM-7K2P-9XQ4-6")
    assert stored is not None
    staffed = stored.case.__class__(
        **{
            **stored.case.__dict__,
            "reference": "WM-2222-2222-2",
            "taken_by": "staff:ana",
            "consent": "in_person",
        }
    )
    assert database.run_now(cases.store, staffed, catalogue, now=clock())
    assert not database.run_now(cases.store, staffed, catalogue, now=clock())
    assert database.run_now(cases.listing).total == 2


async def test_two_gateways_that_get_one_message_at_once_make_one_turn(
    database_url: str, key: str, catalogue: Catalogue, clock: Clock
) -> None:
    gateways = [Database(database_url, Cipher([key])) for _ in range(2)]
    try:
        for gateway in gateways:
            await asyncio.to_thread(gateway.migrate)
        # Everyone is new, so that the conversation is made in the same race.
        for n in range(10):
            thread = f"+4477009001{n:02}"
            pair = await asyncio.gather(
                *(g.run(remember, clock(), f"SM{n}", thread=thread) for g in (*gateways, *gateways))
            )
            assert len({turn.id for turn in pair}) == 1
            assert sorted(turn.repeat for turn in pair) == [False, True, True, True]
            settled = await asyncio.gather(
                *(
                    g.run(turns.settle, pair[0].id, finished(), catalogue=catalogue, now=clock())
                    for g in (*gateways, *gateways)
                )
            )
            assert len(set(settled)) == 1
        assert (await gateways[0].run(cases.listing)).total == 10
    finally:
        for gateway in gateways:
            gateway.close()


def test_what_was_never_answered_is_found_and_an_apology_does_not_hide_it(
    database: Database, catalogue: Catalogue, clock: Clock
) -> None:
    turn = database.run_now(remember, clock())
    database.run_now(turns.apologise, turn.id, HELLO, clock())
    now = clock.forward(minutes=1)
    assert [t.id for t in database.run_now(turns.unanswered, now)] == [turn.id]
    assert database.run_now(turns.unanswered, now - timedelta(minutes=1)) == []
    repeat = database.run_now(remember, now)
    assert (repeat.words, repeat.apology) == (None, HELLO)
    database.run_now(turns.settle, turn.id, outcome(), catalogue=catalogue, now=now)
    assert database.run_now(turns.unanswered, now + timedelta(minutes=1)) == []


def test_a_turn_that_was_given_up_is_asked_for_no_more(database: Database, clock: Clock) -> None:
    turn = database.run_now(remember, clock())
    database.run_now(turns.give_up, turn.id, clock())
    assert database.run_now(turns.unanswered, clock.forward(days=1)) == []


def test_an_answer_after_an_apology_is_sent_by_itself_once(
    database: Database, catalogue: Catalogue, clock: Clock
) -> None:
    turn = database.run_now(remember, clock())
    database.run_now(turns.apologise, turn.id, HELLO, clock())
    database.run_now(turns.settle, turn.id, outcome("Late"), catalogue=catalogue, now=clock.forward(hours=1))
    again = database.run_now(messages.queue, turn.conversation, HELLO, clock(), key=turn.id)
    assert again is not None
    assert database.run_now(messages.outbound, again).words == (Say(Wording("Late")),)
    held = database.run_now(deliveries.take_due, clock(), "worker", 60, system="sms")
    assert held is not None
    assert held.message_id == again
    assert database.run_now(deliveries.take_due, clock(), "worker", 60, system="sms") is None


def test_what_we_sent_first_stands_in_the_thread_but_a_late_answer_only_once(
    database: Database, catalogue: Catalogue, clock: Clock
) -> None:
    turn = database.run_now(remember, clock(), reply_to=None, channel="webchat")
    database.run_now(turns.apologise, turn.id, HELLO, clock())
    database.run_now(turns.settle, turn.id, outcome("Late"), catalogue=catalogue, now=clock.forward(hours=1))
    database.run_now(messages.queue, turn.conversation, HELLO, clock.forward(hours=1))
    assert database.run_now(deliveries.due_systems, clock()) == frozenset()
    shown = database.run_now(turns.history, "webchat", PHONE)
    assert [(e.said, e.words) for e in shown] == [("yes send it", (Say(Wording("Late")),)), ("", HELLO)]


def test_an_address_that_opted_out_is_known_by_channel(database: Database, clock: Clock) -> None:
    database.run_now(opt_outs.set, "sms", PHONE, True, clock())
    assert database.run_now(opt_outs.is_out, "sms", PHONE)
    assert not database.run_now(opt_outs.is_out, "webchat", PHONE)
    assert database.run_now(remember, clock()).opted_out
    assert not database.run_now(remember, clock(), "2", channel="webchat").opted_out
    database.run_now(opt_outs.set, "sms", PHONE, False, clock())
    assert not database.run_now(remember, clock(), "3").opted_out


def test_a_callers_conversation_is_the_call_and_two_withheld_callers_share_nothing(
    database: Database, catalogue: Catalogue, clock: Clock
) -> None:
    first = database.run_now(remember, clock(), "1", channel="voice", thread="CA1", reply_to=None)
    database.run_now(turns.settle, first.id, outcome(), catalogue=catalogue, now=clock())
    second = database.run_now(remember, clock(), "2", channel="voice", thread="CA2", reply_to=None)
    assert second.conversation != first.conversation
    assert second.state == State()
    assert database.run_now(turns.history, "voice", "CA2")[0].said == "yes send it"


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(
        st.tuples(st.sampled_from(["remember", "settle", "apologise", "load"]), st.integers(0, 2)),
        max_size=20,
    )
)
def test_any_order_of_repeats_gives_one_case_for_each_confirmed_message(
    steps: list[tuple[str, int]], catalogue: Catalogue
) -> None:
    clock, database = Clock(), Database("sqlite://", Cipher([new_key()]))
    database.migrate()
    known: dict[int, str] = {}
    settled: dict[int, object] = {}
    try:
        for step, n in steps:
            clock.forward(seconds=1)
            if step == "remember":
                turn = database.run_now(remember, clock(), f"SM{n}")
                assert known.setdefault(n, turn.id) == turn.id
                assert turn.words == settled.get(n)
            elif n in known and step == "settle":
                words = database.run_now(turns.settle, known[n], finished(), catalogue=catalogue, now=clock())
                assert settled.setdefault(n, words) == words
            elif n in known and step == "apologise":
                database.run_now(turns.apologise, known[n], HELLO, clock())
            elif n in known:
                assert database.run_now(turns.load, known[n]).words == settled.get(n)
        assert database.run_now(cases.listing).total == len(settled)
    finally:
        database.close()
