"""A house with everything real but the far sides: they are peers on loopback, and the clock is ours."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from actions.cases import new_reference
from actions.records import cases, turns
from actions.records.cases import Event, StoredCase
from actions.records.database import Database
from actions.records.encryption import Cipher, new_key
from actions.settings import Settings
from actions.systems import registry
from bot.catalogue import Catalogue, Service
from channels.sms.channel import SmsChannel
from channels.worker import Worker
from tests import sample
from tests.clock import Clock
from tests.peers.open311 import API_KEY, JURISDICTION, Open311Peer
from tests.peers.twilio import TwilioPeer

SID, TOKEN = "AC" + "0" * 32, "twilio-token-of-the-tests"


@dataclass
class House:
    """A database, a worker, and what stands around them."""

    database: Database
    settings: Settings
    clock: Clock
    http: httpx.AsyncClient
    open311: Open311Peer
    twilio: TwilioPeer
    catalogue: Catalogue

    def worker(self, **more: Any) -> Worker:
        return Worker(
            self.database,
            registry.systems(self.settings, self.database, self.http, self.clock),
            [SmsChannel(self.settings, self.catalogue, self.http)],
            self.catalogue,
            self.settings,
            self.clock,
            **more,
        )

    def serve(self, service: Service) -> None:
        self.catalogue = sample.catalogue(service)

    async def confirm(self, provider_id: str = "SM1", phone: str = sample.PHONE, **answers: Any) -> str:
        """Somebody confirms their request; gives its reference."""
        turn = await self.database.run(
            sample.remember, self.clock(), provider_id, thread=phone, reply_to=phone
        )
        reference = new_reference()
        outcome = sample.finished(reference, sample.answers(**answers))
        await self.database.run(turns.settle, turn.id, outcome, catalogue=self.catalogue, now=self.clock())
        return reference

    async def case(self, reference: str) -> StoredCase:
        found = await self.database.run(cases.by_reference, reference)
        assert found is not None
        return found

    async def events(self, reference: str) -> list[str]:
        found: tuple[Event, ...] = await self.database.run(cases.history, reference)
        return [event.code for event in found]

    def texts(self) -> list[str]:
        return [message["Body"] for message in self.twilio.messages]


@pytest.fixture
def honours_key() -> bool:
    return True


@pytest.fixture
def twilio() -> Iterator[TwilioPeer]:
    with TwilioPeer(SID, TOKEN) as peer:
        yield peer


@pytest.fixture
async def house(database_url: str, honours_key: bool, twilio: TwilioPeer) -> AsyncIterator[House]:
    """Potholes go to Open311."""
    clock = Clock()
    database = Database(database_url, Cipher([new_key()]))
    database.migrate()
    with Open311Peer(honours_key=honours_key, now=clock).listening() as open311:
        async with httpx.AsyncClient() as http:
            settings = Settings(
                _env_file=None,
                public_url="http://127.0.0.1:9",
                open311_url=open311.url,
                open311_api_key=SecretStr(API_KEY),
                open311_jurisdiction=JURISDICTION,
                open311_honours_key=honours_key,
                twilio_account_sid=SID,
                twilio_auth_token=SecretStr(TOKEN),
                twilio_api_url=twilio.url,
                twilio_number="+447700900100",
                worker_poll_seconds=0.05,
            )
            catalogue = sample.catalogue(sample.pothole(system="open311"))
            yield House(database, settings, clock, http, open311, twilio, catalogue)
    database.close()


Serving = Callable[[Service], None]
