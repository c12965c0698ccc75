"""The register as a case system: the same promises as any other, kept by our own database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError

from actions.cases import Delivery, NotTaken, Progress, Taken
from actions.records.database import Database
from actions.systems.register import entries


class Register:
    """Implements actions.systems.system.System."""

    name = "register"
    honours_key = True

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database, self._now = database, now

    async def deliver(self, delivery: Delivery) -> Taken | NotTaken:
        try:
            entry = await self._database.run(entries.add, delivery, self._now())
        except SQLAlchemyError as error:
            return _down(error)
        return Taken(their_reference=entry.number, status=entry.status)

    async def look_up(self, delivery: Delivery) -> Taken | NotTaken | None:
        try:
            entry = await self._database.run(entries.by_key, delivery.key)
        except SQLAlchemyError as error:
            return _down(error)
        return None if entry is None else Taken(their_reference=entry.number, status=entry.status)

    async def redeem(self, token: str) -> Taken | NotTaken | None:
        return NotTaken("register:no_tokens", retry=False)

    async def progress(self, their_reference: str) -> Progress | NotTaken:
        try:
            entry = await self._database.run(entries.by_number, their_reference)
        except SQLAlchemyError as error:
            return _down(error)
        if entry is None:
            return NotTaken("register:not_found", retry=False)
        return Progress(status=entry.status, word=entry.status, note=entry.note)


def _down(error: SQLAlchemyError) -> NotTaken:
    # Only the kind of error: SQLAlchemy's message quotes the statement's values.
    return NotTaken("register:database", retry=True, detail=type(error).__name__, ambiguous=True)
