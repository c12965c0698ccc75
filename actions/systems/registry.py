"""The case systems of an installation: a list, made from its settings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

import httpx

from actions.records.database import Database
from actions.records.times import now_utc
from actions.settings import Settings
from actions.systems.open311 import GeoReport, Open311
from actions.systems.register import Register
from actions.systems.system import System
from bot.catalogue import Catalogue

NAMES = ("register", "open311")
"""Every case system that there is, whether or not this installation has it."""

NEEDS: Mapping[str, str] = {"open311": "DOORSTEP_OPEN311_URL"}
"""The setting without which a case system cannot be used."""


class DestinationUnknown(ValueError):
    """A service is sent where nobody is: the message names both, and what to do."""


def systems(
    settings: Settings, database: Database, http: httpx.AsyncClient, now: Callable[[], datetime] = now_utc
) -> Mapping[str, System]:
    """The case systems that these settings make usable, by name."""
    found: list[System] = [Register(database, now)]
    if settings.open311_url:
        client = GeoReport(
            settings.open311_url,
            http,
            api_key=settings.open311_api_key.get_secret_value(),
            jurisdiction=settings.open311_jurisdiction,
        )
        found.append(Open311(client, honours_key=settings.open311_honours_key, now=now))
    return {system.name: system for system in found}


def check(catalogue: Catalogue, override: Mapping[str, str], usable: Mapping[str, System]) -> None:
    """Raises DestinationUnknown where content or `DOORSTEP_DESTINATIONS` names a case system that cannot be
    used, or the setting a service that content does not have."""
    for name in override:
        if name not in catalogue.services:
            raise DestinationUnknown(
                f"DOORSTEP_DESTINATIONS names the service {name!r}, which content does not have. "
                f"Use one of: {', '.join(sorted(catalogue.services))}."
            )
    for service_id, service in catalogue.services.items():
        for destination in service.destinations:
            system = override.get(service_id, destination.system)
            if system not in usable:
                raise DestinationUnknown(_sentence(service_id, system))


def _sentence(service: str, system: str) -> str:
    if system in NEEDS:
        return (
            f"{service} goes to {system}, which needs {NEEDS[system]}: set it, or send {service} elsewhere."
        )
    return f"{service} goes to {system!r}, which is no case system. Use one of: {', '.join(NAMES)}."
