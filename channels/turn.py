"""One turn of conversation, whatever the channel: remember, ask, act, say.

The inbound message is stored before anything is tried, so that it can be answered later if anything fails.
What a step did is stored with its words in one transaction: a repeat of the same message, or the sweep after
a crash, finds them and changes nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from typing import Any
from weakref import WeakValueDictionary

import structlog

from actions.answers import KINDS
from actions.answers.kind import Heard
from actions.cases import new_reference
from actions.conversation import Understood
from actions.dialogue import CHANNEL_MOVES, Circumstances
from actions.dialogue.unreadable import kind_of
from actions.dialogue.waiting import fits, waiting_words
from actions.records import opt_outs, turns
from actions.records.turns import Turn
from actions.runtime import Runtime
from actions.steps import Said, apply
from bot.words import HandOver, Receipt, Words
from channels.channel import Channel, Exchange, Inbound, Pushes, Reply
from channels.engine_client import Engine, EngineFailed

log = structlog.get_logger(__name__)

SWEEP_AFTER = timedelta(seconds=20)
"""A turn that is older and unanswered was cut off, or apologised for."""
GIVE_UP_AFTER = timedelta(hours=24)
"""A late answer to an older message would puzzle more than it helps: staff see it instead."""


class TurnTaker:
    """Takes turns. Implements channels.channel.Turns."""

    def __init__(self, runtime: Runtime, engine: Engine, finished: Callable[[], None] = lambda: None) -> None:
        """`finished` is called when a turn put a case into the outbox: the worker need not wait to look."""
        self._runtime, self._engine, self._finished = runtime, engine, finished
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def take(self, channel: Channel, inbound: Inbound) -> Reply:
        """The reply to one thing that a person said. Never silence, but after an opt-out."""
        turn: Turn = await self._runtime.database.run(
            turns.remember,
            channel=channel.name,
            provider_id=inbound.provider_id,
            thread=inbound.conversation,
            text=inbound.text,
            manner=inbound.manner,
            reply_to=inbound.reply_to,
            language=inbound.language,
            now=self._runtime.now(),
            control=inbound.control,
        )
        if turn.words is not None:
            log.info("turn.repeat", channel=channel.name, turn=turn.id)
            return Reply(turn.id, turn.words, turn.language)
        lock = self._lock(turn)
        waited = lock.locked()
        async with lock:
            if waited:
                turn = await self._runtime.database.run(turns.load, turn.id)
                if turn.words is not None:
                    return Reply(turn.id, turn.words, turn.language)
            return await self._answer(channel, inbound, turn)

    async def history(self, channel: Channel, conversation: str) -> Sequence[Exchange]:
        found = await self._runtime.database.run(turns.history, channel.name, conversation)
        return [Exchange(e.said, e.words, e.language, e.at) for e in found]

    async def sweep(self, channels: Sequence[Channel]) -> int:
        """Answer what was stored and never answered; how many were. Settling a late turn queues its answer
        for the channels that push."""
        by_name = {channel.name: channel for channel in channels}
        now = self._runtime.now()
        waiting: list[Turn] = await self._runtime.database.run(turns.unanswered, now - SWEEP_AFTER)
        answered = 0
        for turn in waiting:
            channel = by_name.get(turn.channel)
            if channel is None or channel.traits.spoken or turn.received < now - GIVE_UP_AFTER:
                await self._runtime.database.run(turns.give_up, turn.id, now)
                continue
            async with self._lock(turn):
                # An earlier one of the same conversation may have moved it on since the list was made.
                turn = await self._runtime.database.run(turns.load, turn.id)
                if turn.words is not None:
                    continue
                control = "opt_out" if turn.opted_out else turn.control or kind_of(turn.text, 0)
                try:
                    await self._said(turn, control, 0)
                except EngineFailed as failure:
                    log.warning("sweep.engine_failed", code=failure.code, turn=turn.id)
                    if failure.code in ("down", "slow"):
                        break
                    # This turn alone fails: those behind it must not wait for it.
                    continue
            answered += 1
        return answered

    def _lock(self, turn: Turn) -> asyncio.Lock:
        return self._locks.setdefault(turn.conversation, asyncio.Lock())

    async def _answer(self, channel: Channel, inbound: Inbound, turn: Turn) -> Reply:
        control = inbound.control or kind_of(inbound.text, inbound.media) or self._known_answer(turn)
        if turn.opted_out and control != "opt_in":
            control = "opt_out"
        try:
            said = await self._said(turn, control, inbound.media)
        except EngineFailed as failure:
            log.warning("turn.engine_failed", code=failure.code, channel=channel.name, turn=turn.id)
            return await self._apologise(channel, turn)
        if any(isinstance(word, Receipt) for word in said.words):
            self._finished()
        return Reply(turn.id, said.words, said.language)

    def _known_answer(self, turn: Turn) -> str | None:
        """A call begins with the language: that choice needs no understanding, and so no engine."""
        if turn.state.asking != "language" or not (self._asking(turn) or {}).get("fits"):
            return None
        return "language_chosen"

    async def _said(self, turn: Turn, control: str | None, media: int) -> Said:
        if control is not None:
            return await self._by_ourselves(turn, control, media)
        return await self._ask(turn, media)

    async def _by_ourselves(self, turn: Turn, control: str, media: int) -> Said:
        """What needs no understanding, and so is answered even when the engine is down."""
        database, now = self._runtime.database, self._runtime.now()
        if control in ("opt_out", "opt_in") and turn.reply_to is not None:
            await database.run(opt_outs.set, turn.channel, turn.reply_to, control == "opt_out", now)
        understood = Understood(turn.text, control, 1.0, manner=turn.manner, media=media)
        said: Said = await database.run(
            apply,
            turn.id,
            CHANNEL_MOVES[control],
            understood,
            catalogue=self._runtime.catalogue,
            today=self._runtime.today(),
            now=now,
            destinations=self._runtime.destinations,
        )
        return said

    async def _ask(self, turn: Turn, media: int) -> Said:
        try:
            return await self._engine.ask(turn.conversation, turn.text, self._metadata(turn, media))
        except EngineFailed:
            # The step may have done its work before the engine failed: then its words are stored.
            again: Turn = await self._runtime.database.run(turns.load, turn.id)
            if again.words is not None:
                return Said(again.words, again.language)
            raise

    def _metadata(self, turn: Turn, media: int) -> dict[str, Any]:
        """What the engine is told beside the text: never who it is, only what is being asked of them."""
        return {
            "turn": turn.id,
            "language": turn.state.language,
            "manner": turn.manner,
            "media": media,
            "asking": self._asking(turn),
        }

    def _asking(self, turn: Turn) -> dict[str, Any] | None:
        if turn.state.asking is None:
            return None
        runtime = self._runtime
        at = self._circumstances(turn.channel)
        heard = Heard(turn.text, turn.state.language, at.today, turn.manner, runtime.catalogue.hears)
        question = next(iter(waiting_words(turn.state, at)), None)
        kind = getattr(question, "kind", "choice")
        return {
            "what": turn.state.asking,
            "kind": kind,
            "exact": kind not in KINDS or KINDS[kind].exact,
            "fits": fits(turn.state, heard, at),
        }

    def _circumstances(self, door: str) -> Circumstances:
        catalogue = self._runtime.catalogue
        reference = partial(new_reference, catalogue.council.reference_prefix)
        return Circumstances(catalogue, self._runtime.today(), door, reference)

    async def _apologise(self, channel: Channel, turn: Turn) -> Reply:
        runtime = self._runtime
        at = self._circumstances(channel.name)
        later = isinstance(channel, Pushes) and turn.reply_to is not None
        phrase = "talk.sorry_later" if later else "talk.sorry_again"
        words: tuple[Words, ...] = (
            HandOver(at.phrase(phrase, turn.state), runtime.catalogue.council.phone, "engine_down"),
        )
        await runtime.database.run(turns.apologise, turn.id, words, runtime.now())
        return Reply(turn.id, words, turn.state.language)
