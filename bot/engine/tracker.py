"""Rasa's memory of a conversation, kept small.

Where a conversation stands is in our database; Rasa needs no more than the turn under way. Its own stores
keep every event for good, and read, replay and send all of them on every turn: that is why its turns slow
down with the length of a conversation, and why these do not.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, Event
from rasa.shared.core.trackers import DialogueStateTracker


class BoundedTrackerStore(TrackerStore):
    """Keeps the last whole turns of the conversations that were heard from last.

    `events` is the most that is kept of one conversation, `conversations` the most that are kept at all.
    Nothing outlives the process, and nothing needs to.
    """

    def __init__(
        self,
        domain: Domain | None = None,
        event_broker: EventBroker | None = None,
        host: str | None = None,
        events: int = 5,
        conversations: int = 5000,
        **kwargs: Any,
    ) -> None:
        super().__init__(domain, event_broker, **kwargs)
        self._most_events = events
        self._most_conversations = conversations
        self._kept: OrderedDict[str, list[Event]] = OrderedDict()

    async def save(self, tracker: DialogueStateTracker) -> None:
        self._kept[tracker.sender_id] = last_turns(list(tracker.events), self._most_events)
        self._kept.move_to_end(tracker.sender_id)
        while len(self._kept) > self._most_conversations:
            self._kept.popitem(last=False)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        events = self._kept.get(sender_id)
        if events is None:
            return None
        return DialogueStateTracker.from_events(sender_id, events, self.domain.slots, domain=self.domain)

    async def keys(self) -> Iterable[str]:
        return self._kept.keys()


def last_turns(events: list[Event], most: int) -> list[Event]:
    """The end of the events, at most so many, cut where Rasa began to listen: a turn is kept whole or not at
    all. When not even one turn fits, the listening that the next turn needs is kept alone."""
    listens = [at for at, event in enumerate(events) if _is_listen(event)]
    for at in listens:
        if len(events) - at <= most:
            return events[at:]
    return events[-1:] if listens else events[-most:]


def _is_listen(event: Event) -> bool:
    return isinstance(event, ActionExecuted) and event.action_name == "action_listen"
