"""Drains the outbox: hands cases to their systems, asks what became of them, sends what we say first.

A row is taken under a lease and that is committed before anyone is called: no transaction waits for a network.
The row's id goes along as the idempotency key, and what came back is recorded in a transaction of its own. A
worker that dies in between leaves a lease that runs out; whoever takes the row then knows that the call may have
arrived, and sends it again only to a system that honours the key, else looks it up first.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Coroutine, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, TypeVar

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from actions import notices
from actions.cases import NotTaken, Progress, Taken
from actions.records import deliveries, messages, opt_outs
from actions.records.database import Database
from actions.records.deliveries import Held
from actions.settings import Settings
from actions.systems import timing
from actions.systems.system import System
from bot.catalogue import Catalogue
from channels.channel import Address, Channel, Code, ProviderId, Pushes, SendFailed

log = structlog.get_logger(__name__)

R = TypeVar("R")

LEASE_SECONDS = 60.0
"""Longer than any one call takes; renewed while one lasts."""
GRACE_SECONDS = 2.5
"""How long calls may go on when the worker is told to stop."""


class Worker:
    """One worker. `run` goes on until it is cancelled; `drain_once` does what is due and returns."""

    def __init__(
        self,
        database: Database,
        systems: Mapping[str, System],
        channels: Sequence[Channel],
        catalogue: Catalogue,
        settings: Settings,
        clock: Callable[[], datetime],
        *,
        lease_seconds: float = LEASE_SECONDS,
    ) -> None:
        self.id = secrets.token_hex(8)
        self._database, self._systems, self._catalogue = database, systems, catalogue
        self._channels = {channel.name: channel for channel in channels}
        # A call is over long before its case has news; on a page the news waits until the person looks.
        self._told = frozenset(channel.name for channel in channels if not channel.traits.spoken)
        self._poll, self._now, self._lease = settings.worker_poll_seconds, clock, lease_seconds
        self._nudged = asyncio.Event()
        self._stopping = False

    def nudge(self) -> None:
        """Something was just put into the outbox: look now."""
        self._nudged.set()

    async def run(self) -> None:
        """Work until cancelled, then let calls end, and let go of what is held. One lane for each system, so that
        one that hangs keeps nobody else's waiting."""
        lanes: dict[str, asyncio.Task[int]] = {}
        try:
            while True:
                self._nudged.clear()
                try:
                    for system in await self._database.run(deliveries.due_systems, self._now()):
                        if system not in lanes or lanes[system].done():
                            lanes[system] = asyncio.create_task(self._guarded(system))
                except SQLAlchemyError as error:
                    log.error("worker.database", error=type(error).__name__)
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._nudged.wait(), self._poll)
        finally:
            await self._finish([lane for lane in lanes.values() if not lane.done()])

    async def drain_once(self) -> int:
        """Do everything that is due; gives how many rows that were."""
        total = 0
        while due := await self._database.run(deliveries.due_systems, self._now()):
            total += sum(await asyncio.gather(*(self._lane(system) for system in sorted(due))))
        return total

    async def _finish(self, lanes: Sequence[asyncio.Task[int]]) -> None:
        self._stopping = True
        if lanes:
            _, late = await asyncio.wait(lanes, timeout=GRACE_SECONDS)
            for lane in late:
                lane.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        await self._database.run(deliveries.release, self.id)

    async def _guarded(self, system: str) -> int:
        try:
            return await self._lane(system)
        except Exception:
            # The lease runs out, and the row is taken again.
            log.exception("worker.lane_failed", system=system)
            return 0

    async def _lane(self, system: str) -> int:
        """The rows of one system, one after the other."""
        handled = 0
        while not self._stopping:
            held = await self._database.run(
                deliveries.take_due, self._now(), self.id, self._lease, system=system
            )
            if held is None:
                break
            await self._handle(held)
            handled += 1
        return handled

    async def _handle(self, held: Held) -> None:
        if held.kind == "message":
            await self._send(held)
        elif held.state == "queued":
            await self._deliver(held)
        elif held.state == "token":
            await self._redeem(held)
        else:
            await self._ask(held)

    # Cases

    async def _deliver(self, held: Held) -> None:
        answer = await self._holding(held, self._hand_over(held))
        now = self._now()
        if isinstance(answer, Taken):
            log.info("delivery.taken", delivery=held.id, system=held.system, attempts=held.attempts)
            waits = answer.their_reference is None and answer.token is not None
            next_at = timing.next_redeem(1, now, now) if waits else timing.next_question(now, now)
            await self._record_taken(held, answer, now, next_at)
        else:
            await self._record_failure(
                held, answer, now, timing.next_try(answer, held.attempts, held.since, now)
            )

    async def _hand_over(self, held: Held) -> Taken | NotTaken:
        system, delivery = self._systems.get(held.system), held.delivery
        if system is None or delivery is None:
            return NotTaken("worker:no_such_system", retry=True, detail=held.system)
        if held.unsure and not system.honours_key:
            found = await system.look_up(delivery)
            if found is not None:
                return found
        try:
            return await system.deliver(delivery)
        except Exception as error:
            # A mistake of ours; the promise is that failure is a value. Nobody knows how far it came.
            log.exception("worker.system_broken", system=held.system, delivery=held.id)
            return NotTaken("worker:broken", retry=True, detail=type(error).__name__, ambiguous=True)

    async def _redeem(self, held: Held) -> None:
        system = self._systems.get(held.system)
        answer = (
            NotTaken("worker:no_such_system", retry=True, detail=held.system)
            if system is None
            else await self._holding(held, system.redeem(held.token or ""))
        )
        now = self._now()
        next_at = timing.next_redeem(held.attempts + 1, held.since, now)
        if isinstance(answer, Taken):
            await self._record_taken(held, answer, now, timing.next_question(now, now))
        elif isinstance(answer, NotTaken):
            await self._record_failure(held, answer, now, next_at if answer.retry else None)
        elif next_at is None:
            await self._record_failure(held, NotTaken("worker:token_never_redeemed", retry=False), now, None)
        else:
            await self._database.run(deliveries.waiting_token, held.id, next_at)

    async def _ask(self, held: Held) -> None:
        system = self._systems.get(held.system)
        answer = (
            NotTaken("worker:no_such_system", retry=True, detail=held.system)
            if system is None
            else await self._holding(held, system.progress(held.their_reference or ""))
        )
        now = self._now()
        next_at = timing.next_question(held.since, now)
        if isinstance(answer, Progress):
            await self._record_progress(held, answer, now, None if answer.status == "closed" else next_at)
        else:
            # That we cannot be told how it goes is no failure of the case.
            await self._record_failure(held, answer, now, next_at if answer.retry else None)

    async def _record_taken(self, held: Held, answer: Taken, now: datetime, next_at: datetime | None) -> None:
        # With neither a reference nor a token there is nothing to ask by.
        can_ask = bool(answer.their_reference or answer.token)

        def record(session: Session) -> str | None:
            changed = deliveries.taken(session, held.id, answer, now, next_at if can_ask else None)
            return notices.tell(session, changed, self._catalogue, self._told, now)

        await self._database.run(record)
        self.nudge()

    async def _record_progress(
        self, held: Held, answer: Progress, now: datetime, next_at: datetime | None
    ) -> None:
        def record(session: Session) -> bool:
            changed = deliveries.progressed(session, held.id, answer, now, next_at)
            if changed is not None:
                notices.tell(session, changed, self._catalogue, self._told, now)
            return changed is not None

        if await self._database.run(record):
            log.info("delivery.progressed", delivery=held.id, system=held.system, status=answer.status)
            self.nudge()

    async def _record_failure(
        self, held: Held, failure: NotTaken, now: datetime, next_at: datetime | None
    ) -> None:
        log.warning(
            "delivery.failed",
            delivery=held.id,
            system=held.system,
            state=held.state,
            code=failure.code,
            attempts=held.attempts,
            again=next_at is not None,
        )
        await self._database.run(deliveries.failed, held.id, failure, now, next_at)

    # Messages

    async def _send(self, held: Held) -> None:
        if held.message_id is None:
            raise deliveries.DeliveryUnknown(held.id)
        message = await self._database.run(messages.outbound, held.message_id)
        channel = self._channels.get(message.channel)
        outcome: ProviderId | SendFailed
        if not isinstance(channel, Pushes) or message.to is None:
            outcome = SendFailed(Code.UNREACHABLE, retry=False, detail="cannot_push")
        elif message.opted_out:
            outcome = SendFailed(Code.OPTED_OUT, retry=False)
        else:
            rendered = channel.write(message.words, message.language)
            try:
                outcome = await self._holding(held, channel.send(rendered, Address(message.to), key=held.id))
            except SendFailed as failure:
                outcome = failure
            except Exception as error:
                log.exception("worker.channel_broken", channel=message.channel, delivery=held.id)
                outcome = SendFailed(Code.UNRECOGNISED, retry=True, detail=type(error).__name__)
        await self._database.run(self._record_sent, held, message, outcome)

    def _record_sent(
        self, session: Session, held: Held, message: messages.Outbound, outcome: ProviderId | SendFailed
    ) -> None:
        now = self._now()
        if not isinstance(outcome, SendFailed):
            deliveries.succeeded(session, held.id, now)
            messages.became(session, message.id, "sent", provider_id=outcome)
            return
        failure = NotTaken(f"send:{outcome.code.value}", retry=outcome.retry, detail=outcome.detail)
        next_at = timing.next_try(failure, held.attempts, held.since, now, timing.MESSAGE_PATIENCE)
        log.warning("message.not_sent", delivery=held.id, code=failure.code, again=next_at is not None)
        deliveries.failed(session, held.id, failure, now, next_at)
        if next_at is None:
            messages.became(session, message.id, "failed", code=outcome.code.value)
        if outcome.code is Code.OPTED_OUT and message.to is not None:
            opt_outs.set(session, message.channel, message.to, True, now)

    async def _holding(self, held: Held, call: Coroutine[Any, Any, R]) -> R:
        """The call's result, with the lease renewed for as long as it lasts."""
        task = asyncio.create_task(call)
        try:
            while not (await asyncio.wait({task}, timeout=self._lease / 3))[0]:
                until = self._now() + timedelta(seconds=self._lease)
                if not await self._database.run(deliveries.renew, held.id, self.id, until):
                    log.warning("delivery.lease_lost", delivery=held.id, system=held.system)
            return task.result()
        finally:
            task.cancel()
