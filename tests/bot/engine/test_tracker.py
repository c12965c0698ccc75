"""Rasa's memory stays small, whatever the length of a conversation and however many there are."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.engine.locks import WaitingLockStore
from bot.engine.tracker import BoundedTrackerStore, last_turns

LISTEN = ActionExecuted("action_listen")


def turn(number: int):
    return [
        UserUttered(f"turn {number}"),
        ActionExecuted("action_ask"),
        BotUttered(f"reply {number}"),
        LISTEN,
    ]


async def converse(store: BoundedTrackerStore, sender: str, turns: int) -> None:
    for number in range(turns):
        tracker = await store.get_or_create_tracker(sender)
        for event in turn(number):
            tracker.update(event)
        await store.save(tracker)


def test_after_many_turns_the_last_one_is_left():
    store = BoundedTrackerStore(Domain.empty(), events=5)
    asyncio.run(converse(store, "c", 200))
    tracker = asyncio.run(store.retrieve("c"))
    assert [type(event).__name__ for event in tracker.events] == [
        "ActionExecuted",
        "UserUttered",
        "ActionExecuted",
        "BotUttered",
        "ActionExecuted",
    ]
    assert tracker.latest_message.text == "turn 199"
    assert tracker.latest_action_name == "action_listen"


def test_the_conversation_heard_from_longest_ago_is_forgotten():
    store = BoundedTrackerStore(Domain.empty(), conversations=3)

    async def talk():
        for sender in ("a", "b", "c", "a", "d"):
            await converse(store, sender, 1)
        return set(await store.keys())

    assert asyncio.run(talk()) == {"a", "c", "d"}


def test_a_conversation_that_is_not_known_is_none():
    assert asyncio.run(BoundedTrackerStore(Domain.empty()).retrieve("nobody")) is None


def test_turns_are_kept_whole():
    events = [LISTEN, *turn(1), *turn(2)]
    assert last_turns(events, 9) == events
    assert last_turns(events, 8) == events[4:]
    assert last_turns(events, 5) == events[4:]
    assert last_turns(events, 4) == [LISTEN]


def test_what_never_listened_is_cut_all_the_same():
    assert len(last_turns([UserUttered("x")] * 9, 4)) == 4


def test_a_tracker_keeps_working_after_it_was_cut():
    store = BoundedTrackerStore(Domain.empty(), events=5)
    asyncio.run(converse(store, "c", 3))
    tracker: DialogueStateTracker = asyncio.run(store.retrieve("c"))
    assert tracker.applied_events() == list(tracker.events)


def test_two_turns_of_a_conversation_wait_for_each_other_in_order():
    locks, order = WaitingLockStore(), []

    async def take(name: str, conversation: str) -> None:
        async with locks.lock(conversation):
            order.append(f"{name} begins")
            await asyncio.sleep(0)
            order.append(f"{name} ends")

    async def all_at_once() -> None:
        await asyncio.gather(take("first", "c"), take("second", "c"), take("third", "c"))

    asyncio.run(all_at_once())
    assert order == [f"{n} {what}" for n in ("first", "second", "third") for what in ("begins", "ends")]


def test_no_lock_is_left_behind_even_by_a_turn_that_failed():
    locks = WaitingLockStore()

    async def fail() -> None:
        async with locks.lock("c"):
            raise RuntimeError

    with suppress(RuntimeError):
        asyncio.run(fail())
    assert not locks._locks
    assert not locks._wanted
