"""What a gateway runs on, opened once and closed once: settings, database, catalogue, clock, HTTP client."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import httpx

from actions.destinations import overrides
from actions.records.database import Database
from actions.records.encryption import Cipher
from actions.settings import Settings
from bot.catalogue import Catalogue, load

COUNCIL_TIME = ZoneInfo("Europe/London")


@dataclass(frozen=True)
class Runtime:
    """The parts that every step, channel and worker is handed."""

    settings: Settings
    database: Database
    catalogue: Catalogue
    http: httpx.AsyncClient
    now: Callable[[], datetime]
    destinations: dict[str, str]
    """Service → case system, where settings override content."""

    def today(self) -> date:
        """The day at the council, which is not UTC's for an hour of every summer night."""
        return self.now().astimezone(COUNCIL_TIME).date()


def now() -> datetime:
    return datetime.now(UTC)


@asynccontextmanager
async def opened(settings: Settings, clock: Callable[[], datetime] = now) -> AsyncIterator[Runtime]:
    """The runtime, with its database migrated; closed in the end."""
    settings.var.mkdir(parents=True, exist_ok=True)
    database = open_database(settings)
    catalogue = load(overlay=settings.content, on=clock().astimezone(COUNCIL_TIME).date())
    async with httpx.AsyncClient(timeout=10.0) as http:
        try:
            yield Runtime(
                settings=settings,
                database=database,
                catalogue=catalogue,
                http=http,
                now=clock,
                destinations=dict(overrides(settings.destinations)),
            )
        finally:
            database.close()


def open_database(settings: Settings) -> Database:
    """The database of these settings, migrated. Raises what SQLAlchemy raises when it cannot be reached."""
    settings.var.mkdir(parents=True, exist_ok=True)
    keys = [key.strip() for key in settings.encryption_keys.get_secret_value().split(",") if key.strip()]
    database = Database(settings.database, Cipher(keys))
    database.migrate()
    return database
