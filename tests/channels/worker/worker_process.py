"""A worker in a process of its own, to be killed: everything it needs comes in the environment."""

from __future__ import annotations

import asyncio
import os

import httpx
import sample  # tests/ is on the path: a package in the environment is called tests, too

from actions.records.database import Database
from actions.records.encryption import Cipher
from actions.records.times import now_utc
from actions.settings import Settings
from actions.systems import registry
from channels.worker import Worker


async def main() -> None:
    settings = Settings(_env_file=None)
    database = Database(settings.database, Cipher([settings.encryption_keys.get_secret_value()]))
    async with httpx.AsyncClient() as http:
        worker = Worker(
            database,
            registry.systems(settings, database, http, now_utc),
            [],
            sample.catalogue(),
            settings,
            now_utc,
            lease_seconds=float(os.environ["LEASE_SECONDS"]),
        )
        print("working", flush=True)
        await worker.run()


if __name__ == "__main__":
    asyncio.run(main())
